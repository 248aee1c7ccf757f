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
  int32_t openContact(std::string_view id);
  BridgeStatus apply(int32_t contact, std::string_view lines, double now);
  int32_t openSnapshot(std::string_view id, std::string_view snapshot);
  BridgeStatus merge(int32_t contact, std::string_view snapshot, double now);
  BridgeStatus join(int32_t contact, int32_t other, std::string_view alias, double now);
  BridgeStatus ingest(std::string_view lines);
  BridgeStatus author(AuthoringTask task, std::string_view subject, std::string_view options = "");
  /// At the contact's clock.
  BridgeStatus explain(int32_t contact, int32_t segment, std::string_view language);
  BridgeStatus explainInDirectory(std::string_view id, int32_t segment, double at);

  /// What the last call had to tell beside deltas, as JSON, or its bytes; "" when that is nothing.
  [[nodiscard]] std::string response() const;
  /// The deltas of the last call as an array of JSON, with the origin `source` and `epoch`.
  [[nodiscard]] std::string deltas(const std::string& source = "replay",
                                   const std::string& epoch = "0") const;

 private:
  uint32_t write(std::string_view first, std::string_view second = "");

  Bridge bridge_;
};

/// Knows no zones but UTC.
class NoZones : public ZoneSource {
 public:
  bool knows(const std::string&) override { return false; }
  ZoneStretch stretchAt(const std::string&, Instant) override { return {}; }
};

}  // namespace fosterflow
