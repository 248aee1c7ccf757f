#include "authoring/lint/vocabulary_findings.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "authoring/lint/rule_walk.h"
#include "language/vocabulary.h"

namespace fosterflow {

namespace {

// The names of a list, or of an object by them.
std::vector<std::string_view> namesOf(const Document* list) {
  std::vector<std::string_view> names;
  if (list == nullptr) return names;
  if (list->isObject()) {
    for (const std::string& key : list->keys) names.push_back(key);
  } else {
    for (const Document& item : list->items) names.push_back(item.text);
  }
  return names;
}

class UnseenNames final : public RuleVisitor {
 public:
  UnseenNames(const Document& seen, const Language& language, std::vector<Finding>& findings)
      : seen_(seen), texts_(*language.authoring), findings_(findings) {}

  void condition(const Condition& condition, const std::string& path) override {
    if (condition.kind == Condition::Kind::kChannel) {
      look("channels", condition.name, path + "/channel", "unknown_channel",
           AuthoringText::kUnseenChannel);
    } else if (condition.kind == Condition::Kind::kList) {
      look("lists", condition.name, path + "/list", "unknown_list", AuthoringText::kUnseenList);
    }
  }

  void events(const EventSelector& selector, const std::string& path) override {
    for (const std::string& name : selector.names) {
      look("events", name, path, "unknown_event", AuthoringText::kUnseenEvent);
    }
  }

  void property(const std::vector<std::string>& names, const std::string& property,
                const std::string& path) override {
    const Document* events = seen_.find("events");
    if (events == nullptr) return;
    std::vector<std::string_view> candidates;
    bool isKnownEvent = false;
    for (const std::string& name : names) {
      const Document* event = events->find(name);
      const Document* properties = event == nullptr ? nullptr : event->find("properties");
      if (properties == nullptr) continue;
      isKnownEvent = true;
      for (const std::string_view candidate : namesOf(properties)) candidates.push_back(candidate);
    }
    // Of events that were not seen, that has been said.
    if (isKnownEvent) {
      look(candidates, property, path, "unknown_property", AuthoringText::kUnseenProperty);
    }
  }

  void attribute(const Path& attribute, const std::string& path) override {
    look("traits", dotted(attribute), path, "unknown_trait", AuthoringText::kUnseenTrait);
  }

 private:
  void look(std::string_view part, const std::string& name, const std::string& path,
            const char* code, AuthoringText text) {
    const Document* names = seen_.find(part);
    if (names != nullptr) look(namesOf(names), name, path, code, text);
  }

  void look(const std::vector<std::string_view>& names, const std::string& name,
            const std::string& path, const char* code, AuthoringText text) {
    if (std::find(names.begin(), names.end(), name) != names.end()) return;
    // A path above one that was seen is there, too.
    const auto isAbove = [&name](std::string_view other) {
      return other.size() > name.size() && other.substr(0, name.size()) == name &&
             (other[name.size()] == '.' || other[name.size()] == '[');
    };
    if (std::any_of(names.begin(), names.end(), isAbove)) return;
    Finding finding;
    finding.path = path;
    finding.code = code;
    size_t errors = kMaxTypingErrors + 1;
    for (const std::string_view candidate : names) {
      if (isNearer(candidate, name, errors)) finding.suggestion = candidate;
    }
    finding.message = texts_.say(text, {name});
    if (!finding.suggestion.empty()) {
      finding.message += texts_.say(AuthoringText::kDidYouMean, {finding.suggestion});
    }
    findings_.push_back(std::move(finding));
  }

  const Document& seen_;
  const AuthoringTexts& texts_;
  std::vector<Finding>& findings_;
};

}  // namespace

void findUnseen(const Definition& definition, const std::string& path, const Document& seen,
                const Language& language, std::vector<Finding>& findings) {
  UnseenNames names(seen, language, findings);
  walkRule(definition, path, names);
}

}  // namespace fosterflow
