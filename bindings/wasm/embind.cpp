#include <emscripten/bind.h>

#include "host_zones.h"
#include "module_bridge.h"

namespace fosterflow {

Bridge& bridge() {
  // Never destroyed: the instance goes with its memory, and what only a destructor would reach is
  // left out.
  static Bridge& instance = *new Bridge(&hostZones());
  return instance;
}

}  // namespace fosterflow

using fosterflow::bridge;

// Free functions of numbers only: the cheapest call that Embind makes.
EMSCRIPTEN_BINDINGS(fosterflow_segments) {
  using emscripten::function;
  function(
      "reserveInput",
      +[](uint32_t bytes) { return static_cast<uint32_t>(bridge().reserveInput(bytes)); });
  function(
      "responseAddress", +[]() { return static_cast<uint32_t>(bridge().responseAddress()); });
  function(
      "responseLength", +[]() { return bridge().responseLength(); });
  function(
      "deltaAddress", +[]() { return static_cast<uint32_t>(bridge().deltaAddress()); });
  function(
      "deltaCount", +[]() { return bridge().deltaCount(); });
  function(
      "define", +[](uint32_t segments, uint32_t parameters) {
        return static_cast<int32_t>(bridge().define(segments, parameters));
      });
  function(
      "openContact", +[](uint32_t length) { return bridge().openContact(length); });
  function(
      "closeContact",
      +[](int32_t contact) { return static_cast<int32_t>(bridge().closeContact(contact)); });
  function(
      "apply", +[](int32_t contact, uint32_t length, double now) {
        return static_cast<int32_t>(bridge().apply(contact, length, now));
      });
  function(
      "advanceTo", +[](int32_t contact, double now) {
        return static_cast<int32_t>(bridge().advanceTo(contact, now));
      });
  function(
      "nextChangeAt", +[](int32_t contact) { return bridge().nextChangeAt(contact); });
  function(
      "has", +[](int32_t contact, int32_t segment) { return bridge().has(contact, segment); });
  function(
      "memberships",
      +[](int32_t contact) { return static_cast<int32_t>(bridge().memberships(contact)); });
  function(
      "openContactCount", +[]() { return bridge().openContactCount(); });
}
