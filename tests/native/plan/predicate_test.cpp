#include "plan/predicate.h"

#include "plan/filter.h"
#include "plan/planning.h"

namespace fosterflow {

namespace {

class Predicates : public Planning {
 protected:
  /// Whether a value satisfies `comparison` ("op":…,"value":…), with another as the attribute `w`.
  bool satisfies(std::string_view value, std::string_view comparison,
                 std::string_view wanted = "null", std::string_view zone = "UTC") {
    const auto one = plan(
        "[" +
        definition("a", R"({"kind":"attribute","attribute":"v",)" + std::string(comparison) + "}",
                   zone) +
        "]");
    const ValueTree observed = tree(value);
    std::vector<ValueTree> attributes(one->attributes.size());
    if (attributes.size() > 1) attributes[1] = tree(wanted);
    const ContactView view{&interner_, &attributes, zones_.utc()};
    return holds(one->nodes.at(0).predicate, observed.root(), view);
  }

  /// Whether an event with these properties passes a filter.
  bool passes(std::string_view properties, std::string_view where, Instant time = 0,
              std::string_view zone = "UTC") {
    const auto one =
        plan("[" +
             definition("a", R"({"kind":"event","event":"X","where":)" + std::string(where) + "}",
                        zone) +
             "]");
    const ValueTree event = tree(properties);
    std::vector<ValueTree> attributes(one->attributes.size());
    const ContactView view{&interner_, &attributes, zones_.utc()};
    return matches(*one->streams.at(0).where, event.root(), time, view);
  }

  ValueTree tree(std::string_view json) {
    ValueTree result(&interner_);
    EXPECT_EQ(reader_.read(json, 64, result), JsonError::kNone) << json;
    return result;
  }
};

TEST_F(Predicates, ANegativeOperatorIsTheExactNegation) {
  const std::vector<std::pair<std::string_view, std::string_view>> pairs = {
      {R"("op":"eq","value":"a")", R"("op":"ne","value":"a")"},
      {R"("op":"in","value":[1,"a"])", R"("op":"not_in","value":[1,"a"])"},
      {R"("op":"is_set")", R"("op":"is_not_set")"},
      {R"("op":"between","value":[0,2])", R"("op":"not_between","value":[0,2])"},
      {R"("op":"contains","value":"a")", R"("op":"not_contains","value":"a")"},
      {R"("op":"like","value":"a*")", R"("op":"not_like","value":"a*")"},
      {R"("op":"includes_any","value":["a",1])", R"("op":"includes_none","value":["a",1])"},
      {R"("op":"eq","value":{"attribute":"w"})", R"("op":"ne","value":{"attribute":"w"})"},
  };
  for (const auto& [positive, negative] : pairs) {
    for (const std::string_view value :
         {"null", "true", "false", "0", "1", "\"\"", "\"a\"", "\"abc\"", "[]", "[\"a\"]", "{}"}) {
      for (const std::string_view wanted : {"null", "1", "\"a\"", "[1]"}) {
        EXPECT_NE(satisfies(value, positive, wanted), satisfies(value, negative, wanted))
            << positive << " of " << value;
      }
    }
  }
}

TEST_F(Predicates, AWantedAttributeOfAnotherTypeDoesNotHold) {
  EXPECT_TRUE(satisfies("5", R"("op":"gt","value":{"attribute":"w"})", "4"));
  for (const std::string_view wanted : {"null", "\"4\"", "true", "[4]"}) {
    EXPECT_FALSE(satisfies("5", R"("op":"gt","value":{"attribute":"w"})", wanted)) << wanted;
    EXPECT_FALSE(satisfies("5", R"("op":"lte","value":{"attribute":"w"})", wanted)) << wanted;
  }
  EXPECT_FALSE(satisfies("5", R"("op":"between","value":{"attribute":"w"})", "[9,1]"));
  EXPECT_FALSE(satisfies("5", R"("op":"between","value":{"attribute":"w"})", "[1,9,9]"));
}

TEST_F(Predicates, DatesWithoutOffsetAreOfTheZone) {
  const std::string_view before = R"("op":"date_before","value":"2026-06-02")";
  EXPECT_TRUE(satisfies("\"2026-06-01T23:00:00Z\"", before));
  EXPECT_FALSE(satisfies("\"2026-06-01T23:00:00Z\"", before, "null", "Europe/Berlin"));
  EXPECT_FALSE(satisfies("1.5", before));
  EXPECT_FALSE(satisfies("\"1780000000000\"", before));
  EXPECT_TRUE(satisfies("1780000000000", before));
}

TEST_F(Predicates, AFilterAsksOneElementForAll) {
  const std::string_view filter =
      R"({"kind":"item","items":"i","where":{"kind":"all","of":[
         {"kind":"property","property":"a","op":"eq","value":1},
         {"kind":"property","property":"b","op":"eq","value":1}]}})";
  EXPECT_TRUE(passes(R"({"i":[{"a":0},{"a":1,"b":1}]})", filter));
  EXPECT_FALSE(passes(R"({"i":[{"a":1},{"b":1}]})", filter));
  EXPECT_FALSE(passes(R"({"i":{"a":1,"b":1}})", filter));
  EXPECT_FALSE(passes("{}", filter));
}

TEST_F(Predicates, AClockReadsLocalTime) {
  const std::string_view filter = R"({"kind":"clock","unit":"weekday","op":"eq","value":1})";
  const Instant sundayNight = 1'780'866'000'000;  // 2026-06-07T21:00:00Z, a Sunday
  EXPECT_FALSE(passes("{}", filter, sundayNight));
  EXPECT_FALSE(passes("{}", filter, sundayNight, "Europe/Berlin"));
  EXPECT_TRUE(passes("{}", filter, sundayNight, "Asia/Tokyo"));
}

}  // namespace

}  // namespace fosterflow
