#include "bridge/bridge_host.h"

#include <gtest/gtest.h>

#include <cstring>

namespace fosterflow {

namespace {

uint32_t lengthOf(std::string_view text) { return static_cast<uint32_t>(text.size()); }

}  // namespace

BridgeStatus BridgeHost::define(std::string_view segments, std::string_view parameters) {
  write(segments, parameters);
  return bridge_.define(lengthOf(segments), lengthOf(parameters));
}

BridgeStatus BridgeHost::setOrigin(std::string_view source, std::string_view epoch) {
  write(source, epoch);
  return bridge_.setOrigin(lengthOf(source), lengthOf(epoch));
}

int32_t BridgeHost::openContact(std::string_view id) { return bridge_.openContact(write(id)); }

BridgeStatus BridgeHost::apply(int32_t contact, std::string_view lines, double now) {
  return bridge_.apply(contact, write(lines), now);
}

BridgeStatus BridgeHost::ingest(std::string_view lines) { return bridge_.ingest(write(lines)); }

std::string BridgeHost::response() const {
  return {reinterpret_cast<const char*>(bridge_.responseAddress()), bridge_.responseLength()};
}

uint32_t BridgeHost::write(std::string_view first, std::string_view second) {
  const uint32_t length = lengthOf(first) + lengthOf(second);
  const uintptr_t address = bridge_.reserveInput(length);
  EXPECT_NE(address, 0U);
  auto* input = reinterpret_cast<char*>(address);
  if (!first.empty()) std::memcpy(input, first.data(), first.size());
  if (!second.empty()) std::memcpy(input + first.size(), second.data(), second.size());
  return length;
}

}  // namespace fosterflow
