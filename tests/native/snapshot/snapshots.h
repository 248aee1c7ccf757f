#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "contact/messaging.h"
#include "snapshot/bit_stream.h"
#include "snapshot/snapshot_reader.h"
#include "snapshot/snapshot_writer.h"

namespace fosterflow {

/// Writes, opens and merges snapshots.
class Snapshots : public Messaging {
 protected:
  std::unique_ptr<Contact> contact(std::string_view id = "u") {
    const Symbol symbol = interner_.intern(id);
    auto made = std::make_unique<Contact>(&interner_, &zones_, symbol);
    interner_.release(symbol);
    made->setPlan(plan_, deltas_);
    return made;
  }

  void apply(Contact& contact, std::string_view json) {
    EXPECT_EQ(contact.apply(read(json), 0, deltas_), Refusal::kNone) << json;
  }

  std::string snapshotOf(Contact& contact, SnapshotWriter* writer = nullptr) {
    SnapshotWriter fresh(&interner_);
    std::string bytes;
    if (contact.isAsleep() && !contact.isNextChangeKnown()) contact.wake(untold_);
    const SetName set(*plan_);
    (writer != nullptr ? *writer : fresh).write(bytes, contact, {&origin_, &set, &untold_});
    return bytes;
  }

  /// The part that merged copies have in common.
  static std::string dataOf(const std::string& snapshot) {
    uint32_t length = 0;
    std::copy_n(snapshot.data() + 8, sizeof(length), reinterpret_cast<char*>(&length));
    return snapshot.substr(kSnapshotHeaderBytes, length);
  }
  std::string dataOf(Contact& contact) { return dataOf(snapshotOf(contact)); }

  /// nullptr when it is refused; fault_ says why.
  std::unique_ptr<Contact> open(const std::string& bytes, std::string_view id = "u") {
    // In memory of exactly this size and its padding, so that a read too far is seen.
    const size_t size = bytes.size() + BitReader::kPadding;
    const std::unique_ptr<char[]> memory(new char[size]());
    std::copy(bytes.begin(), bytes.end(), memory.get());
    fault_ = {};
    const SetName set(*plan_);
    const SnapshotHome home = {&interner_, &zones_, plan_, &set, &origin_};
    auto opened = openSnapshot({memory.get(), bytes.size()}, id, home, deltas_, fault_);
    if (opened != nullptr) opened->setPlan(plan_, deltas_);
    return opened;
  }

  void merge(Contact& contact, Contact& copy) {
    const std::string bytes = snapshotOf(copy);
    const auto opened = open(bytes, {});
    ASSERT_NE(opened, nullptr) << fault_.reason;
    deltas_.clear();
    contact.absorb(*opened, deltas_);
  }

  /// Some of everything that a snapshot can hold.
  static Texts everything() {
    Texts lines;
    for (int count = 0; count < 300; ++count) {
      std::string more = R"(,"properties":{"sku":"SKU-)" + std::to_string(100 + count % 37) +
                         R"(","price":)" + std::to_string(count % 90) + "." +
                         std::to_string(count % 10) + R"(,"category":")" +
                         (count % 3 == 0 ? "Shoes" : "Bags") + "\"";
      if (count % 5 == 0) more += R"(,"products":[{"b":1e300,"a":[null,true,"x"]},-0.0,{}])";
      if (count % 7 == 0) more += R"(,"deep":{"empty":{},"number":)" + std::to_string(count) + "}";
      if (count % 11 == 0) more += R"(,"mixed":)" + std::string(count % 2 == 0 ? "\"é\"" : "0.1");
      more += "}";
      if (count % 4 == 0) {
        more += R"(,"messageId":"00000000-0000-4000-8000-0000000)" +
                std::to_string(10'000 + count) + "\"";
      } else if (count % 4 == 1) {
        more += R"(,"messageId":"msg-00)" + std::to_string(count) + "\"";
      } else if (count % 4 == 2) {
        more += R"(,"messageId":"ffffffff-0000-1000-0000-0000000)" +
                std::to_string(10'000 + count) + "\"";
      }
      lines.push_back(track(1'000 * (count / 2), more));
    }
    lines.push_back(track(7, R"(,"messageId":"plain")"));
    lines.push_back(track(7, R"(,"messageId":"000")"));
    lines.push_back(
        identify(5, R"({"plan":"pro","address":{"city":"Köln","zip":50667},"tags":[1,{"a":2}]})"));
    lines.push_back(identify(6, R"({"plan":null,"address":"none"})"));
    for (const std::string_view action : {"add", "remove"}) {
      lines.push_back(R"({"type":"list","userId":"u","list":"l-)" + std::string(action) +
                      R"(","action":")" + std::string(action) + R"(","timestamp":3})");
    }
    lines.push_back(
        R"({"type":"channel","userId":"u","channel":"email","reachable":true,"timestamp":4})");
    return lines;
  }

  std::shared_ptr<const Plan> plan_ = plan(
      "[" + definition("a-happened", R"({"kind":"event","event":"X"})") + "," +
      definition("b-lately", R"({"kind":"event","event":"X","window":{"last":{"seconds":1}}})") +
      "," +
      definition("c-city", R"({"kind":"attribute","attribute":"address.city","op":"is_set"})") +
      "," + definition("d-never", R"({"kind":"event","event":"Y"})") + "]");
  Origin origin_ = {"test", "1"};
  std::vector<Delta> deltas_, untold_;
  SnapshotFault fault_;
};

}  // namespace fosterflow
