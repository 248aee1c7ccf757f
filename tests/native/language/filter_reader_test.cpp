#include "language/checking.h"

namespace fosterflow {
namespace {

class FilterReaderTest : public Checking {
 protected:
  PropertyFilter filter(std::string_view json) {
    Condition event =
        condition(R"({"kind":"event","event":"A","where":)" + std::string(json) + "}");
    return std::move(*event.metric->events.where);
  }
};

TEST_F(FilterReaderTest, ReadsProperties) {
  const PropertyFilter property =
      filter(R"({"kind":"property","property":"a.b\\.c","op":"lt","value":50})");
  EXPECT_EQ(property.kind, PropertyFilter::Kind::kProperty);
  EXPECT_EQ(property.path, (Path{"a", "b.c"}));
  EXPECT_EQ(property.comparison.op, Operator::kLess);
  EXPECT_EQ(filter(R"({"kind":"property","property":"","op":"is_set"})").path, Path{""});
}

TEST_F(FilterReaderTest, ReadsGroups) {
  const PropertyFilter group = filter(R"({"kind":"any","of":[
      {"kind":"property","property":"p","op":"is_set"},{"kind":"none","of":[
      {"kind":"property","property":"q","op":"is_set"}]}]})");
  EXPECT_EQ(group.kind, PropertyFilter::Kind::kGroup);
  EXPECT_EQ(group.group, GroupKind::kAny);
  ASSERT_EQ(group.children.size(), 2U);
  EXPECT_EQ(group.children[1].group, GroupKind::kNone);
  EXPECT_EQ(foundInFilter(R"({"kind":"all","of":[]})"), Found{"empty_list /of"});
  EXPECT_EQ(foundInFilter(R"({"kind":"all","of":[{"kind":"all","of":[1]}]})"),
            Found{"wrong_type /of/0/of/0"});
}

TEST_F(FilterReaderTest, ReadsItems) {
  const PropertyFilter item = filter(R"({"kind":"item","items":"order.products",
      "where":{"kind":"property","property":"sku","op":"eq","value":"A"}})");
  EXPECT_EQ(item.kind, PropertyFilter::Kind::kItem);
  EXPECT_EQ(item.path, (Path{"order", "products"}));
  ASSERT_EQ(item.children.size(), 1U);
  EXPECT_EQ(item.children[0].path, Path{"sku"});
  EXPECT_EQ(foundInFilter(R"({"kind":"item","items":1})"),
            (Found{"missing_key ", "wrong_type /items"}));
  EXPECT_EQ(foundInFilter(R"({"kind":"item","items":"i","where":[]})"), Found{"wrong_type /where"});
}

TEST_F(FilterReaderTest, ReadsClocks) {
  const PropertyFilter clock =
      filter(R"({"kind":"clock","unit":"day_of_month","op":"in","value":[1,15]})");
  EXPECT_EQ(clock.kind, PropertyFilter::Kind::kClock);
  EXPECT_EQ(clock.clockUnit, ClockUnit::kDayOfMonth);
  EXPECT_EQ(filter(R"({"kind":"clock","unit":"month","op":"is_set"})").clockUnit,
            ClockUnit::kMonth);
  EXPECT_EQ(foundInFilter(R"({"kind":"clock","unit":"minute","op":"eq","value":1})"),
            Found{"unknown_unit /unit"});
  EXPECT_EQ(foundInFilter(R"({"kind":"clock","op":"eq","value":1})"), Found{"missing_key "});
  EXPECT_EQ(foundInFilter(R"({"kind":"clock","unit":"hour","op":"contains","value":1})"),
            Found{"operator_not_allowed /op"});
}

TEST_F(FilterReaderTest, RefusesOtherKinds) {
  EXPECT_EQ(foundInFilter("null"), Found{"wrong_type "});
  EXPECT_EQ(foundInFilter("{}"), Found{"missing_key "});
  EXPECT_EQ(foundInFilter(R"({"kind":"event","event":"A"})"), Found{"unknown_kind /kind"});
  EXPECT_EQ(foundInFilter(R"({"kind":"attribute","attribute":"A","op":"is_set"})"),
            Found{"unknown_kind /kind"});
}

TEST_F(FilterReaderTest, RefusesUnknownKeys) {
  for (const std::string_view rest :
       {R"("kind":"all","of":[{"kind":"property","property":"p","op":"is_set"}])",
        R"("kind":"property","property":"p","op":"is_set")",
        R"("kind":"item","items":"i","where":{"kind":"property","property":"p","op":"is_set"})",
        R"("kind":"clock","unit":"hour","op":"is_set")"}) {
    EXPECT_EQ(foundInFilter("{" + std::string(rest) + "}"), Found());
    EXPECT_EQ(foundInFilter("{" + std::string(rest) + R"(,"window":{}})"),
              Found{"unknown_key /window"});
  }
}

}  // namespace
}  // namespace fosterflow
