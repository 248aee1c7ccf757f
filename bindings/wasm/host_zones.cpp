#include "host_zones.h"

#include <emscripten.h>

#include <string>

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

ZoneSource& hostZones() {
  static HostZones zones;
  return zones;
}

}  // namespace fosterflow
