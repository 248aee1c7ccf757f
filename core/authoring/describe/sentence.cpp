#include "authoring/describe/sentence.h"

#include <utility>
#include <vector>

#include "authoring/phrase.h"

namespace fosterflow {

namespace {

constexpr size_t kMaxSegmentsNamed = 8;

class Sentences {
 public:
  Sentences(const Language& language, const Interner& interner)
      : texts_(*language.authoring), phrases_(*language.phrases, interner) {}

  [[nodiscard]] std::string segment(const Definition& definition) const {
    const std::string& name = definition.name.empty() ? definition.id : definition.name;
    const Condition& when = definition.when;
    std::string rule;
    if (when.kind != Condition::Kind::kGroup || when.group == GroupKind::kNone) {
      rule = clause(when);
    } else {
      const AuthoringText joint =
          when.group == GroupKind::kAll ? AuthoringText::kTogether : AuthoringText::kAlternatively;
      rule = joined(clauses(when), joint);
    }
    return sentence(texts_.say(AuthoringText::kMember, {phrases_.quoted(name), rule}));
  }

 private:
  [[nodiscard]] std::string clause(const Condition& condition) const {
    if (condition.kind != Condition::Kind::kGroup) return phrases_.condition(condition);
    if (condition.group == GroupKind::kNone) {
      const std::string denied = joined(clauses(condition), AuthoringText::kAlternatively);
      return texts_.say(AuthoringText::kNotSo, {denied});
    }
    const std::vector<std::string> parts = clauses(condition);
    if (parts.size() == 1) return parts.front();
    const bool isAll = condition.group == GroupKind::kAll;
    if (parts.size() == 2 && areLeaves(condition)) {
      const AuthoringText pair = isAll ? AuthoringText::kBoth : AuthoringText::kEither;
      return texts_.say(pair, {parts[0], parts[1]});
    }
    return texts_.say(isAll ? AuthoringText::kAllOf : AuthoringText::kOneOf,
                      {joined(parts, AuthoringText::kNextOf)});
  }

  static bool areLeaves(const Condition& group) {
    for (const Condition& child : group.children) {
      if (child.kind == Condition::Kind::kGroup) return false;
    }
    return true;
  }

  // What the conditions of a group say; several segments of which the contact must be in one, or in
  // none, are said together, where the first of them stands.
  [[nodiscard]] std::vector<std::string> clauses(const Condition& group) const {
    const bool isAll = group.group == GroupKind::kAll;
    const auto isGathered = [isAll](const Condition& child) {
      return child.kind == Condition::Kind::kSegment && child.negated == isAll;
    };
    std::vector<std::string> segments;
    size_t count = 0;
    for (const Condition& child : group.children) {
      if (!isGathered(child)) continue;
      if (count++ < kMaxSegmentsNamed) segments.push_back(phrases_.quoted(child.name));
    }
    std::vector<std::string> parts;
    bool areSaid = count < 2;
    for (const Condition& child : group.children) {
      if (count < 2 || !isGathered(child)) {
        parts.push_back(clause(child));
      } else if (!areSaid) {
        areSaid = true;
        const AuthoringText text =
            isAll ? AuthoringText::kInNoSegment : AuthoringText::kInOneSegment;
        parts.push_back(texts_.say(text, {phrases_.list(segments, count, Text::kLastOr)}));
      }
    }
    return parts;
  }

  [[nodiscard]] std::string joined(const std::vector<std::string>& parts, AuthoringText joint,
                                   size_t from, size_t to) const {
    // Halves are joined, so that many parts cost little.
    if (to - from == 1) return parts[from];
    const size_t middle = from + (to - from) / 2;
    return texts_.say(joint,
                      {joined(parts, joint, from, middle), joined(parts, joint, middle, to)});
  }

  [[nodiscard]] std::string joined(const std::vector<std::string>& parts,
                                   AuthoringText joint) const {
    return joined(parts, joint, 0, parts.size());
  }

  const AuthoringTexts& texts_;
  Phrases phrases_;
};

}  // namespace

std::string segmentSentence(const Definition& plain, const Language& language,
                            const Interner& interner) {
  return Sentences(language, interner).segment(plain);
}

}  // namespace fosterflow
