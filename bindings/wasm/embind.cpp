#include <emscripten.h>
#include <emscripten/bind.h>

#include <cstdlib>
#include <string>

#include "module_bridge.h"

// simdjson asks for a variable of the environment, and a module has none; libc would ask the glue
// to make sure.
extern "C" char* getenv(const char*) { return nullptr; }

namespace {

// Asks the host for the table of a zone: Module["loadZone"](name) gives null, or a Float64Array of
// the first offset followed by (instant, offset) pairs, all in milliseconds. Returns an address
// that the caller frees, 0 for null.
EM_JS(double*, loadZoneFromHost, (const char* name, int32_t* length), {
  const table = Module["loadZone"] ? Module["loadZone"](UTF8ToString(name)) : null;
  if (!table) return 0;
  const address = _malloc(table.length * 8);
  if (!address) return 0;
  HEAPF64.set(table, address >> 3);
  HEAP32[length >> 2] = table.length;
  return address;
});

class HostZones final : public fosterflow::ZoneSource {
 public:
  bool load(std::string_view name, int64_t& firstOffset,
            std::vector<fosterflow::Zone::Transition>& transitions) override {
    int32_t length = 0;
    double* table = loadZoneFromHost(std::string(name).c_str(), &length);
    if (table == nullptr) return false;
    firstOffset = static_cast<int64_t>(table[0]);
    for (int32_t index = 1; index + 1 < length; index += 2) {
      transitions.push_back(
          {static_cast<int64_t>(table[index]), static_cast<int64_t>(table[index + 1])});
    }
    std::free(table);
    return true;
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
