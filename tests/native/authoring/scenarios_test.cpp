#include "authoring/scenarios/templates.h"

#include "authoring/authoring_fixture.h"
#include "authoring/scenarios/arguments.h"
#include "authoring/scenarios/template_texts.h"

namespace fosterflow {

namespace {

class Scenarios : public AuthoringFixture {};

TEST_F(Scenarios, EveryTextIsJsonAndGivesARightDefinition) {
  for (const std::string_view text : kTemplateTexts) {
    const Document scenario = document(text);
    std::string out;
    std::vector<Problem> problems;
    EXPECT_TRUE(appendInstance(out, scenario.textAt("id"), Document::object(), tools_, problems));
    EXPECT_TRUE(problems.empty()) << problems.front().message;
    EXPECT_EQ(document(out).textAt("id"), scenario.textAt("id"));
  }
  for (const std::string_view options : {"{}", R"({"exclusive":true})"}) {
    std::string out;
    std::vector<Problem> problems;
    EXPECT_TRUE(appendPersonas(out, document(options), tools_, problems));
    EXPECT_EQ(document(out).items.size(), 8U);
  }
}

TEST_F(Scenarios, DefaultsAreWithinTheirBounds) {
  const auto check = [](const Document& declared) {
    // Given as they are, the defaults are taken.
    Document given = Document::object();
    for (const Document& argument : declared.items) {
      given.set(argument.textAt("name"), *argument.find("default"));
    }
    std::vector<Problem> problems;
    const ArgumentValues values(declared, given, problems);
    for (const Problem& problem : problems) ADD_FAILURE() << problem.message;
  };
  for (const std::string_view text : kTemplateTexts) check(*document(text).find("arguments"));
  check(*document(kPersonasText).find("arguments"));
}

TEST_F(Scenarios, WhatDoesNotSuitIsNamed) {
  const auto messages = [this](std::string_view id, std::string_view options) {
    std::string out;
    std::vector<Problem> problems;
    EXPECT_FALSE(appendInstance(out, id, document(options), tools_, problems));
    EXPECT_EQ(out, "");
    std::vector<std::string> told;
    told.reserve(problems.size());
    for (const Problem& problem : problems) told.push_back(problem.path + problem.message);
    return told;
  };
  EXPECT_EQ(messages("sign-up", R"({"arguments":{"withinDays":366}})"),
            (Found{"/withinDays\"withinDays\" must be a whole number from 1 to 365 (days), but it "
                   "is 366."}));
  EXPECT_EQ(messages("sign-up", R"({"arguments":{"signUpEvent":["a",""]}})").size(), 1U);
  EXPECT_EQ(messages("sign-in", "{}"),
            (Found{"There is no template \"sign-in\" here; did you mean \"sign-up\"?"}));
  EXPECT_EQ(messages("sign-up", R"({"id":7})").size(), 1U);
}

}  // namespace

}  // namespace fosterflow
