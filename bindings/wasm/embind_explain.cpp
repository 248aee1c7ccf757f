#include <emscripten/bind.h>

#include "module_bridge.h"

using fosterflow::bridge;

EMSCRIPTEN_BINDINGS(fosterflow_explain) {
  using emscripten::function;
  function(
      "explain", +[](int32_t contact, int32_t segment, double at, double now) {
        return static_cast<int32_t>(bridge().explain(contact, segment, at, now));
      });
}
