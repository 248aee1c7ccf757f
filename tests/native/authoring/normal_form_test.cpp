#include "authoring/normal_form/normal_form.h"

#include "authoring/authoring_fixture.h"
#include "authoring/normal_form/negations.h"

namespace fosterflow {

namespace {

class NormalForm : public AuthoringFixture {
 protected:
  // Of a condition that must be right.
  std::string normal(std::string_view condition) {
    const Rules one = rules(segment(condition));
    if (one.rules.empty()) return "";
    const std::string text = normalForm(one.rules.front().document);
    const std::string again = normalForm(document(text));
    EXPECT_EQ(again, text);
    EXPECT_FALSE(rules(text).rules.empty());
    const std::string end = R"(,"version":1,"when":)";
    const size_t at = text.find(end);
    return text.substr(at + end.size(), text.size() - at - end.size() - 1);
  }

  std::string often(std::string_view comparison) {
    return normal(R"({"kind":"event","event":"X",)" + std::string(comparison) + "}");
  }

  const std::string a_ = R"({"attribute":"a","kind":"attribute","op":"is_set"})";
  const std::string b_ = R"({"attribute":"b","kind":"attribute","op":"gt","value":2})";
};

TEST_F(NormalForm, OneWayToSayHowOften) {
  const std::string once = R"({"event":"X","kind":"event"})";
  EXPECT_EQ(often(R"("op":"gte","value":1)"), once);
  EXPECT_EQ(often(R"("op":"gt","value":0)"), once);
  EXPECT_EQ(often(R"("op":"ne","value":0)"), once);
  EXPECT_EQ(often(R"("op":"not_between","value":[-2,0])"), once);
  EXPECT_EQ(often(R"("op":"gte","value":0.5,"measure":{"fn":"count"})"), once);
  const std::string never = R"({"event":"X","kind":"event","op":"lte","value":0})";
  EXPECT_EQ(often(R"("op":"eq","value":0)"), never);
  EXPECT_EQ(often(R"("op":"lt","value":1)"), never);
  EXPECT_EQ(often(R"("op":"between","value":[-1,0.5])"), never);
  EXPECT_EQ(often(R"("op":"in","value":[2,2])"), often(R"("op":"between","value":[1.5,2.5])"));
  // What can never hold stays as it was written.
  EXPECT_EQ(often(R"("op":"eq","value":1.5)"),
            R"({"event":"X","kind":"event","op":"eq","value":1.5})");
  // A sum may be anything.
  EXPECT_NE(often(R"("op":"gt","value":0,"measure":{"fn":"sum","property":"p"})"),
            often(R"("op":"gte","value":1,"measure":{"fn":"sum","property":"p"})"));
}

TEST_F(NormalForm, GroupsAreFlatSortedAndWithoutRepetition) {
  EXPECT_EQ(normal(group("all", b_ + "," + group("all", a_ + "," + b_))),
            "{\"kind\":\"all\",\"of\":[" + a_ + "," + b_ + "]}");
  EXPECT_EQ(normal(group("any", group("all", a_))), a_);
  EXPECT_EQ(normal(group("none", group("none", b_))), b_);
  EXPECT_EQ(normal(group("none", a_)), R"({"attribute":"a","kind":"attribute","op":"is_not_set"})");
  EXPECT_EQ(normal(group("none", b_)), "{\"kind\":\"none\",\"of\":[" + b_ + "]}");
  EXPECT_EQ(normal(group("none", group("any", a_ + "," + b_))),
            normal(group("all", group("none", a_) + "," + group("none", b_))));
}

TEST_F(NormalForm, SpansWindowsAndNamesHaveOneWriting) {
  const auto window = [this](std::string_view text) {
    return often("\"window\":" + std::string(text));
  };
  EXPECT_EQ(window(R"({"last":{"weeks":2}})"), window(R"({"last":{"hours":336}})"));
  EXPECT_EQ(window(R"({"last":{"years":1}})"), window(R"({"last":{"months":12}})"));
  EXPECT_NE(window(R"({"last":{"months":1}})"), window(R"({"last":{"days":30}})"));
  EXPECT_EQ(window(R"({"between":[{"days":3},{"days":0}]})"), window(R"({"last":{"days":3}})"));
  EXPECT_NE(window(R"({"between":[{"days":3},{"months":0}]})"), window(R"({"last":{"days":3}})"));
  EXPECT_EQ(window(R"({"before":{"seconds":0}})"), R"({"event":"X","kind":"event"})");
  EXPECT_EQ(window(R"({"calendar":{"unit":"day","count":1,"current":false}})"),
            window(R"({"calendar":{"unit":"day"}})"));
  EXPECT_EQ(normal(R"({"kind":"event","event":["Y","X","Y"]})"),
            normal(R"({"kind":"event","event":["X","Y"],"meta":{"of":[]}})"));
}

TEST_F(NormalForm, ParametersStayParameters) {
  const auto withParameter = [this](std::string_view condition) {
    return normalForm(rules(segment(condition, R"("parameters":{"n":2},)")).rules.front().document);
  };
  EXPECT_EQ(withParameter(R"({"kind":"event","event":"X","value":{"parameter":"n"}})"),
            withParameter(group(
                "none", R"({"kind":"event","event":"X","op":"lt","value":{"parameter":"n"}})")));
  EXPECT_NE(withParameter(R"({"kind":"event","event":"X","value":{"parameter":"n"}})"),
            withParameter(R"({"kind":"event","event":"X","value":2})"));
}

TEST_F(NormalForm, ComparisonsOfTwoSidesAreTurnedToOneOrder) {
  const std::string x = R"({"metric":{"event":"X"}})";
  const auto compare = [this](const std::string& left, std::string_view op,
                              const std::string& right) {
    return normal(R"({"kind":"compare","left":)" + left + R"(,"op":")" + std::string(op) +
                  R"(","right":)" + right + "}");
  };
  EXPECT_EQ(compare(x, "gt", "3"), compare("3", "lt", x));
  EXPECT_EQ(compare(x, "gte", x), compare(x, "lte", x));
  EXPECT_NE(compare(x, "gt", "3"), compare(x, "lt", "3"));
  EXPECT_EQ(compare(R"({"add":[1,)" + x + "]}", "eq", "3"),
            compare("3", "eq", R"({"add":[)" + x + ",1]}"));
  EXPECT_NE(compare(R"({"sub":[1,)" + x + "]}", "eq", "3"),
            compare("3", "eq", R"({"sub":[)" + x + ",1]}"));
}

TEST_F(NormalForm, AbsentStepsInARowMayChangePlaces) {
  const auto sequence = [this](std::string_view steps) {
    return normal(R"({"kind":"sequence","steps":[{"event":"A"},)" + std::string(steps) + "]}");
  };
  const std::string b = R"({"event":"B","absent":true})";
  const std::string c = R"({"event":"C","absent":true})";
  const std::string d = R"({"event":"D","absent":false})";
  EXPECT_EQ(sequence(b + "," + c + "," + d), sequence(c + "," + b + "," + b + "," + d));
  EXPECT_NE(sequence(b + "," + d + "," + c), sequence(c + "," + d + "," + b));
}

}  // namespace

}  // namespace fosterflow
