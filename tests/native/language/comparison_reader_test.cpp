#include "language/checking.h"
#include "language/vocabulary.h"

namespace fosterflow {
namespace {

class ComparisonReaderTest : public Checking {
 protected:
  // The problems of an attribute condition with this operator and rest (`"value":5`).
  Found attribute(std::string_view op, std::string_view rest = "") {
    return foundIn(join(R"({"kind":"attribute","attribute":"a","op":")", op, rest));
  }
  Found property(std::string_view op, std::string_view rest = "") {
    return foundInFilter(join(R"({"kind":"property","property":"p","op":")", op, rest));
  }
  Found clock(std::string_view op, std::string_view rest = "") {
    return foundInFilter(join(R"({"kind":"clock","unit":"hour","op":")", op, rest));
  }
  Found event(std::string_view measure, std::string_view op, std::string_view rest = "") {
    const std::string start =
        R"({"kind":"event","event":"A","measure":{)" + std::string(measure) + R"(},"op":")";
    return foundIn(join(start, op, rest));
  }
  Comparison comparison(std::string_view op, std::string_view rest = "") {
    return std::move(
        condition(join(R"({"kind":"attribute","attribute":"a","op":")", op, rest)).comparison);
  }

 private:
  static std::string join(std::string_view start, std::string_view op, std::string_view rest) {
    return std::string(start) + std::string(op) + "\"" + (rest.empty() ? "" : ",") +
           std::string(rest) + "}";
  }
};

// A value that suits the operator.
std::string_view valueFor(OperandType type) {
  switch (type) {
    case OperandType::kNothing:
      return "";
    case OperandType::kScalar:
      return R"("value":true)";
    case OperandType::kScalarList:
      return R"("value":["x",1,false])";
    case OperandType::kNumber:
      return R"("value":-1.5)";
    case OperandType::kNumberRange:
      return R"("value":[1,1])";
    case OperandType::kText:
      return R"("value":"")";
    case OperandType::kDate:
      return R"("value":"2026-11-23")";
    case OperandType::kDateRange:
      return R"("value":["2026-11-23",1795392000000])";
    case OperandType::kDuration:
      return R"("value":{"weeks":2})";
    case OperandType::kDays:
      return R"("value":{"days":7})";
  }
  return "";
}

TEST_F(ComparisonReaderTest, TakesEachOperatorWhereItIsAllowed) {
  for (size_t index = 0; index < kOperatorCount; ++index) {
    const OperatorTraits& traits = traitsOf(static_cast<Operator>(index));
    const std::string_view name = traits.name;
    const std::string_view value = valueFor(traits.operand);
    SCOPED_TRACE(name);
    EXPECT_EQ(attribute(name, value), Found());
    EXPECT_EQ(comparison(name, value).op, static_cast<Operator>(index));
    const bool isForProperties = isAllowedIn(traits, ComparisonPlace::kProperty);
    const bool isForNumbers = isAllowedIn(traits, ComparisonPlace::kNumber);
    const Found allowed;
    const Found refused{"operator_not_allowed /op"};
    EXPECT_EQ(property(name, value), isForProperties ? allowed : refused);
    EXPECT_EQ(clock(name, value), isForNumbers ? allowed : refused);
    for (const std::string_view function : {"first", "last"}) {
      const std::string measure = R"("property":"p","fn":")" + std::string(function) + "\"";
      EXPECT_EQ(event(measure, name, value), isForProperties ? allowed : refused);
    }
    for (const std::string_view function : {"sum", "avg", "min", "max", "distinct"}) {
      const std::string measure = R"("property":"p","fn":")" + std::string(function) + "\"";
      EXPECT_EQ(event(measure, name, value), isForNumbers ? allowed : refused);
    }
    EXPECT_EQ(event(R"("fn":"count")", name, value), isForNumbers ? allowed : refused);
    EXPECT_EQ(event(R"("fn":"active","unit":"day")", name, value),
              isForNumbers ? allowed : refused);
  }
}

TEST_F(ComparisonReaderTest, KeepsOperatorsRelativeToNowToAttributes) {
  for (const std::string_view name : {"date_in_last", "date_more_than_ago", "date_in_next",
                                      "date_more_than_ahead", "date_anniversary_in_next"}) {
    EXPECT_EQ(attribute(name, R"("value":{"days":7})"), Found());
    EXPECT_EQ(property(name, R"("value":{"days":7})"), Found{"operator_not_allowed /op"});
  }
}

TEST_F(ComparisonReaderTest, RefusesUnknownOperators) {
  EXPECT_EQ(attribute("xyz", R"("value":5)"), Found{"unknown_operator /op"});
  EXPECT_EQ(attribute("", R"("value":5)"), Found{"unknown_operator /op"});
  EXPECT_EQ(attribute("EQ", R"("value":null)"),
            (Found{"unknown_operator /op", "invalid_value /value"}));
  EXPECT_EQ(message(segment(R"({"kind":"attribute","attribute":"a","op":"contain","value":"x"})")),
            "There is no operator \"contain\" here; did you mean \"contains\"?");
  EXPECT_EQ(message(segment(R"({"kind":"compare","left":1,"op":"xyz","right":1})")),
            "There is no operator \"xyz\" here; use one of eq, ne, gt, gte, lt, lte.");
  EXPECT_EQ(foundIn(R"({"kind":"attribute","attribute":"a","op":5,"value":5})"),
            Found{"wrong_type /op"});
}

TEST_F(ComparisonReaderTest, NeedsOperatorAndValue) {
  EXPECT_EQ(foundIn(R"({"kind":"attribute","attribute":"a"})"), Found{"missing_key "});
  EXPECT_EQ(foundIn(R"({"kind":"attribute"})"), (Found{"missing_key ", "missing_key "}));
  EXPECT_EQ(foundIn(R"({"kind":"attribute","attribute":1,"op":"is_set"})"),
            Found{"wrong_type /attribute"});
  for (size_t index = 0; index < kOperatorCount; ++index) {
    const OperatorTraits& traits = traitsOf(static_cast<Operator>(index));
    EXPECT_EQ(attribute(traits.name),
              traits.operand == OperandType::kNothing ? Found() : Found{"missing_key "});
  }
}

TEST_F(ComparisonReaderTest, RefusesAValueBesideIsSet) {
  EXPECT_EQ(attribute("is_set", R"("value":true)"), Found{"unknown_key /value"});
  EXPECT_EQ(attribute("is_not_set", R"("value":null)"), Found{"unknown_key /value"});
  EXPECT_EQ(property("is_set", R"("value":5)"), Found{"unknown_key /value"});
  EXPECT_EQ(event(R"("fn":"count")", "is_set", R"("value":1)"), Found{"unknown_key /value"});
}

TEST_F(ComparisonReaderTest, TakesScalars) {
  for (const std::string_view op : {"eq", "ne", "contains", "not_contains"}) {
    for (const std::string_view value : {R"("x")", R"("")", "5", "true", "false"}) {
      EXPECT_EQ(attribute(op, R"("value":)" + std::string(value)), Found());
    }
    for (const std::string_view value : {"null", "[]", "[1]", "{}", R"({"x":1})"}) {
      EXPECT_EQ(attribute(op, R"("value":)" + std::string(value)), Found{"invalid_value /value"});
    }
  }
}

TEST_F(ComparisonReaderTest, TakesListsOfScalars) {
  for (const std::string_view op :
       {"in", "not_in", "includes_any", "includes_all", "includes_none"}) {
    EXPECT_EQ(attribute(op, R"("value":["x",1,true])"), Found());
    EXPECT_EQ(attribute(op, R"("value":[])"), Found{"empty_list /value"});
    EXPECT_EQ(attribute(op, R"("value":"x")"), Found{"invalid_value /value"});
    EXPECT_EQ(attribute(op, R"("value":null)"), Found{"invalid_value /value"});
    EXPECT_EQ(attribute(op, R"("value":["x",null,[],{},{"parameter":"p"}])"),
              (Found{"invalid_value /value/1", "invalid_value /value/2", "invalid_value /value/3",
                     "invalid_value /value/4"}));
  }
}

TEST_F(ComparisonReaderTest, TakesNumbers) {
  for (const std::string_view op : {"gt", "gte", "lt", "lte"}) {
    EXPECT_EQ(attribute(op, R"("value":1e300)"), Found());
    for (const std::string_view value : {R"("5")", "true", "null", "[5]", "{}"}) {
      EXPECT_EQ(attribute(op, R"("value":)" + std::string(value)), Found{"invalid_value /value"});
    }
  }
}

TEST_F(ComparisonReaderTest, TakesRangesOfNumbers) {
  for (const std::string_view op : {"between", "not_between"}) {
    EXPECT_EQ(attribute(op, R"("value":[1,2])"), Found());
    EXPECT_EQ(attribute(op, R"("value":[2,2])"), Found());
    EXPECT_EQ(attribute(op, R"("value":[2,1])"), Found{"reversed_range /value"});
    EXPECT_EQ(attribute(op, R"("value":[1])"), Found{"invalid_value /value"});
    EXPECT_EQ(attribute(op, R"("value":[1,2,3])"), Found{"invalid_value /value"});
    EXPECT_EQ(attribute(op, R"("value":[])"), Found{"invalid_value /value"});
    EXPECT_EQ(attribute(op, R"("value":5)"), Found{"invalid_value /value"});
    EXPECT_EQ(attribute(op, R"("value":["1",2])"), Found{"invalid_value /value/0"});
    EXPECT_EQ(attribute(op, R"("value":[null,true])"),
              (Found{"invalid_value /value/0", "invalid_value /value/1"}));
  }
}

TEST_F(ComparisonReaderTest, TakesTexts) {
  for (const std::string_view op : {"starts_with", "ends_with", "like", "not_like"}) {
    EXPECT_EQ(attribute(op, R"("value":"")"), Found());
    for (const std::string_view value : {"5", "false", "null", R"(["x"])"}) {
      EXPECT_EQ(attribute(op, R"("value":)" + std::string(value)), Found{"invalid_value /value"});
    }
  }
}

TEST_F(ComparisonReaderTest, TakesDates) {
  for (const std::string_view op : {"date_before", "date_after"}) {
    for (const std::string_view value :
         {R"("2026-11-23")", R"("2026-11-23T10:00")", R"("2026-11-23T10:00:00.000Z")",
          R"("+012026-01-01T00:00:00+01")", "0", "-8640000000000000", "8640000000000000"}) {
      EXPECT_EQ(attribute(op, R"("value":)" + std::string(value)), Found()) << value;
    }
    for (const std::string_view value :
         {R"("")", R"("0")", R"("2026-02-29")", R"("2026-11-23T24:00")", R"("23.11.2026")",
          R"("-000000-01-01")", R"("2026-11-23T10:00+24:00")", "0.5", "8640000000000001",
          "1e300"}) {
      EXPECT_EQ(attribute(op, R"("value":)" + std::string(value)), Found{"invalid_date /value"})
          << value;
    }
    for (const std::string_view value : {"null", "true", "[0]", R"({"days":3})"}) {
      EXPECT_EQ(attribute(op, R"("value":)" + std::string(value)), Found{"invalid_value /value"})
          << value;
    }
  }
}

TEST_F(ComparisonReaderTest, TakesRangesOfDates) {
  const auto range = [this](std::string_view value, std::string_view zone = "UTC") {
    const DefinitionSet set =
        check(segment(R"({"kind":"attribute","attribute":"a","op":"date_between","value":)" +
                          std::string(value) + "}",
                      R"("timezone":")" + std::string(zone) + R"(",)"));
    return set.problems.empty()
               ? std::string()
               : std::string(codeName(set.problems[0].code)) + " " + set.problems[0].path;
  };
  EXPECT_EQ(range(R"(["2026-11-23","2026-11-24"])"), "");
  EXPECT_EQ(range(R"(["2026-11-23","2026-11-23T00:00Z"])"), "");
  EXPECT_EQ(range(R"(["2026-11-24","2026-11-23"])"), "reversed_range /when/value");
  EXPECT_EQ(range(R"([1,0])"), "reversed_range /when/value");
  EXPECT_EQ(range(R"(["2026-11-23T10:00Z","2026-11-23T10:30+01:00"])"),
            "reversed_range /when/value");
  EXPECT_EQ(range(R"(["2026-11-23"])"), "invalid_value /when/value");
  EXPECT_EQ(range(R"("2026-11-23")"), "invalid_value /when/value");
  EXPECT_EQ(range(R"(["2026-11-23","soon"])"), "invalid_date /when/value/1");
  // Midnight in Berlin is 23:00 of the day before in UTC.
  EXPECT_EQ(range(R"(["2026-11-22T23:30Z","2026-11-23"])"), "");
  EXPECT_EQ(range(R"(["2026-11-22T23:30Z","2026-11-23"])", "Europe/Berlin"),
            "reversed_range /when/value");
  // Of a zone that is not known, only what holds in all of them is said.
  EXPECT_EQ(range(R"(["2026-11-22T23:30Z","2026-11-23"])", "contact"), "");
  EXPECT_EQ(range(R"(["2026-11-25T00:30Z","2026-11-23"])", "contact"),
            "reversed_range /when/value");
  EXPECT_EQ(range(R"(["2026-11-24","2026-11-23"])", "contact"), "reversed_range /when/value");
}

TEST_F(ComparisonReaderTest, TakesDurations) {
  EXPECT_EQ(comparison("date_in_last", R"("value":{"months":2})").duration.months, 2);
  EXPECT_EQ(attribute("date_in_last", R"("value":30)"), Found{"invalid_duration /value"});
  EXPECT_EQ(attribute("date_in_last", R"("value":{"attribute":"b"})"),
            Found{"unknown_key /value/attribute"});
  EXPECT_EQ(attribute("date_more_than_ago", R"("value":{"days":-1})"),
            Found{"invalid_duration /value/days"});
}

TEST_F(ComparisonReaderTest, WarnsOfEmptySpans) {
  EXPECT_EQ(attribute("date_in_last", R"("value":{"days":0})"), Found{"*empty_window /value"});
  EXPECT_EQ(attribute("date_in_next", R"("value":{"months":0})"), Found{"*empty_window /value"});
  EXPECT_EQ(attribute("date_more_than_ago", R"("value":{"days":0})"), Found());
  EXPECT_EQ(attribute("date_more_than_ahead", R"("value":{"days":0})"), Found());
  EXPECT_EQ(attribute("date_anniversary_in_next", R"("value":{"days":0})"), Found());
}

TEST_F(ComparisonReaderTest, TakesAnniversariesInDays) {
  EXPECT_EQ(comparison("date_anniversary_in_next", R"("value":{"days":7})").anniversaryDays, 7);
  EXPECT_EQ(comparison("date_anniversary_in_next", R"("value":{"days":1e300})").anniversaryDays,
            366);
  EXPECT_EQ(attribute("date_anniversary_in_next", R"("value":{"weeks":1})"),
            Found{"unknown_key /value/weeks"});
  EXPECT_EQ(attribute("date_anniversary_in_next", R"("value":{"days":1.5})"),
            Found{"invalid_duration /value/days"});
  EXPECT_EQ(attribute("date_anniversary_in_next", R"("value":{})"),
            Found{"invalid_duration /value"});
}

TEST_F(ComparisonReaderTest, KeepsIgnoreCaseToItsOperators) {
  for (size_t index = 0; index < kOperatorCount; ++index) {
    const OperatorTraits& traits = traitsOf(static_cast<Operator>(index));
    SCOPED_TRACE(traits.name);
    const std::string value(valueFor(traits.operand));
    const std::string rest = value + (value.empty() ? "" : ",");
    const Found expected = traits.takesIgnoreCase ? Found() : Found{"unknown_key /ignoreCase"};
    EXPECT_EQ(attribute(traits.name, rest + R"("ignoreCase":true)"), expected);
    EXPECT_EQ(attribute(traits.name, rest + R"("ignoreCase":false)"), expected);
  }
  EXPECT_TRUE(comparison("eq", R"("value":"x","ignoreCase":true)").ignoreCase);
  EXPECT_FALSE(comparison("eq", R"("value":"x","ignoreCase":false)").ignoreCase);
  EXPECT_EQ(attribute("eq", R"("value":"x","ignoreCase":"yes")"), Found{"wrong_type /ignoreCase"});
  EXPECT_EQ(attribute("eq", R"("value":"x","ignoreCase":null)"), Found{"wrong_type /ignoreCase"});
  // By default, gte.
  EXPECT_EQ(foundIn(R"({"kind":"event","event":"A","ignoreCase":true})"),
            Found{"unknown_key /ignoreCase"});
}

TEST_F(ComparisonReaderTest, TakesAttributesOfTheContact) {
  const Comparison compared = comparison("eq", R"("value":{"attribute":"address.home\\.city"})");
  EXPECT_EQ(compared.value.kind, Operand::Kind::kAttribute);
  EXPECT_EQ(compared.value.attribute, (Path{"address", "home.city"}));
  EXPECT_EQ(property("in", R"("value":{"attribute":"brands"})"), Found());
  EXPECT_EQ(property("eq", R"("value":{"attribute":5})"), Found{"wrong_type /value/attribute"});
  EXPECT_EQ(property("eq", R"("value":{"attribute":"a","x":1})"), Found{"unknown_key /value/x"});
  EXPECT_EQ(property("eq", R"("value":{"attribute":"a","parameter":"p"})"),
            (Found{"unknown_key /value/attribute", "unknown_parameter /value/parameter"}));
}

TEST_F(ComparisonReaderTest, KeepsLiterals) {
  const Comparison compared = comparison("in", R"("value":["x",2])");
  ASSERT_EQ(compared.value.kind, Operand::Kind::kLiteral);
  ASSERT_EQ(compared.value.literal.nodeCount(), 3U);
  EXPECT_EQ(interner_.text(compared.value.literal.root()[1].text), "x");
  EXPECT_EQ(compared.value.literal.root()[2].number, 2);
  EXPECT_EQ(comparison("is_set").value.kind, Operand::Kind::kNone);
}

}  // namespace
}  // namespace fosterflow
