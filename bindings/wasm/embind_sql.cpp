#include <emscripten/bind.h>

#include "module_bridge.h"

using fosterflow::bridge;

EMSCRIPTEN_BINDINGS(fosterflow_sql) {
  using emscripten::function;
  function(
      "sql", +[](int32_t dialect, double at, int32_t segment) {
        return static_cast<int32_t>(bridge().sql(dialect, at, segment));
      });
  function(
      "tableRows", +[](int32_t first) { return static_cast<int32_t>(bridge().tableRows(first)); });
}
