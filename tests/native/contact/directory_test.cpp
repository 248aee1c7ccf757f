#include "contact/directory.h"

#include "contact/messaging.h"

namespace fosterflow {

namespace {

constexpr std::string_view kLately =
    R"({"kind":"event","event":"X","window":{"last":{"seconds":1}}})";

class Directories : public Messaging {
 protected:
  Texts deltasOf(Directory& directory) {
    std::vector<Delta> deltas = directory.takeDeltas();
    return brief(deltas);
  }

  static std::vector<Texts> membersOf(const Directory& directory, Instant now) {
    std::vector<Texts> all;
    for (const auto& members : directory.membersAt(now))
      all.emplace_back(members.begin(), members.end());
    return all;
  }
};

TEST_F(Directories, GatherAndAreAskedAtTheEnd) {
  Directory directory(&interner_, &zones_, planOf(kLately), false);
  for (const char* id : {"b", "a", "c"}) directory.accept(read(track(1'000, "", id)));
  directory.accept(read(track(1'500, "", "a")));
  EXPECT_EQ(membersOf(directory, 999), std::vector<Texts>{{}});
  EXPECT_EQ(membersOf(directory, 1'000), (std::vector<Texts>{{"a", "b", "c"}}));
  EXPECT_EQ(membersOf(directory, 2'000), (std::vector<Texts>{{"a"}}));
  EXPECT_EQ(directory.contactCount(), 3U);
  EXPECT_EQ(directory.messageCount(), 4U);
  EXPECT_EQ(directory.latest(), 1'500);
}

TEST_F(Directories, JoinContactsByAlias) {
  Directory directory(&interner_, &zones_,
                      planOf(R"({"kind":"event","event":"X","op":"gte","value":2})"), false);
  directory.accept(read(alias("a", "b", 1)));
  directory.accept(read(track(1, "", "a")));
  directory.accept(read(track(1, "", "c")));
  directory.accept(read(alias("c", "d", 1)));
  EXPECT_EQ(directory.contactCount(), 2U);
  directory.accept(read(alias("a", "d", 1)));
  EXPECT_EQ(directory.contactCount(), 1U);
  EXPECT_EQ(membersOf(directory, 5), (std::vector<Texts>{{"b"}}));
  directory.accept(read(alias("b", "d", 1)));
  EXPECT_EQ(membersOf(directory, 5), (std::vector<Texts>{{"d"}}));
}

TEST_F(Directories, NeedATimeBeforeAMessageWithoutOne) {
  Directory directory(&interner_, &zones_, planOf(kLately), true);
  const std::string timeless = R"({"type":"track","userId":"u","event":"X"})";
  EXPECT_EQ(directory.accept(read(timeless)), Refusal::kMissingTimestamp);
  EXPECT_EQ(directory.accept(read(track(7, "", "v"))), Refusal::kNone);
  EXPECT_EQ(directory.accept(read(timeless)), Refusal::kNone);
  directory.finish();
  EXPECT_EQ(deltasOf(directory), (Texts{"u#1 entered s 7 message", "v#1 entered s 7 message"}));
}

TEST_F(Directories, LiveOnesHoldTheNewestInstantBack) {
  Directory directory(&interner_, &zones_, planOf(kLately), true);
  directory.accept(read(track(1'000, "", "b")));
  EXPECT_EQ(deltasOf(directory), Texts{});
  directory.accept(read(track(1'000, "", "a")));
  directory.accept(read(track(1'500, "", "c")));
  EXPECT_EQ(deltasOf(directory),
            (Texts{"a#1 entered s 1000 message", "b#1 entered s 1000 message"}));
  directory.accept(read(track(2'000, "", "b")));
  EXPECT_EQ(deltasOf(directory), Texts{"c#1 entered s 1500 message"});
  directory.finish();
  EXPECT_EQ(deltasOf(directory), (Texts{"a#2 exited s 2000 time", "b#2 exited s 2000 time",
                                        "b#3 entered s 2000 message"}));
}

TEST_F(Directories, ALimitLeavesLaterMessagesOutAndEndsTheClock) {
  Directory directory(&interner_, &zones_, planOf(kLately), true);
  directory.limitUntil(5'000);
  directory.accept(read(track(1'000)));
  directory.accept(read(track(6'000)));
  directory.accept(read(R"({"type":"track","userId":"v","event":"X"})"));  // at 6,000 as well
  directory.finish();
  EXPECT_EQ(deltasOf(directory), (Texts{"u#1 entered s 1000 message", "u#2 exited s 2000 time"}));
  EXPECT_EQ(directory.messageCount(), 1U);
}

TEST_F(Directories, ALateMessageChangesAtTheClock) {
  Directory directory(&interner_, &zones_, planOf(R"({"kind":"event","event":"X"})"), true);
  directory.accept(read(track(1'000, "", "v")));
  directory.accept(read(track(10, "", "u")));
  directory.finish();
  EXPECT_EQ(deltasOf(directory),
            (Texts{"u#1 entered s 1000 message", "v#1 entered s 1000 message"}));
}

TEST_F(Directories, ThousandsOfContactsGiveTheirTextsBack) {
  const auto plan = planOf(kLately);
  refusalOf("{}");
  const size_t before = interner_.size();
  for (const bool isLive : {false, true}) {
    Directory directory(&interner_, &zones_, plan, isLive);
    for (Instant count = 0; count < 3'000; ++count) {
      directory.accept(
          read(track(count, R"(,"properties":{"p":"text"})", "contact" + std::to_string(count))));
      if (count % 3 == 1) {
        directory.accept(read(alias("contact" + std::to_string(count - 1),
                                    "contact" + std::to_string(count), count)));
      }
    }
    directory.finish();
    EXPECT_EQ(directory.contactCount(), 2'000U);
  }
  refusalOf("{}");
  EXPECT_EQ(interner_.size(), before);
}

}  // namespace

}  // namespace fosterflow
