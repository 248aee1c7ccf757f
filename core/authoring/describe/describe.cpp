#include "authoring/describe/describe.h"

#include "authoring/describe/sentence.h"
#include "authoring/normal_form/negations.h"
#include "authoring/phrase.h"
#include "language/vocabulary.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

class TreeWriter {
 public:
  TreeWriter(const Language& language, const Interner& interner, std::string& out)
      : texts_(*language.authoring),
        whole_(*language.phrases, interner),
        brief_(*language.phrases, interner, Phrases::Filters::kLeftOut),
        out_(out) {}

  void condition(const Condition& condition) {
    switch (condition.kind) {
      case Condition::Kind::kGroup:
        begin(nameAt(kConditionKinds, static_cast<size_t>(condition.group)),
              brief_.heading(condition));
        members(condition.children, &TreeWriter::condition);
        break;
      case Condition::Kind::kEvent:
        begin("event", brief_.condition(condition));
        if (condition.metric->events.where) filterBelow(*condition.metric->events.where);
        break;
      case Condition::Kind::kSequence:
        sequence(condition);
        break;
      default:
        // After the groups, kinds are named in their order.
        begin(nameAt(kConditionKinds, static_cast<size_t>(condition.kind) + 2),
              whole_.condition(condition));
        break;
    }
    out_ += '}';
  }

 private:
  void begin(std::string_view kind, const std::string& phrase) {
    appendTextMember(out_, "{\"kind\":", std::string(kind));
    appendTextMember(out_, ",\"path\":", path_);
    appendTextMember(out_, ",\"phrase\":", phrase);
  }

  template <typename Member>
  void members(const std::vector<Member>& members, void (TreeWriter::*write)(const Member&)) {
    out_ += ",\"of\":[";
    const size_t length = path_.size();
    path_ += "/of/";
    const size_t stem = path_.size();
    for (size_t index = 0; index < members.size(); ++index) {
      if (index > 0) out_ += ',';
      appendJsonInteger(path_, static_cast<int64_t>(index));
      (this->*write)(members[index]);
      path_.resize(stem);
    }
    path_.resize(length);
    out_ += ']';
  }

  void filterBelow(const PropertyFilter& filter) {
    out_ += ",\"of\":[";
    const size_t length = path_.size();
    path_ += "/where";
    this->filter(filter);
    path_.resize(length);
    out_ += ']';
  }

  void filter(const PropertyFilter& filter) {
    switch (filter.kind) {
      case PropertyFilter::Kind::kGroup: {
        const Text headings[] = {Text::kAllOf, Text::kAnyOf, Text::kNoneOf};
        begin(nameAt(kFilterKinds, static_cast<size_t>(filter.group)),
              whole_.catalogue().say(headings[static_cast<size_t>(filter.group)]));
        members(filter.children, &TreeWriter::filter);
        break;
      }
      case PropertyFilter::Kind::kProperty:
        begin("property", whole_.filter(filter));
        break;
      case PropertyFilter::Kind::kItem:
        begin("item", whole_.filter(filter));
        break;
      case PropertyFilter::Kind::kClock:
        begin("clock", whole_.filter(filter));
        break;
    }
    out_ += '}';
  }

  void sequence(const Condition& condition) {
    const std::string window = brief_.window(condition.window);
    const std::string heading = texts_.say(AuthoringText::kInOrder);
    begin("sequence",
          window.empty() ? heading : whole_.catalogue().say(Text::kAllInWindow, {heading, window}));
    out_ += ",\"of\":[";
    const size_t length = path_.size();
    for (size_t index = 0; index < condition.steps.size(); ++index) {
      const SequenceStep& step = condition.steps[index];
      if (index > 0) out_ += ',';
      path_ += "/steps/";
      appendJsonInteger(path_, static_cast<int64_t>(index));
      begin("step", texts_.say(index == 0 ? AuthoringText::kFirst : AuthoringText::kThen,
                               {brief_.step(step)}));
      if (step.events.where) filterBelow(*step.events.where);
      out_ += '}';
      path_.resize(length);
    }
    out_ += ']';
  }

  const AuthoringTexts& texts_;
  Phrases whole_;
  Phrases brief_;
  std::string& out_;
  std::string path_ = "/when";
};

}  // namespace

void appendDescriptions(std::string& out, const Rules& rules, std::string_view parametersJson,
                        const Language& language, const ReadingTools& tools) {
  // The sentences are those of the same rules with negations where they are easiest to read.
  std::string plainJson = "[";
  for (const Rules::Rule& rule : rules.rules) {
    Document plain = rule.document;
    if (plainJson.size() > 1) plainJson += ',';
    pushNegationsDown(*plain.find("when"));
    appendJson(plainJson, plain);
  }
  plainJson += ']';
  const Rules plain = readRules(plainJson, parametersJson, tools);
  out += '[';
  for (size_t index = 0; index < rules.rules.size(); ++index) {
    const Definition& definition = *rules.rules[index].definition;
    // A rule at the bound of depth may be too deep then, and stays as it is.
    const Definition& said = plain.rules.empty() ? definition : *plain.rules[index].definition;
    if (index > 0) out += ',';
    appendTextMember(out, "{\"id\":", definition.id);
    appendTextMember(out, ",\"name\":", definition.name);
    appendTextMember(out, ",\"description\":", definition.description);
    appendTextMember(out, ",\"sentence\":", segmentSentence(said, language, tools.interner));
    out += ",\"condition\":";
    TreeWriter(language, tools.interner, out).condition(definition.when);
    out += '}';
  }
  out += ']';
}

}  // namespace fosterflow
