#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bridge/bridge_host.h"

namespace fosterflow {

namespace {

constexpr std::string_view kSegment =
    R"({"version":1,"id":"seen","when":{"kind":"event","event":"X","window":{"last":{"days":1}}}})";

std::string events(std::string_view contact, int count) {
  std::string lines;
  for (int event = 0; event < count; ++event) {
    lines += R"({"type":"track","event":"X","userId":")" + std::string(contact) +
             R"(","messageId":"m)" + std::to_string(event) + R"(","timestamp":)" +
             std::to_string(event) + "}\n";
  }
  return lines;
}

class BridgeSnapshots : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(host_.define(kSegment), BridgeStatus::kOk); }

  std::string snapshot(int32_t contact) {
    EXPECT_EQ(host_.bridge().snapshot(contact), BridgeStatus::kOk);
    return host_.response();
  }

  NoZones zones_;
  BridgeHost host_{&zones_};
};

TEST_F(BridgeSnapshots, OpenAndMerge) {
  const int32_t contact = host_.openContact("u");
  host_.apply(contact, events("u", 3), 10);
  const std::string bytes = snapshot(contact);
  const int32_t again = host_.openSnapshot("u", bytes);
  ASSERT_GE(again, 0);
  EXPECT_EQ(host_.bridge().has(again, 0), 1);
  EXPECT_TRUE(snapshot(again) == bytes);
  const int32_t other = host_.openContact("u");
  EXPECT_EQ(host_.merge(other, bytes, 10), BridgeStatus::kOk);
  EXPECT_NE(host_.deltas().find(R"("cause":"merge")"), std::string::npos);
  EXPECT_EQ(host_.merge(other, bytes, 10), BridgeStatus::kOk);
  EXPECT_EQ(host_.deltas(), "[]");
}

TEST_F(BridgeSnapshots, TwoContactsJoinAndGoOnWithTheirNumbers) {
  constexpr const char* kAlias = R"({"type":"alias","previousId":"anon","userId":"u"})";
  int32_t user = host_.openContact("u");
  int32_t anonymous = host_.openContact("anon");
  host_.apply(user, events("u", 3), 10);
  host_.apply(anonymous, events("anon", 3), 10);
  const std::string bytes = snapshot(anonymous);
  host_.bridge().closeContact(anonymous);
  anonymous = host_.openSnapshot("anon", bytes);
  EXPECT_EQ(host_.join(user, anonymous, kAlias, 20), BridgeStatus::kOk);
  const std::string told = host_.deltas();
  EXPECT_NE(told.find(R"("contact":"anon","sequence":2)"), std::string::npos) << told;
  EXPECT_NE(told.find(R"("change":"exited")"), std::string::npos);
  EXPECT_EQ(told.find(R"("contact":"u")"), std::string::npos) << "it was a member before";
  host_.bridge().closeContact(anonymous);
  EXPECT_EQ(host_.apply(user, events("anon", 1), 30), BridgeStatus::kOk);
  EXPECT_EQ(host_.response(), "") << "the id that is gone is one of the contact's";
}

TEST_F(BridgeSnapshots, ContactsThatAnAliasDoesNotNameStayTwo) {
  const int32_t user = host_.openContact("u");
  const int32_t other = host_.openContact("v");
  host_.apply(other, events("v", 3), 10);
  const std::string before = snapshot(other);
  for (const char* message : {R"({"type":"alias","previousId":"w","userId":"u"})",
                              R"({"type":"track","userId":"u","event":"X"})", "no message"}) {
    EXPECT_EQ(host_.join(user, other, message, 20), BridgeStatus::kOk);
    EXPECT_NE(host_.response().find("refused"), std::string::npos);
    EXPECT_EQ(host_.deltas(), "[]");
  }
  EXPECT_TRUE(snapshot(other) == before);
  constexpr const char* kAlias = R"({"type":"alias","previousId":"v","userId":"u"})";
  EXPECT_EQ(host_.join(user, user, kAlias, 20), BridgeStatus::kUnknownHandle);
  EXPECT_EQ(host_.join(user, 99, kAlias, 20), BridgeStatus::kUnknownHandle);
}

TEST_F(BridgeSnapshots, RefuseWithAReasonAndAPlace) {
  const int32_t contact = host_.openContact("u");
  EXPECT_EQ(host_.openSnapshot("u", "no snapshot"), -2);
  EXPECT_EQ(
      host_.response(),
      R"({"code":"snapshot_damaged","reason":"it does not begin as a snapshot does","place":0})");
  EXPECT_EQ(host_.merge(contact, "", 0), BridgeStatus::kRefused);
  const std::string bytes = snapshot(contact);
  EXPECT_EQ(host_.openSnapshot("v", bytes), -2);
  EXPECT_NE(host_.response().find("other_contact"), std::string::npos);
  EXPECT_EQ(host_.merge(host_.openContact("v"), bytes, 0), BridgeStatus::kRefused);
  EXPECT_NE(host_.response().find("other_contact"), std::string::npos);
  EXPECT_EQ(host_.openSnapshot("", bytes), -1);
  EXPECT_EQ(host_.bridge().snapshot(99), BridgeStatus::kUnknownHandle);
  EXPECT_EQ(host_.merge(-1, bytes, 0), BridgeStatus::kUnknownHandle);
}

TEST_F(BridgeSnapshots, ContactsThatSleepAnswerAsOthers) {
  // More events than stay awake, so that most contacts sleep meanwhile.
  constexpr int kContacts = 150;
  constexpr int kEvents = 700;
  constexpr double kDay = 86'400'000;
  std::vector<int32_t> contacts;
  for (int index = 0; index < kContacts; ++index) {
    const std::string id = "u" + std::to_string(index);
    contacts.push_back(host_.openContact(id));
    host_.apply(contacts.back(), events(id, kEvents), kEvents);
  }
  for (int index = 0; index < kContacts; ++index) {
    const int32_t contact = contacts[static_cast<size_t>(index)];
    ASSERT_EQ(host_.bridge().has(contact, 0), 1);
    ASSERT_EQ(host_.bridge().nextChangeAt(contact), kEvents - 1 + kDay);
    if (index % 3 == 0) {
      ASSERT_EQ(host_.bridge().closeContact(contact), BridgeStatus::kOk);
    } else if (index % 3 == 1) {
      host_.apply(contact, events("u" + std::to_string(index), 1), 2'000);
      ASSERT_EQ(host_.deltas(), "[]");
    } else {
      ASSERT_EQ(host_.bridge().advanceTo(contact, 2 * kDay), BridgeStatus::kOk);
      ASSERT_NE(host_.deltas().find(R"("at":"1970-01-02T00:00:00.699Z")"), std::string::npos);
      ASSERT_NE(host_.deltas().find(R"("sequence":2)"), std::string::npos);
    }
  }
  // A new set wakes them one by one.
  ASSERT_EQ(host_.define(R"({"version":1,"id":"n","when":{"kind":"event","event":"X"}})"),
            BridgeStatus::kOk);
  for (int index = 1; index < kContacts; index += 3) {
    ASSERT_EQ(host_.bridge().has(contacts[static_cast<size_t>(index)], 0), 1);
  }
}

}  // namespace

}  // namespace fosterflow
