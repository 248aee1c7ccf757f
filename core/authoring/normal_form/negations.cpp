#include "authoring/normal_form/negations.h"

#include <optional>
#include <utility>

#include "language/vocabulary.h"

namespace fosterflow {

namespace {

bool isGroup(std::string_view kind) { return kind == "all" || kind == "any" || kind == "none"; }

// The opposite among numbers; not where a value may be missing, of which both are false.
std::string_view oppositeOrder(std::string_view op) {
  if (op == "gt") return "lte";
  if (op == "gte") return "lt";
  if (op == "lt") return "gte";
  return op == "lte" ? "gt" : "";
}

std::string_view oppositeState(std::string_view op) {
  if (op == "in") return "not_in";
  if (op == "not_in") return "in";
  return op == "reachable" ? "unreachable" : "reachable";
}

// A number, or a parameter in a place that takes only numbers.
bool isConstant(const Document* value) {
  return value == nullptr || value->isNumber() || value->find("parameter") != nullptr;
}

bool hasOneValue(const Document* list) {
  if (list == nullptr || !list->isArray()) return false;
  for (const Document& item : list->items) {
    if (canonicalJson(item) != canonicalJson(list->items.front())) return false;
  }
  return true;
}

Document rewritten(Document condition, bool isNegated);

void rewriteFilters(Document& owner) {
  owner.remove("meta");
  for (size_t index = 0; index < owner.items.size(); ++index) {
    Document& member = owner.items[index];
    if (owner.isObject() && owner.keys[index] == "where") {
      member = rewritten(std::move(member), false);
    } else {
      rewriteFilters(member);
    }
  }
}

Document groupOf(std::string_view kind, Document members) {
  Document group = Document::object();
  group.set("kind", Document::ofText(kind));
  group.set("of", std::move(members));
  return group;
}

Document rewritten(Document condition, bool isNegated) {
  const std::string kind(condition.textAt("kind"));
  if (isGroup(kind)) {
    const bool areNegated = isNegated != (kind == "none");
    // None of them is: not any of them.
    const bool isAll = (kind == "all") != areNegated;
    Document members = Document::array();
    for (Document& member : condition.find("of")->items) {
      members.items.push_back(rewritten(std::move(member), areNegated));
    }
    if (members.items.size() == 1) return std::move(members.items.front());
    return groupOf(isAll ? "all" : "any", std::move(members));
  }
  rewriteFilters(condition);
  if (!isNegated || turnIntoOpposite(condition)) return condition;
  Document members = Document::array();
  members.items.push_back(std::move(condition));
  return groupOf("none", std::move(members));
}

}  // namespace

bool isAlwaysNumber(const Document& condition) {
  const Document* measure = condition.find("measure");
  const std::string_view function = measure == nullptr ? "count" : measure->textAt("fn");
  return function == "count" || function == "sum" || function == "distinct" || function == "active";
}

bool turnIntoOpposite(Document& leaf) {
  const std::string_view kind = leaf.textAt("kind");
  if (kind == "channel" || kind == "list" || kind == "segment") {
    leaf.set("op", Document::ofText(oppositeState(leaf.textAt("op"))));
    return true;
  }
  const bool isEvent = kind == "event";
  if (!isEvent && kind != "attribute" && kind != "property" && kind != "clock" &&
      kind != "compare") {
    return false;
  }
  // To include all of one value is to include any of it.
  if (leaf.textAt("op") == "includes_all" && hasOneValue(leaf.find("value"))) {
    leaf.set("op", Document::ofText("includes_any"));
  }
  // What an event condition leaves out is: at least once.
  const std::string op(leaf.find("op") == nullptr ? "gte" : leaf.textAt("op"));
  std::string_view opposite;
  const std::optional<Operator> known = findOperator(op);
  if (known && isNegative(*known)) {
    opposite = operatorName(traitsOf(*known).positive);
  } else if (known) {
    for (size_t index = 0; index < kOperatorCount; ++index) {
      const auto candidate = static_cast<Operator>(index);
      if (candidate != *known && traitsOf(candidate).positive == *known) {
        opposite = operatorName(candidate);
      }
    }
  }
  const bool isNumber = kind == "clock" || (isEvent && isAlwaysNumber(leaf));
  if (opposite.empty() && isNumber && isConstant(leaf.find("value"))) opposite = oppositeOrder(op);
  if (opposite.empty()) return false;
  leaf.set("op", Document::ofText(opposite));
  const bool hasNoValue = opposite == "is_set" || opposite == "is_not_set";
  if (isEvent && !hasNoValue && leaf.find("value") == nullptr) {
    leaf.set("value", Document::ofNumber(1));
  }
  return true;
}

void pushNegationsDown(Document& condition) { condition = rewritten(std::move(condition), false); }

}  // namespace fosterflow
