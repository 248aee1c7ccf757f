#include <emscripten/bind.h>

#include "module_bridge.h"

using fosterflow::AuthoringTask;
using fosterflow::bridge;

EMSCRIPTEN_BINDINGS(fosterflow_authoring) {
  using emscripten::function;
  function(
      "author", +[](int32_t task, uint32_t subjectLength, uint32_t optionsLength) {
        return static_cast<int32_t>(
            bridge().author(static_cast<AuthoringTask>(task), subjectLength, optionsLength));
      });
}
