#include <emscripten/bind.h>

#include "module_bridge.h"

using fosterflow::bridge;

EMSCRIPTEN_BINDINGS(fosterflow_snapshot) {
  using emscripten::function;
  function(
      "setOrigin", +[](uint32_t source, uint32_t epoch) {
        return static_cast<int32_t>(bridge().setOrigin(source, epoch));
      });
  function(
      "setRetention",
      +[](int32_t retention) { return static_cast<int32_t>(bridge().setRetention(retention)); });
  function(
      "openSnapshot",
      +[](uint32_t id, uint32_t snapshot) { return bridge().openSnapshot(id, snapshot); });
  function(
      "snapshot",
      +[](int32_t contact) { return static_cast<int32_t>(bridge().snapshot(contact)); });
  function(
      "join", +[](int32_t contact, int32_t other, uint32_t length, double now) {
        return static_cast<int32_t>(bridge().join(contact, other, length, now));
      });
  function(
      "merge", +[](int32_t contact, uint32_t length, double now) {
        return static_cast<int32_t>(bridge().merge(contact, length, now));
      });
}
