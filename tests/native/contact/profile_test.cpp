#include "contact/profile.h"

#include <algorithm>
#include <random>

#include "contact/messaging.h"
#include "values/canonical_json.h"
#include "values/path.h"

namespace fosterflow {

namespace {

class Profiles : public Messaging {
 protected:
  void write(Profile& profile, std::string_view traits, Instant time) {
    const Message& message = read(identify(time, traits));
    if (!message.data->empty()) profile.writeTraits(*message.data, time);
  }

  std::string trait(const Profile& profile, std::string_view dotted) {
    std::vector<Symbol> path;
    for (const std::string& key : splitPath(dotted)) path.push_back(interner_.intern(key));
    const ValueTree value = profile.trait(path);
    std::string text = "missing";
    if (!value.empty()) {
      text.clear();
      appendCanonicalJson(text, value.root(), interner_);
    }
    for (const Symbol key : path) interner_.release(key);
    return text;
  }
};

TEST_F(Profiles, TheNewestWriteCountsInAnyOrder) {
  Profile profile(&interner_);
  write(profile, R"({"a":2})", 2);
  write(profile, R"({"a":1,"b":1})", 1);
  EXPECT_EQ(trait(profile, "a"), "2");
  EXPECT_EQ(trait(profile, "b"), "1");
  write(profile, R"({"a":null})", 3);
  EXPECT_EQ(trait(profile, "a"), "missing");
  EXPECT_EQ(trait(profile, "c"), "missing");
}

TEST_F(Profiles, AtOneTimeTheLargerValueCounts) {
  const Texts ascending = {"null", "false", "true", "-1",  "10",
                           "\"\"", "\"b\"", "[]",   "[2]", "[2,0]"};
  for (size_t index = 1; index < ascending.size(); ++index) {
    for (const bool isLargerFirst : {false, true}) {
      Profile profile(&interner_);
      write(profile, R"({"a":)" + ascending[isLargerFirst ? index : index - 1] + "}", 5);
      write(profile, R"({"a":)" + ascending[isLargerFirst ? index - 1 : index] + "}", 5);
      EXPECT_EQ(trait(profile, "a"), ascending[index]);
    }
  }
}

TEST_F(Profiles, AWriteReplacesOlderOnesAboveAndBelow) {
  for (const bool isReversed : {false, true}) {
    Profile profile(&interner_);
    std::vector<std::pair<std::string, Instant>> writes = {
        {R"({"a":{"b":{"c":1}}})", 1}, {R"({"a":{"b":2}})", 2}, {R"({"a":{"d":3}})", 3}};
    if (isReversed) std::reverse(writes.begin(), writes.end());
    for (const auto& [traits, time] : writes) write(profile, traits, time);
    EXPECT_EQ(trait(profile, "a.b"), "2");
    EXPECT_EQ(trait(profile, "a.b.c"), "missing");
    EXPECT_EQ(trait(profile, "a.d"), "3");
    EXPECT_EQ(trait(profile, "a"), "{}");  // no more is told of an object than that it is there
    write(profile, R"({"a":4})", 4);
    EXPECT_EQ(trait(profile, "a"), "4");
    EXPECT_EQ(trait(profile, "a.b"), "missing");
  }
}

TEST_F(Profiles, AtOneTimeTheDeeperPathCounts) {
  for (const bool isReversed : {false, true}) {
    Profile profile(&interner_);
    write(profile, isReversed ? R"({"a":{"b":1}})" : R"({"a":9})", 1);
    write(profile, isReversed ? R"({"a":9})" : R"({"a":{"b":1}})", 1);
    EXPECT_EQ(trait(profile, "a"), "{}");
    EXPECT_EQ(trait(profile, "a.b"), "1");
  }
}

TEST_F(Profiles, AnEmptyObjectWritesNothingAndNullRemovesABranch) {
  Profile profile(&interner_);
  write(profile, R"({"a":{"b":1},"c":1})", 1);
  write(profile, R"({"a":{},"c":{"d":{}}})", 2);
  EXPECT_EQ(trait(profile, "a.b"), "1");
  EXPECT_EQ(trait(profile, "c"), "1");
  write(profile, R"({"a":null})", 3);
  EXPECT_EQ(trait(profile, "a"), "missing");
  EXPECT_EQ(trait(profile, "a.b"), "missing");
}

TEST_F(Profiles, WritesCommute) {
  const Texts values = {"1",
                        "\"x\"",
                        "null",
                        "[1]",
                        R"({"b":1})",
                        R"({"b":null})",
                        R"({"b":{"c":2}})",
                        R"({"b":{"c":null},"d":3})",
                        "{}"};
  std::mt19937 random(3);
  for (int round = 0; round < 60; ++round) {
    std::vector<std::pair<std::string, Instant>> writes;
    for (int count = 0; count < 6; ++count) {
      writes.emplace_back(R"({"a":)" + values[random() % values.size()] + "}",
                          static_cast<Instant>(random() % 4));
    }
    Texts expected;
    for (int order = 0; order < 5; ++order) {
      std::shuffle(writes.begin(), writes.end(), random);
      Profile left(&interner_);
      Profile right(&interner_);
      for (size_t index = 0; index < writes.size(); ++index) {
        write(index % 2 == 0 ? left : right, writes[index].first, writes[index].second);
      }
      left.absorb(right);
      const Texts found = {trait(left, "a"), trait(left, "a.b"), trait(left, "a.b.c"),
                           trait(left, "a.d")};
      if (order == 0) expected = found;
      EXPECT_EQ(found, expected);
    }
  }
}

TEST_F(Profiles, ChannelsAndListsTakeTheNewestAndAtOneTimeTheLesser) {
  Profile profile(&interner_);
  const Symbol name = interner_.intern("n");
  EXPECT_FALSE(profile.isReachable(name));
  EXPECT_FALSE(profile.isInList(name));
  profile.setChannel(name, true, 5);
  profile.setChannel(name, false, 4);
  EXPECT_TRUE(profile.isReachable(name));
  EXPECT_FALSE(profile.isInList(name));
  profile.setChannel(name, false, 5);
  profile.setChannel(name, true, 5);
  EXPECT_FALSE(profile.isReachable(name));
  profile.setList(name, true, 5);
  profile.setList(name, false, 5);
  EXPECT_FALSE(profile.isInList(name));
  profile.setList(name, true, 6);
  EXPECT_TRUE(profile.isInList(name));
  interner_.release(name);
}

TEST_F(Profiles, GiveTheirTextsBack) {
  refusalOf("{}");
  const size_t before = interner_.size();
  {
    Profile profile(&interner_);
    Profile other(&interner_);
    write(profile, R"({"a":{"deep":"text"},"b":["x"]})", 1);
    write(profile, R"({"a":{"deep":"new"}})", 2);
    write(other, R"({"a":{"deep":"newest","more":1}})", 3);
    const Symbol channel = interner_.intern("a channel");
    profile.setChannel(channel, true, 1);
    other.setList(channel, true, 1);
    interner_.release(channel);
    profile.absorb(other);
    refusalOf("{}");
    EXPECT_GT(interner_.size(), before);
  }
  EXPECT_EQ(interner_.size(), before);
}

}  // namespace

}  // namespace fosterflow
