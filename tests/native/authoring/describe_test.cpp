#include "authoring/describe/describe.h"

#include "language/checking.h"

namespace fosterflow {

namespace {

class Describing : public Checking {
 protected:
  std::string describe(std::string_view json, std::string_view parameters = "",
                       const Language& language = english()) {
    const ReadingTools tools{interner_, reader_, zones_};
    const Rules rules = readRules(json, parameters, tools);
    for (const Problem& problem : rules.set.problems) ADD_FAILURE() << problem.message;
    std::string out;
    if (!rules.rules.empty()) appendDescriptions(out, rules, parameters, language, tools);
    return out;
  }

  // What a contact must be for the sentence of a segment of that condition.
  std::string say(std::string_view when, const Language& language = english()) {
    const std::string text = describe(segment(when), "", language);
    const std::string start = language.phrases == &englishCatalogue()
                                  ? "\"A contact is in \\\"s\\\" if "
                                  : "\"Ein Kontakt ist in „s“, wenn gilt: ";
    const size_t from = text.find(start) + start.size();
    return text.substr(from, text.find(".\",\"condition\"") - from);
  }

  static std::string group(std::string_view kind, const std::string& members) {
    return "{\"kind\":\"" + std::string(kind) + "\",\"of\":[" + members + "]}";
  }

  const std::string a_ = R"({"kind":"attribute","attribute":"a","op":"is_set"})";
  const std::string b_ = R"({"kind":"attribute","attribute":"b","op":"gt","value":2})";
  const std::string x_ = R"({"kind":"event","event":"X","op":"gte","value":3})";
  static std::string in(std::string_view id) {
    return "{\"kind\":\"segment\",\"segment\":\"" + std::string(id) + "\",\"op\":\"in\"}";
  }
};

TEST_F(Describing, GroupsAreSaidWithWordsThatTellWhereTheyEnd) {
  EXPECT_EQ(say(a_), "the contact's a is known");
  EXPECT_EQ(say(group("all", a_ + "," + b_)),
            "the contact's a is known, and the contact's b is more than 2");
  EXPECT_EQ(say(group("any", a_ + "," + b_)),
            "the contact's a is known, or the contact's b is more than 2");
  EXPECT_EQ(say(group("all", a_ + "," + group("any", a_ + "," + b_))),
            "the contact's a is known, and either the contact's a is known or the contact's b is "
            "more than 2");
  EXPECT_EQ(say(group("any", a_ + "," + group("all", a_ + "," + b_))),
            "the contact's a is known, or both the contact's a is known and the contact's b is "
            "more than 2");
  EXPECT_EQ(
      say(group("all", a_ + "," + group("any", a_ + "," + b_ + "," + group("all", a_ + "," + b_)))),
      "the contact's a is known, and at least one of these holds (the contact's a is known; "
      "the contact's b is more than 2; both the contact's a is known and the contact's b is "
      "more than 2)");
}

TEST_F(Describing, WhatMustNotBeIsSaidAsItsOpposite) {
  EXPECT_EQ(say(group("none", a_)), "the contact's a is not known");
  EXPECT_EQ(say(group("none", x_)), "\\\"X\\\" happened less than 3 times");
  EXPECT_EQ(say(group("none", a_ + "," + x_)),
            "the contact's a is not known, and \\\"X\\\" happened less than 3 times");
  EXPECT_EQ(say(group("none", group("all", a_ + "," + x_))),
            "the contact's a is not known, or \\\"X\\\" happened less than 3 times");
  // A number that is not known is neither more than 2 nor at most 2.
  EXPECT_EQ(say(group("none", b_)), "it is not so that the contact's b is more than 2");
}

TEST_F(Describing, SegmentsAreGathered) {
  EXPECT_EQ(say(group("none", in("p") + "," + in("q") + "," + in("r"))),
            "the contact is in none of the segments \\\"p\\\", \\\"q\\\" or \\\"r\\\"");
  EXPECT_EQ(say(group("any", in("p") + "," + a_ + "," + in("q"))),
            "the contact is in one of the segments \\\"p\\\" or \\\"q\\\", or the contact's a is "
            "known");
  EXPECT_EQ(say(group("all", in("p") + "," + in("q"))),
            "the contact is in the segment \\\"p\\\", and the contact is in the segment \\\"q\\\"");
}

TEST_F(Describing, AnotherLanguageIsAnotherSetOfTexts) {
  EXPECT_EQ(say(R"({"kind":"event","event":"X","op":"gte","value":2,
                    "window":{"last":{"days":30}}})",
                german()),
            "„X“ geschah mindestens 2-mal in den letzten 30 Tagen");
  EXPECT_EQ(say(R"({"kind":"event","event":"X","window":{"last":{"hours":1}}})", german()),
            "„X“ geschah mindestens einmal innerhalb von 1 Stunde bis jetzt");
  EXPECT_EQ(say(R"({"kind":"event","event":"X","window":{"calendar":{"unit":"month"}}})", german()),
            "„X“ geschah mindestens einmal in 1 Monat vor dem laufenden Monat");
  EXPECT_EQ(say(R"({"kind":"attribute","attribute":"a","op":"gt","value":1.5})", german()),
            "a des Kontakts ist mehr als 1,5");
  EXPECT_EQ(findLanguage("de"), &german());
  EXPECT_EQ(findLanguage("xx"), nullptr);
}

TEST_F(Describing, ATreeOfShortPhrasesWithTheirPlaces) {
  EXPECT_EQ(
      describe(segment(group("all", R"({"kind":"event","event":"X","where":{"kind":"any","of":[
                          {"kind":"property","property":"p","op":"eq","value":1},
                          {"kind":"clock","unit":"hour","op":"lt","value":6}]}},)" +
                                        std::string(R"({"kind":"sequence","steps":[{"event":"Y"},
                          {"absent":true,"event":"Z","within":{"hours":2}}]})")))),
      R"([{"id":"s","name":"","description":"","sentence":"A contact is in \"s\" if \"X\" )"
      R"((where p is 1 or the hour of the day is less than 6) happened at least once, and )"
      R"(first \"Y\", then no \"Z\" within 2 hours.","condition":)"
      R"({"kind":"all","path":"/when","phrase":"all of these hold","of":[)"
      R"({"kind":"event","path":"/when/of/0","phrase":"\"X\" happened at least once","of":[)"
      R"({"kind":"any","path":"/when/of/0/where","phrase":"at least one of these holds",)"
      R"("of":[{"kind":"property","path":"/when/of/0/where/of/0","phrase":"p is 1"},)"
      R"({"kind":"clock","path":"/when/of/0/where/of/1",)"
      R"("phrase":"the hour of the day is less than 6"}]}]},)"
      R"({"kind":"sequence","path":"/when/of/1","phrase":)"
      R"("these happened in this order","of":[)"
      R"({"kind":"step","path":"/when/of/1/steps/0","phrase":"first \"Y\""},)"
      R"({"kind":"step","path":"/when/of/1/steps/1",)"
      R"("phrase":"then no \"Z\" within 2 hours"}]}]}}])");
}

TEST_F(Describing, ParametersAreTheirValuesInForce) {
  const std::string json =
      R"({"version":1,"id":"s","name":"Much","parameters":{"n":2},"when":
          {"kind":"event","event":"X","value":{"parameter":"n"}}})";
  EXPECT_NE(describe(json).find("at least 2 times"), std::string::npos);
  EXPECT_NE(describe(json, R"({"n":7})").find("at least 7 times"), std::string::npos);
}

TEST_F(Describing, WhatIsAtTheBoundOfDepthIsSaidAsItIs) {
  std::string when = group("none", group("all", b_ + "," + x_));
  for (int depth = 0; depth < 28; ++depth) when = group(depth % 2 == 0 ? "none" : "all", when);
  EXPECT_FALSE(describe(segment(when)).empty());
}

}  // namespace

}  // namespace fosterflow
