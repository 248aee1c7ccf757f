#include "authoring/scenarios/templates.h"

#include <set>

#include "authoring/authoring_fixture.h"
#include "authoring/language.h"
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
    EXPECT_TRUE(appendInstance(out, scenario.textAt("id"), Document::object(), english(), tools_,
                               problems));
    EXPECT_TRUE(problems.empty()) << problems.front().message;
    EXPECT_EQ(document(out).textAt("id"), scenario.textAt("id"));
  }
  for (const std::string_view options : {"{}", R"({"exclusive":true})"}) {
    std::string out;
    std::vector<Problem> problems;
    EXPECT_TRUE(appendPersonas(out, document(options), english(), tools_, problems));
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

void collect(const Document& document, std::initializer_list<std::string_view> keys,
             std::set<std::string>& texts) {
  for (const std::string_view key : keys) {
    if (const Document* text = document.find(key)) texts.insert(text->text);
  }
}

TEST_F(Scenarios, GermanHasEveryTextAndNoOther) {
  std::set<std::string> texts;
  const auto collectArguments = [&texts](const Document& declared) {
    for (const Document& argument : declared.items) {
      collect(argument, {"description", "unit"}, texts);
    }
  };
  for (const std::string_view text : kTemplateTexts) {
    const Document scenario = document(text);
    collect(scenario, {"name", "description"}, texts);
    collect(*scenario.find("definition"), {"name", "description"}, texts);
    collectArguments(*scenario.find("arguments"));
  }
  const Document personas = document(kPersonasText);
  collectArguments(*personas.find("arguments"));
  for (const Document& persona : personas.find("personas")->items) {
    collect(*persona.find("definition"), {"name", "description"}, texts);
  }
  std::set<std::string> translated;
  for (const ScenarioWords& words : german().scenarios) {
    EXPECT_FALSE(words.words.empty()) << words.english;
    translated.emplace(words.english);
  }
  EXPECT_EQ(translated, texts);
}

TEST_F(Scenarios, NamesDescriptionsAndUnitsAreInTheLanguage) {
  std::string out;
  std::vector<Problem> problems;
  appendTemplates(out, german(), tools_);
  const Document all = document(out);
  const Document& carts = all.items.front();
  EXPECT_EQ(carts.textAt("name"), "Abgebrochener Warenkorb");
  const Document& wait = carts.find("arguments")->items.front();
  EXPECT_EQ(wait.textAt("name"), "waitHours");
  EXPECT_EQ(wait.textAt("unit"), "Stunden");

  out.clear();
  EXPECT_TRUE(appendInstance(out, "win-back", Document::object(), german(), tools_, problems));
  EXPECT_EQ(document(out).textAt("id"), "win-back");
  EXPECT_EQ(document(out).textAt("name"), "Rückgewinnung");
  out.clear();
  EXPECT_TRUE(appendInstance(out, "win-back", document(R"({"name":"High Rollers"})"), german(),
                             tools_, problems));
  EXPECT_EQ(document(out).textAt("name"), "High Rollers") << "a given name stays";

  out.clear();
  EXPECT_TRUE(appendPersonas(out, Document::object(), german(), tools_, problems));
  EXPECT_EQ(document(out).items.front().textAt("name"), "Spitzenkunden");
  out.clear();
  appendPersonaArguments(out, german(), tools_);
  EXPECT_EQ(document(out).find("arguments")->items.front().textAt("unit"), "Tage");
}

TEST_F(Scenarios, WhatDoesNotSuitIsNamed) {
  const auto messages = [this](std::string_view id, std::string_view options) {
    std::string out;
    std::vector<Problem> problems;
    EXPECT_FALSE(appendInstance(out, id, document(options), english(), tools_, problems));
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
