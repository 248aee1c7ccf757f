#include "language/checking.h"
#include "language/limits.h"

namespace fosterflow {
namespace {

class ExpressionReaderTest : public Checking {
 protected:
  Found left(std::string_view expression) {
    return foundIn(R"({"kind":"compare","op":"eq","right":1,"left":)" + std::string(expression) +
                   "}");
  }
};

TEST_F(ExpressionReaderTest, ReadsExpressions) {
  const Condition compare = condition(R"({"kind":"compare","op":"gt",
      "left":{"div":[{"metric":{"event":"Order","measure":{"fn":"sum","property":"total"},
                                "window":{"last":{"days":30}}}},
                     {"sub":[{"attribute":"a.b"},2.5]}]},
      "right":{"mul":[{"add":[1,2]},3]}})");
  EXPECT_EQ(compare.kind, Condition::Kind::kCompare);
  EXPECT_EQ(compare.comparison.op, Operator::kGreater);
  EXPECT_EQ(compare.left->kind, Expression::Kind::kDivide);
  ASSERT_EQ(compare.left->operands.size(), 2U);
  const Expression& metric = compare.left->operands[0];
  EXPECT_EQ(metric.kind, Expression::Kind::kMetric);
  EXPECT_EQ(metric.metric->measure.function, MeasureFunction::kSum);
  EXPECT_EQ(metric.metric->window.kind, Window::Kind::kLast);
  const Expression& difference = compare.left->operands[1];
  EXPECT_EQ(difference.kind, Expression::Kind::kSubtract);
  EXPECT_EQ(difference.operands[0].kind, Expression::Kind::kAttribute);
  EXPECT_EQ(difference.operands[0].attribute, (Path{"a", "b"}));
  EXPECT_EQ(difference.operands[1].number, 2.5);
  EXPECT_EQ(compare.right->kind, Expression::Kind::kMultiply);
  EXPECT_EQ(compare.right->operands[0].kind, Expression::Kind::kAdd);
}

TEST_F(ExpressionReaderTest, TakesSixOperators) {
  for (const std::string_view op : {"eq", "ne", "gt", "gte", "lt", "lte"}) {
    EXPECT_EQ(foundIn(R"({"kind":"compare","left":1,"right":2,"op":")" + std::string(op) + "\"}"),
              Found());
  }
  for (const std::string_view op : {"in", "between", "is_set", "contains", "date_before"}) {
    EXPECT_EQ(foundIn(R"({"kind":"compare","left":1,"right":2,"op":")" + std::string(op) + "\"}"),
              Found{"operator_not_allowed /op"});
  }
}

TEST_F(ExpressionReaderTest, ChecksOperands) {
  EXPECT_EQ(foundIn(R"({"kind":"compare"})"),
            (Found{"missing_key ", "missing_key ", "missing_key "}));
  for (const std::string_view literal : {R"("1")", "true", "null", "[1]"}) {
    EXPECT_EQ(left(literal), Found{"invalid_value /left"}) << literal;
  }
  EXPECT_EQ(left("{}"), Found{"invalid_value /left"});
  EXPECT_EQ(left(R"({"attribute":"a","add":[1,2]})"), Found{"invalid_value /left"});
  EXPECT_EQ(left(R"({"mod":[1,2]})"), Found{"unknown_key /left/mod"});
  EXPECT_EQ(left(R"({"attribute":1})"), Found{"wrong_type /left/attribute"});
  EXPECT_EQ(left(R"({"add":[1]})"), Found{"invalid_value /left/add"});
  EXPECT_EQ(left(R"({"add":[1,2,null]})"),
            (Found{"invalid_value /left/add", "invalid_value /left/add/2"}));
  EXPECT_EQ(left(R"({"add":5})"), Found{"invalid_value /left/add"});
  EXPECT_EQ(left(R"({"add":["1",{"x":1}]})"),
            (Found{"invalid_value /left/add/0", "unknown_key /left/add/1/x"}));
  EXPECT_EQ(left(R"({"metric":5})"), Found{"wrong_type /left/metric"});
  EXPECT_EQ(left(R"({"metric":{"event":"A","op":"gt"}})"), Found{"unknown_key /left/metric/op"});
  EXPECT_EQ(left(R"({"metric":{"event":"A","measure":{"fn":"first","property":"p"}}})"), Found());
}

TEST_F(ExpressionReaderTest, BoundsTheNesting) {
  const auto nested = [this](size_t levels) {
    return left(repeated(R"({"add":[1,)", levels - 1) + "1" + repeated("]}", levels - 1));
  };
  EXPECT_EQ(nested(kMaxExpressionDepth), Found());
  EXPECT_EQ(nested(kMaxExpressionDepth + 1),
            (Found{"too_deep /left" + repeated("/add/1", kMaxExpressionDepth - 1) + "/add/0",
                   "too_deep /left" + repeated("/add/1", kMaxExpressionDepth)}));
}

}  // namespace
}  // namespace fosterflow
