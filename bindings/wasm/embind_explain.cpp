#include <emscripten/bind.h>

#include "module_bridge.h"

using fosterflow::bridge;

EMSCRIPTEN_BINDINGS(fosterflow_explain) {
  using emscripten::function;
  function(
      "explain",
      +[](int32_t contact, int32_t segment, double at, double now, uint32_t languageLength) {
        return static_cast<int32_t>(bridge().explain(contact, segment, at, now, languageLength));
      });
  function(
      "timeline", +[](int32_t contact, int32_t segment, double from, double to) {
        return static_cast<int32_t>(bridge().timeline(contact, segment, from, to));
      });
}
