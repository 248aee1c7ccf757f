#include "language/checking.h"

namespace fosterflow {
namespace {

class ParametersTest : public Checking {
 protected:
  // The problems of a segment that declares `parameters`, with `overrides` in force.
  Found with(std::string_view parameters, std::string_view condition,
             std::string_view overrides = "") {
    return found(segment(condition, declare(parameters)), overrides);
  }
  Condition read(std::string_view parameters, std::string_view condition,
                 std::string_view overrides = "") {
    DefinitionSet set = check(segment(condition, declare(parameters)), overrides);
    EXPECT_TRUE(set.problems.empty());
    return set.definitions.empty() ? Condition() : std::move(set.definitions.front().when);
  }

 private:
  static std::string declare(std::string_view parameters) {
    return R"("parameters":)" + std::string(parameters) + ",";
  }
};

constexpr std::string_view kLastDays =
    R"({"kind":"event","event":"A","window":{"last":{"days":{"parameter":"p"}}}})";
constexpr std::string_view kEquals =
    R"({"kind":"attribute","attribute":"a","op":"eq","value":{"parameter":"p"}})";
constexpr std::string_view kIn =
    R"({"kind":"attribute","attribute":"a","op":"in","value":{"parameter":"p"}})";
constexpr std::string_view kCalendar =
    R"({"kind":"event","event":"A","window":{"calendar":{"unit":"day","count":{"parameter":"p"}}}})";
constexpr std::string_view kSample = R"({"kind":"sample","salt":"","percent":{"parameter":"p"}})";
constexpr std::string_view kFrom =
    R"({"kind":"event","event":"A","window":{"from":{"parameter":"p"}}})";
constexpr std::string_view kTo =
    R"({"kind":"event","event":"A","window":{"to":{"parameter":"p"}}})";
constexpr std::string_view kCompare =
    R"({"kind":"compare","left":1,"op":"eq","right":{"parameter":"p"}})";

TEST_F(ParametersTest, StandForConstants) {
  EXPECT_EQ(read(R"({"p":3})", kLastDays).metric->window.longer.milliseconds,
            3 * kMillisecondsPerDay);
  EXPECT_EQ(read(R"({"p":3})", kCalendar).metric->window.count, 3);
  EXPECT_EQ(read(R"({"p":3})", kSample).percent, 3);
  EXPECT_EQ(read(R"({"p":3})", kFrom).metric->window.from->root()->number, 3);
  EXPECT_EQ(read(R"({"p":3})", kTo).metric->window.to->root()->number, 3);
  EXPECT_EQ(read(R"({"p":3})", kCompare).right->number, 3);
  EXPECT_EQ(read(R"({"p":3})", kEquals).comparison.value.literal.root()->number, 3);
  EXPECT_EQ(read(R"({"p":["x","y"]})", kIn).comparison.value.literal.nodeCount(), 3U);
  EXPECT_EQ(with(R"({"p":1})", R"({"kind":"event","event":"A","value":{"parameter":"p"}})"),
            Found());
  EXPECT_EQ(with(R"({"p":[1,2]})",
                 R"({"kind":"event","event":"A","op":"between","value":{"parameter":"p"}})"),
            Found());
}

TEST_F(ParametersTest, MayBeOverridden) {
  EXPECT_EQ(read(R"({"p":3})", kLastDays, R"({"p":4})").metric->window.longer.milliseconds,
            4 * kMillisecondsPerDay);
  EXPECT_EQ(read(R"({"p":3})", kCalendar, R"({"p":4})").metric->window.count, 4);
  EXPECT_EQ(read(R"({"p":3})", kSample, R"({"p":4})").percent, 4);
  EXPECT_EQ(read(R"({"p":3})", kFrom, R"({"p":4})").metric->window.from->root()->number, 4);
  EXPECT_EQ(read(R"({"p":3})", kCompare, R"({"p":4})").right->number, 4);
  EXPECT_EQ(read(R"({"p":true})", kEquals, R"({"p":false})").comparison.value.literal.root()->type,
            ValueType::kFalse);
  EXPECT_EQ(read(R"({"p":["x"]})", kIn, R"({"p":[1,2]})").comparison.value.literal.nodeCount(), 3U);
}

TEST_F(ParametersTest, MayBeUnusedAndOfAnyName) {
  EXPECT_EQ(with(R"({"p":1,"q":"x","r":true,"s":[],"t":[1,"x",false],"":0,"meta":1})", kHappened),
            Found());
}

TEST_F(ParametersTest, AreScalarsOrListsOfThem) {
  EXPECT_EQ(with(R"({"p":null,"q":{},"r":[null],"s":[[]],"a/b":[{}]})", kHappened),
            (Found{"invalid_value /parameters/p", "invalid_value /parameters/q",
                   "invalid_value /parameters/r", "invalid_value /parameters/s",
                   "invalid_value /parameters/a~1b"}));
  // One fault is told once.
  EXPECT_EQ(with(R"({"p":null})", kEquals), Found{"invalid_value /parameters/p"});
  EXPECT_EQ(with(R"({"p":null})", kLastDays), Found{"invalid_value /parameters/p"});
}

TEST_F(ParametersTest, MustBeDeclared) {
  EXPECT_EQ(found(segment(kEquals)), Found{"unknown_parameter /when/value/parameter"});
  EXPECT_EQ(with(R"({"q":1})", kLastDays),
            Found{"unknown_parameter /when/window/last/days/parameter"});
  EXPECT_EQ(with(R"({"q":1})", kCompare), Found{"unknown_parameter /when/right/parameter"});
  EXPECT_EQ(with(R"({"q":1})", kEquals, R"({"p":1})"),
            (Found{"unknown_parameter /when/value/parameter", "unknown_parameter /p"}));
  EXPECT_EQ(with(R"({"p":1})",
                 R"({"kind":"attribute","attribute":"a","op":"eq","value":{"parameter":1}})"),
            Found{"wrong_type /when/value/parameter"});
  EXPECT_EQ(with(R"({"p":1})", R"({"kind":"sample","salt":"","percent":{"parameter":"p","x":1}})"),
            Found{"unknown_key /when/percent/x"});
  EXPECT_EQ(message(segment(R"({"kind":"sample","salt":"","percent":{"parameter":"percnt"}})",
                            R"("parameters":{"percent":1},)")),
            "There is no parameter \"percnt\" here; did you mean \"percent\"?");
}

TEST_F(ParametersTest, MustSuitTheirPlace) {
  EXPECT_EQ(with(R"({"p":1.5})", kLastDays), Found{"invalid_duration /when/window/last/days"});
  EXPECT_EQ(with(R"({"p":"1"})", kLastDays), Found{"invalid_duration /when/window/last/days"});
  EXPECT_EQ(with(R"({"p":0})", kCalendar), Found{"invalid_value /when/window/calendar/count"});
  EXPECT_EQ(with(R"({"p":101})", kSample), Found{"invalid_value /when/percent"});
  EXPECT_EQ(with(R"({"p":"soon"})", kFrom), Found{"invalid_date /when/window/from"});
  EXPECT_EQ(with(R"({"p":true})", kTo), Found{"invalid_date /when/window/to"});
  EXPECT_EQ(with(R"({"p":"1"})", kCompare), Found{"invalid_value /when/right"});
  EXPECT_EQ(with(R"({"p":["x"]})", kEquals), Found{"invalid_value /when/value"});
  EXPECT_EQ(with(R"({"p":"x"})", kIn), Found{"invalid_value /when/value"});
  EXPECT_EQ(with(R"({"p":[]})", kIn), Found{"empty_list /when/value"});
  EXPECT_EQ(with(R"({"p":"x"})",
                 R"({"kind":"attribute","attribute":"a","op":"gt","value":{"parameter":"p"}})"),
            Found{"invalid_value /when/value"});
  EXPECT_EQ(
      with(R"({"p":["1","2"]})",
           R"({"kind":"attribute","attribute":"a","op":"between","value":{"parameter":"p"}})"),
      Found{"invalid_value /when/value"});
  EXPECT_EQ(
      with(R"({"p":[2,1]})",
           R"({"kind":"attribute","attribute":"a","op":"between","value":{"parameter":"p"}})"),
      Found{"reversed_range /when/value"});
}

TEST_F(ParametersTest, AreOverriddenByTheSameType) {
  EXPECT_EQ(with(R"({"p":1})", kEquals, R"({"p":"1"})"), Found{"parameter_type /p"});
  EXPECT_EQ(with(R"({"p":"1"})", kEquals, R"({"p":true})"), Found{"parameter_type /p"});
  EXPECT_EQ(with(R"({"p":true})", kEquals, R"({"p":1})"), Found{"parameter_type /p"});
  EXPECT_EQ(with(R"({"p":1})", kEquals, R"({"p":[1]})"), Found{"parameter_type /p"});
  EXPECT_EQ(with(R"({"p":1})", kEquals, R"({"p":null})"), Found{"parameter_type /p"});
  EXPECT_EQ(with(R"({"p":1})", kEquals, R"({"p":{}})"), Found{"parameter_type /p"});
  EXPECT_EQ(with(R"({"p":[1]})", kIn, R"({"p":[null]})"), Found{"parameter_type /p"});
}

TEST_F(ParametersTest, OverridesMustBeDeclaredSomewhere) {
  EXPECT_EQ(with(R"({"p":1})", kEquals, R"({"q":1,"a/b~":2})"),
            (Found{"unknown_parameter /q", "unknown_parameter /a~1b~0"}));
  EXPECT_EQ(found(segment(kHappened), R"({"p":1})"), Found{"unknown_parameter /p"});
  EXPECT_EQ(found("[]", R"({"p":1})"), Found{"unknown_parameter /p"});
  EXPECT_EQ(found(segment(kHappened), "{}"), Found());
  // Two segments, one of which declares it.
  EXPECT_EQ(found(R"([{"version":1,"id":"a","when":{"kind":"event","event":"A"}},
                      {"version":1,"id":"b","parameters":{"p":1},
                       "when":{"kind":"event","event":"A"}}])",
                  R"({"p":2})"),
            Found());
}

TEST_F(ParametersTest, OverridesMustNotMakeAPlaceImpossible) {
  EXPECT_EQ(with(R"({"p":1})", kLastDays, R"({"p":1.5})"), Found{"parameter_type /p"});
  EXPECT_EQ(with(R"({"p":1})", kLastDays, R"({"p":-1})"), Found{"parameter_type /p"});
  EXPECT_EQ(with(R"({"p":1})", kCalendar, R"({"p":0})"), Found{"parameter_type /p"});
  EXPECT_EQ(with(R"({"p":1})", kSample, R"({"p":101})"), Found{"parameter_type /p"});
  EXPECT_EQ(with(R"({"p":"2026-01-01"})", kFrom, R"({"p":"soon"})"), Found{"parameter_type /p"});
  EXPECT_EQ(with(R"({"p":1})", kTo, R"({"p":0.5})"), Found{"parameter_type /p"});
  EXPECT_EQ(
      message(segment(kSample, R"("parameters":{"p":1},)"), R"({"p":101})"),
      "The parameter \"p\", which the segment \"s\" declares, must be a number from 0 to 100.");
}

TEST_F(ParametersTest, OverridesMayMakeAnEmptyWindow) {
  EXPECT_EQ(with(R"({"p":1})", kLastDays, R"({"p":0})"), Found{"*empty_window /when/window/last"});
  EXPECT_EQ(with(R"({"p":0})", kLastDays, R"({"p":1})"), Found());
}

TEST_F(ParametersTest, OverridesOfAWindowBetweenMustKeepItsOrder) {
  constexpr std::string_view kBetween = R"({"kind":"event","event":"A",
      "window":{"between":[{"days":{"parameter":"p"}},{"days":7}]}})";
  EXPECT_EQ(with(R"({"p":30})", kBetween), Found());
  EXPECT_EQ(with(R"({"p":30})", kBetween, R"({"p":8})"), Found());
  EXPECT_EQ(with(R"({"p":3})", kBetween), Found{"reversed_range /when/window/between"});
  EXPECT_EQ(with(R"({"p":30})", kBetween, R"({"p":7})"),
            Found{"reversed_range /when/window/between"});
}

TEST_F(ParametersTest, OverridesOfAValueMayHoldAnything) {
  EXPECT_EQ(with(R"({"p":["x"]})", kIn, R"({"p":[]})"), Found());
  EXPECT_EQ(with(R"({"p":[1,2]})",
                 R"({"kind":"attribute","attribute":"a","op":"between","value":{"parameter":"p"}})",
                 R"({"p":[2,"x",1]})"),
            Found());
  EXPECT_EQ(
      with(R"({"p":"2026-01-01"})",
           R"({"kind":"attribute","attribute":"a","op":"date_after","value":{"parameter":"p"}})",
           R"({"p":"soon"})"),
      Found());
}

TEST_F(ParametersTest, OverridesAreAnObject) {
  EXPECT_EQ(found(segment(kHappened), "[]"), Found{"wrong_type "});
  EXPECT_EQ(found(segment(kHappened), "{"), Found{"invalid_json "});
  EXPECT_EQ(found(segment(kHappened), R"({"p":1e999})"), Found{"number_out_of_range "});
  EXPECT_EQ(found("5", "{"), (Found{"invalid_json ", "wrong_type "}));
}

TEST_F(ParametersTest, AreReportedForEachSegment) {
  const std::string set =
      R"([{"version":1,"id":"a","parameters":{"p":1},"when":)" + std::string(kLastDays) +
      R"(},{"version":1,"id":"b","parameters":{"p":"x"},"when":)" + std::string(kEquals) + "}]";
  EXPECT_EQ(found(set, R"({"p":0.5})"), (Found{"parameter_type /p", "parameter_type /p"}));
}

}  // namespace
}  // namespace fosterflow
