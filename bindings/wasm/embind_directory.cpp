#include <emscripten/bind.h>

#include "module_bridge.h"

using fosterflow::bridge;

EMSCRIPTEN_BINDINGS(fosterflow_directory) {
  using emscripten::function;
  function(
      "openDirectory",
      +[](int32_t live) { return static_cast<int32_t>(bridge().openDirectory(live)); });
  function(
      "textCount", +[]() { return bridge().textCount(); });
  function(
      "closeDirectory", +[]() { return static_cast<int32_t>(bridge().closeDirectory()); });
  function(
      "ingest", +[](uint32_t length) { return static_cast<int32_t>(bridge().ingest(length)); });
  function(
      "limitUntil", +[](double until) { return static_cast<int32_t>(bridge().limitUntil(until)); });
  function(
      "finish", +[]() { return static_cast<int32_t>(bridge().finish()); });
  function(
      "evaluate", +[](double at, int32_t withMembers) {
        return static_cast<int32_t>(bridge().evaluate(at, withMembers));
      });
  function(
      "explainInDirectory", +[](uint32_t length, int32_t segment, double at) {
        return static_cast<int32_t>(bridge().explainInDirectory(length, segment, at));
      });
  function(
      "directoryStatistics",
      +[]() { return static_cast<int32_t>(bridge().directoryStatistics()); });
}
