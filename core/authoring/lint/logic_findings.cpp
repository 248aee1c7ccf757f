#include "authoring/lint/logic_findings.h"

#include <algorithm>
#include <utility>

#include "authoring/lint/clause.h"
#include "authoring/lint/group_reasoning.h"
#include "authoring/lint/rule_walk.h"
#include "authoring/phrase.h"

namespace fosterflow {

namespace {

constexpr size_t kMaxRelated = 8;

class LogicFindings {
 public:
  LogicFindings(const Language& language, const Interner& interner, std::vector<Finding>& findings)
      : texts_(*language.authoring), phrases_(*language.phrases, interner), findings_(findings) {}

  // Of a clause that is made of a whole rule (`isRule`) or of the filter of some events.
  Truth add(const Clause& root, bool isRule) {
    std::vector<Conclusion> conclusions;
    const Truth truth = reasonAbout(root, &conclusions);
    for (const Conclusion& conclusion : conclusions) add(conclusion);
    const bool isSaid =
        std::any_of(conclusions.begin(), conclusions.end(), [&root](const Conclusion& conclusion) {
          return conclusion.clause == &root && conclusion.kind < Conclusion::Kind::kDuplicate;
        });
    if (truth == Truth::kUnknown) return truth;
    const bool isTrue = truth == Truth::kTrue;
    if (isRule) {
      put(root.path, isTrue ? "everybody" : "nobody",
          texts_.say(isTrue ? AuthoringText::kEverybody : AuthoringText::kNobody), {});
    } else if (!isSaid) {
      put(root.path, isTrue ? "always_true" : "always_false",
          texts_.say(isTrue ? AuthoringText::kEveryEvent : AuthoringText::kNoEvent), {});
    }
    return truth;
  }

  void addAdmission(const Clause& root) {
    if (onNothing(root) != Truth::kTrue) return;
    std::vector<const Clause*> reasons;
    appendReasons(root, reasons);
    put(root.path, "admits_unknown", texts_.say(AuthoringText::kAdmitsUnknown), reasons);
  }

 private:
  [[nodiscard]] std::string phrase(const Clause& clause) const {
    return clause.condition != nullptr ? phrases_.condition(*clause.condition)
                                       : phrases_.filter(*clause.filter);
  }

  // As the group needs it.
  [[nodiscard]] std::string needed(const Clause& clause) const {
    return clause.isNegated ? texts_.say(AuthoringText::kNotSo, {phrase(clause)}) : phrase(clause);
  }

  void add(const Conclusion& conclusion) {
    const Clause& clause = *conclusion.clause;
    const std::vector<const Clause*>& related = conclusion.related;
    switch (conclusion.kind) {
      case Conclusion::Kind::kNever:
      case Conclusion::Kind::kAlways: {
        const bool isTrue = (conclusion.kind == Conclusion::Kind::kAlways) != clause.isNegated;
        put(clause.path, isTrue ? "always_true" : "always_false",
            texts_.say(isTrue ? AuthoringText::kAlwaysHolds : AuthoringText::kNeverHolds,
                       {phrase(clause)}),
            {});
        break;
      }
      case Conclusion::Kind::kExclusive:
      case Conclusion::Kind::kExhaustive: {
        const bool areExclusive = conclusion.kind == Conclusion::Kind::kExclusive;
        const bool isTrue = areExclusive == clause.isNegated;
        const AuthoringText pair =
            areExclusive ? AuthoringText::kExcludeEachOther : AuthoringText::kOneAlwaysHolds;
        const AuthoringText many =
            areExclusive ? AuthoringText::kNeverAllHold : AuthoringText::kSomeAlwaysHolds;
        put(clause.path, isTrue ? "always_true" : "always_false",
            related.size() == 2 ? texts_.say(pair, {needed(*related[0]), needed(*related[1])})
                                : texts_.say(many),
            related);
        break;
      }
      case Conclusion::Kind::kDuplicate:
        put(clause.path, "duplicate", texts_.say(AuthoringText::kDuplicate, {phrase(clause)}),
            related);
        break;
      case Conclusion::Kind::kRedundant:
        put(clause.path, "redundant",
            texts_.say(AuthoringText::kRedundant, {phrase(clause), needed(*related.front())}),
            related);
        break;
    }
  }

  static Truth onNothing(const Clause& clause) {
    if (clause.kind == Clause::Kind::kLeaf) return clause.onNothing;
    const bool isAll = clause.kind == Clause::Kind::kAll;
    Truth truth = isAll ? Truth::kTrue : Truth::kFalse;
    for (const Clause& child : clause.children) {
      const Truth inner = onNothing(child);
      if (inner == (isAll ? Truth::kFalse : Truth::kTrue)) return inner;
      if (inner == Truth::kUnknown) truth = inner;
    }
    return truth;
  }

  // The conditions because of which it holds for a contact of whom nothing is known.
  static void appendReasons(const Clause& clause, std::vector<const Clause*>& reasons) {
    if (reasons.size() == kMaxRelated || onNothing(clause) != Truth::kTrue) return;
    if (clause.kind == Clause::Kind::kLeaf) {
      reasons.push_back(&clause);
      return;
    }
    for (const Clause& child : clause.children) appendReasons(child, reasons);
  }

  void put(const std::string& path, const char* code, std::string message,
           const std::vector<const Clause*>& related) {
    Finding finding;
    finding.path = path;
    finding.code = code;
    finding.message = sentence(std::move(message));
    for (const Clause* other : related) {
      if (finding.related.size() < kMaxRelated) finding.related.push_back(other->path);
    }
    findings_.push_back(std::move(finding));
  }

  const AuthoringTexts& texts_;
  Phrases phrases_;
  std::vector<Finding>& findings_;
};

// The value at a JSON Pointer whose keys need no escapes.
const Document* valueAt(const Document& root, std::string_view pointer) {
  const Document* value = &root;
  while (!pointer.empty() && value != nullptr) {
    pointer.remove_prefix(1);
    const size_t end = std::min(pointer.find('/'), pointer.size());
    const std::string_view key = pointer.substr(0, end);
    pointer.remove_prefix(end);
    if (value->isArray()) {
      size_t index = 0;
      for (const char digit : key) index = index * 10 + static_cast<size_t>(digit - '0');
      value = index < value->items.size() ? &value->items[index] : nullptr;
    } else {
      value = value->find(key);
    }
  }
  return value;
}

// Looks at the filter of each selector on its own.
class FilterLogic final : public RuleVisitor {
 public:
  FilterLogic(const Rules::Rule& rule, const std::string& path, const Interner& interner,
              LogicFindings& findings)
      : rule_(rule), path_(path), interner_(interner), findings_(findings) {}

  void events(const EventSelector& selector, const std::string& path) override {
    if (!selector.where) return;
    const std::string place = path.substr(0, path.size() - std::string("event").size()) + "where";
    const Document* document = valueAt(rule_.document, place.substr(path_.size()));
    if (document == nullptr) return;
    findings_.add(clauseOf(*selector.where, *document, place, interner_), false);
  }

 private:
  const Rules::Rule& rule_;
  const std::string& path_;
  const Interner& interner_;
  LogicFindings& findings_;
};

}  // namespace

void findLogic(const Rules::Rule& rule, const std::string& path, const Language& language,
               const Interner& interner, std::vector<Finding>& findings) {
  LogicFindings logic(language, interner, findings);
  const Clause root =
      clauseOf(rule.definition->when, *rule.document.find("when"), path + "/when", interner);
  const Truth truth = logic.add(root, true);
  if (truth == Truth::kUnknown) logic.addAdmission(root);
  FilterLogic filters(rule, path, interner, logic);
  walkRule(*rule.definition, path, filters);
}

}  // namespace fosterflow
