#pragma once

#include <string>
#include <string_view>

#include "bridge.h"

namespace fosterflow {

/// A host of a bridge: writes the input of a call and copies its response.
class BridgeHost {
 public:
  explicit BridgeHost(ZoneSource* zones) : bridge_(zones) {}

  Bridge& bridge() { return bridge_; }

  BridgeStatus define(std::string_view segments, std::string_view parameters = "");
  BridgeStatus setOrigin(std::string_view source, std::string_view epoch);
  int32_t openContact(std::string_view id);
  BridgeStatus apply(int32_t contact, std::string_view lines, double now);
  BridgeStatus ingest(std::string_view lines);

  /// What the last call had to tell, as JSON; "" when that is nothing.
  [[nodiscard]] std::string response() const;

 private:
  uint32_t write(std::string_view first, std::string_view second = "");

  Bridge bridge_;
};

/// Knows no zones but UTC.
class NoZones : public ZoneSource {
 public:
  bool load(std::string_view, int64_t&, std::vector<Zone::Transition>&) override { return false; }
};

}  // namespace fosterflow
