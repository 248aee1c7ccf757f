#include <emscripten.h>
#include <emscripten/bind.h>

#include <string>

#include "module_bridge.h"

// simdjson asks for a variable of the environment, and a module has none; libc would ask the glue
// to make sure.
extern "C" char* getenv(const char*) { return nullptr; }

namespace {

EM_JS(int, isZoneOfHost, (const char* name), { return Module["isZone"](UTF8ToString(name)); });

// Writes where the stretch begins, its offset and where it ends, or nothing when the host cannot
// tell.
EM_JS(void, readStretchOfHost, (const char* name, double instant, double* out),
      { HEAPF64.set(Module["zoneStretch"](UTF8ToString(name), instant) || [], out >> 3); });

// JavaScript's infinities become the least and the greatest integer.
int64_t integerOf(double number) { return __builtin_wasm_trunc_saturate_s_i64_f64(number); }

class HostZones final : public fosterflow::ZoneSource {
 public:
  bool knows(const std::string& name) override { return isZoneOfHost(name.c_str()) != 0; }

  fosterflow::ZoneStretch stretchAt(const std::string& name, fosterflow::Instant instant) override {
    double numbers[3] = {};
    readStretchOfHost(name.c_str(), static_cast<double>(instant), numbers);
    return {integerOf(numbers[0]), integerOf(numbers[2]), integerOf(numbers[1])};
  }
};

}  // namespace

namespace fosterflow {

Bridge& bridge() {
  static HostZones zones;
  // Never destroyed: the instance goes with its memory, and what only a destructor would reach is
  // left out.
  static Bridge& instance = *new Bridge(&zones);
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
