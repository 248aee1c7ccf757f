#include "language/checking.h"

namespace fosterflow {
namespace {

class MetricReaderTest : public Checking {
 protected:
  Found measure(std::string_view json) {
    return foundIn(R"({"kind":"event","event":"A","op":"gt","value":1,"measure":)" +
                   std::string(json) + "}");
  }
  Measure readMeasure(std::string_view json) {
    return condition(R"({"kind":"event","event":"A","op":"gt","value":1,"measure":)" +
                     std::string(json) + "}")
        .metric->measure;
  }
};

TEST_F(MetricReaderTest, DefaultsToAtLeastOnce) {
  const Condition event = condition(kHappened);
  EXPECT_EQ(event.metric->measure.function, MeasureFunction::kCount);
  EXPECT_EQ(event.metric->window.kind, Window::Kind::kAllTime);
  EXPECT_EQ(event.metric->events.names, std::vector<std::string>{"A"});
  EXPECT_FALSE(event.metric->events.where.has_value());
  EXPECT_EQ(event.comparison.op, Operator::kGreaterOrEqual);
  EXPECT_EQ(event.comparison.value.literal.root()->number, 1);
}

TEST_F(MetricReaderTest, DefaultsOperatorAndValueEachByItself) {
  const Condition five = condition(R"({"kind":"event","event":"A","value":5})");
  EXPECT_EQ(five.comparison.op, Operator::kGreaterOrEqual);
  EXPECT_EQ(five.comparison.value.literal.root()->number, 5);
  const Condition once = condition(R"({"kind":"event","event":"A","op":"eq"})");
  EXPECT_EQ(once.comparison.op, Operator::kEqual);
  EXPECT_EQ(once.comparison.value.literal.root()->number, 1);
  // One is no list.
  EXPECT_EQ(foundIn(R"({"kind":"event","event":"A","op":"between"})"), Found{"missing_key "});
  EXPECT_EQ(foundIn(R"({"kind":"event","event":"A","op":"in"})"), Found{"missing_key "});
  EXPECT_EQ(foundIn(R"({"kind":"event","event":"A","op":"is_set"})"), Found());
  EXPECT_EQ(foundIn(R"({"kind":"event","event":"A","value":"5"})"), Found{"invalid_value /value"});
}

TEST_F(MetricReaderTest, NeedsAnOperatorForFirstAndLast) {
  EXPECT_EQ(foundIn(R"({"kind":"event","event":"A","measure":{"fn":"first","property":"p"}})"),
            Found{"missing_key "});
  EXPECT_EQ(
      foundIn(R"({"kind":"event","event":"A","measure":{"fn":"last","property":"p"},"op":"eq"})"),
      Found{"missing_key "});
  EXPECT_EQ(foundIn(R"({"kind":"event","event":"A","measure":{"fn":"last","property":"p"},
                        "op":"like","value":"*x","ignoreCase":true})"),
            Found());
}

TEST_F(MetricReaderTest, SortsEventNames) {
  const Condition event = condition(R"({"kind":"event","event":["b","a","b","é","Z"]})");
  EXPECT_EQ(event.metric->events.names, (std::vector<std::string>{"Z", "a", "b", "é"}));
}

TEST_F(MetricReaderTest, ChecksEventNames) {
  EXPECT_EQ(foundIn(R"({"kind":"event"})"), Found{"missing_key "});
  EXPECT_EQ(foundIn(R"({"kind":"event","event":""})"), Found{"empty_name /event"});
  EXPECT_EQ(foundIn(R"({"kind":"event","event":[]})"), Found{"empty_list /event"});
  EXPECT_EQ(foundIn(R"({"kind":"event","event":["A","",5,["B"]]})"),
            (Found{"empty_name /event/1", "wrong_type /event/2", "wrong_type /event/3"}));
  EXPECT_EQ(foundIn(R"({"kind":"event","event":null})"), Found{"wrong_type /event"});
}

TEST_F(MetricReaderTest, ReadsMeasures) {
  EXPECT_EQ(readMeasure(R"({"fn":"count"})").function, MeasureFunction::kCount);
  const Measure sum = readMeasure(R"({"fn":"sum","property":"order.total"})");
  EXPECT_EQ(sum.function, MeasureFunction::kSum);
  EXPECT_EQ(sum.property, (Path{"order", "total"}));
  EXPECT_EQ(readMeasure(R"({"fn":"avg","property":"p"})").function, MeasureFunction::kAverage);
  EXPECT_EQ(readMeasure(R"({"fn":"min","property":"p"})").function, MeasureFunction::kMin);
  EXPECT_EQ(readMeasure(R"({"fn":"max","property":"p"})").function, MeasureFunction::kMax);
  EXPECT_EQ(readMeasure(R"({"fn":"distinct","property":"p"})").function,
            MeasureFunction::kDistinct);
  EXPECT_EQ(readMeasure(R"({"fn":"first","property":"p"})").function, MeasureFunction::kFirst);
  EXPECT_EQ(readMeasure(R"({"fn":"last","property":"p"})").function, MeasureFunction::kLast);
  EXPECT_EQ(readMeasure(R"({"fn":"active","unit":"hour"})").unit, CalendarUnit::kHour);
  EXPECT_EQ(readMeasure(R"({"fn":"active","unit":"month"})").unit, CalendarUnit::kMonth);
}

TEST_F(MetricReaderTest, ChecksMeasures) {
  EXPECT_EQ(measure("{}"), Found{"missing_key /measure"});
  EXPECT_EQ(measure(R"("count")"), Found{"wrong_type /measure"});
  EXPECT_EQ(measure(R"({"fn":"median","property":"p"})"), Found{"unknown_measure /measure/fn"});
  EXPECT_EQ(measure(R"({"fn":"count","property":"p"})"), Found{"unknown_key /measure/property"});
  EXPECT_EQ(measure(R"({"fn":"active","unit":"day","property":"p"})"),
            Found{"unknown_key /measure/property"});
  EXPECT_EQ(measure(R"({"fn":"sum"})"), Found{"missing_key /measure"});
  EXPECT_EQ(measure(R"({"fn":"sum","property":5})"), Found{"wrong_type /measure/property"});
  EXPECT_EQ(measure(R"({"fn":"sum","property":"p","unit":"day"})"),
            Found{"unknown_key /measure/unit"});
  EXPECT_EQ(measure(R"({"fn":"active"})"), Found{"missing_key /measure"});
  EXPECT_EQ(measure(R"({"fn":"active","unit":"year"})"), Found{"unknown_unit /measure/unit"});
  EXPECT_EQ(measure(R"({"fn":"count","x":1})"), Found{"unknown_key /measure/x"});
}

}  // namespace
}  // namespace fosterflow
