#include "authoring/query_builder/query_builder.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "language/limits.h"
#include "language/place.h"
#include "values/canonical_json.h"
#include "values/number_reader.h"

namespace fosterflow {

namespace {

// Operators of both; react-querybuilder's texts without case are ours with it.
constexpr std::string_view kOperators[][2] = {{"=", "eq"},
                                              {"!=", "ne"},
                                              {"<", "lt"},
                                              {">", "gt"},
                                              {"<=", "lte"},
                                              {">=", "gte"},
                                              {"contains", "contains"},
                                              {"beginsWith", "starts_with"},
                                              {"endsWith", "ends_with"},
                                              {"doesNotContain", "not_contains"},
                                              {"doesNotBeginWith", "starts_with"},
                                              {"doesNotEndWith", "ends_with"},
                                              {"null", "is_not_set"},
                                              {"notNull", "is_set"},
                                              {"in", "in"},
                                              {"notIn", "not_in"},
                                              {"between", "between"},
                                              {"notBetween", "not_between"}};

bool isNegation(std::string_view op) { return op == "doesNotBeginWith" || op == "doesNotEndWith"; }

bool isAbout(std::string_view op, std::string_view first, std::string_view second) {
  return op == first || op == second;
}

bool isOrder(std::string_view op) { return op == "<" || op == ">" || op == "<=" || op == ">="; }

bool isRange(std::string_view op) { return isAbout(op, "between", "notBetween"); }

void complain(std::vector<Problem>& problems, const std::string& path, ProblemCode code,
              std::string message) {
  Problem problem;
  problem.path = path;
  problem.code = code;
  problem.message = std::move(message);
  problems.push_back(std::move(problem));
}

std::string pointer(const std::string& path, std::string_view list, size_t index) {
  std::string result = path;
  appendPointerKey(result, list);
  result += '/';
  appendJsonInteger(result, static_cast<int64_t>(index));
  return result;
}

Document groupOf(std::string_view kind, std::vector<Document> members) {
  Document of = Document::array();
  of.items = std::move(members);
  Document group = Document::object();
  group.set("kind", Document::ofText(kind));
  group.set("of", std::move(of));
  return group;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// The editors of react-querybuilder give numbers as texts.
std::optional<Document> numberOf(const Document& value) {
  if (value.isNumber()) return value;
  if (!value.isText()) return std::nullopt;
  const std::string_view text = trimmed(value.text);
  double number = 0;
  if (readJsonNumber(text, number) != NumberError::kNone) return std::nullopt;
  return Document::ofNumber(number);
}

// A list, or a text with commas.
std::vector<Document> listOf(const Document& value) {
  if (value.isArray()) return value.items;
  std::vector<Document> list;
  if (!value.isText()) return {value};
  std::string_view rest = value.text;
  while (true) {
    const size_t end = std::min(rest.find(','), rest.size());
    const std::string_view entry = trimmed(rest.substr(0, end));
    if (!entry.empty()) list.push_back(Document::ofText(entry));
    if (end == rest.size()) return list;
    rest.remove_prefix(end + 1);
  }
}

class Importer {
 public:
  explicit Importer(std::vector<Problem>& problems) : problems_(problems) {}

  Document group(const Document& query, const std::string& path, uint32_t depth) {
    const Document* rules = query.find("rules");
    if (rules == nullptr || !rules->isArray()) {
      return refused(path, ProblemCode::kWrongType, "A group must have the list \"rules\".");
    }
    if (depth > kMaxConditionDepth) {
      return refused(path, ProblemCode::kTooDeep, "Groups may be nested to 32 levels only.");
    }
    const bool isIndependent = rules->items.size() > 1 && rules->items[1].isText();
    Document condition =
        isIndependent ? independent(*rules, path, depth) : combined(query, *rules, path, depth);
    const Document* negated = query.find("not");
    if (negated == nullptr || !negated->isTrue()) return condition;
    return groupOf("none", {std::move(condition)});
  }

 private:
  Document refused(const std::string& path, ProblemCode code, std::string message) {
    complain(problems_, path, code, std::move(message));
    return Document::object();
  }

  std::string_view kindOf(const Document& combinator, const std::string& path) {
    if (combinator.text == "and") return "all";
    if (combinator.text == "or") return "any";
    complain(problems_, path, ProblemCode::kUnknownKind,
             "A combinator must be \"and\" or \"or\", but it is \"" + combinator.text + "\".");
    return "all";
  }

  Document member(const Document& rule, const std::string& path, uint32_t depth) {
    return rule.find("rules") != nullptr ? group(rule, path, depth + 1) : this->rule(rule, path);
  }

  Document combined(const Document& query, const Document& rules, const std::string& path,
                    uint32_t depth) {
    static const Document kAnd = Document::ofText("and");
    const Document* combinator = query.find("combinator");
    const std::string_view kind =
        kindOf(combinator == nullptr ? kAnd : *combinator, path + "/combinator");
    std::vector<Document> members;
    for (size_t index = 0; index < rules.items.size(); ++index) {
      members.push_back(member(rules.items[index], pointer(path, "rules", index), depth));
    }
    if (members.empty()) {
      return refused(path + "/rules", ProblemCode::kEmptyList,
                     "A group without rules says nothing; leave it out or add a rule.");
    }
    return members.size() == 1 ? std::move(members.front()) : groupOf(kind, std::move(members));
  }

  // Rules with combinators between them: "and" binds more than "or".
  Document independent(const Document& rules, const std::string& path, uint32_t depth) {
    std::vector<Document> alternatives;
    std::vector<Document> together;
    const auto end = [&alternatives, &together] {
      alternatives.push_back(together.size() == 1 ? std::move(together.front())
                                                  : groupOf("all", std::move(together)));
      together.clear();
    };
    for (size_t index = 0; index < rules.items.size(); ++index) {
      const std::string place = pointer(path, "rules", index);
      const Document& entry = rules.items[index];
      if (index % 2 == 0) {
        together.push_back(member(entry, place, depth));
      } else if (!entry.isText()) {
        return refused(place, ProblemCode::kWrongType,
                       "A combinator must stand between two rules here.");
      } else if (kindOf(entry, place) == "any") {
        end();
      }
    }
    end();
    return alternatives.size() == 1 ? std::move(alternatives.front())
                                    : groupOf("any", std::move(alternatives));
  }

  Document rule(const Document& rule, const std::string& path) {
    const std::string field(rule.textAt("field"));
    const std::string op(rule.textAt("operator"));
    const Document* found = rule.find("value");
    const Document value = found == nullptr ? Document() : *found;
    if (field.empty()) {
      return refused(path + "/field", ProblemCode::kMissingKey,
                     "A rule must have a \"field\", the path of an attribute.");
    }
    for (const std::string_view key : {"match", "subproperties"}) {
      if (rule.find(key) != nullptr) {
        return refused(path + "/" + std::string(key), ProblemCode::kUnknownKey,
                       "Rules about the entries of a list cannot be said of attributes.");
      }
    }
    Document condition = Document::object();
    condition.set("kind", Document::ofText("attribute"));
    condition.set("attribute", Document::ofText(field));
    for (const auto& [theirs, ours] : kOperators) {
      if (theirs == op) condition.set("op", Document::ofText(ours));
    }
    if (condition.find("op") == nullptr) {
      return refused(path + "/operator", ProblemCode::kUnknownOperator,
                     "There is no operator \"" + op + "\" for attributes.");
    }
    if (isAbout(op, "null", "notNull")) return condition;
    const std::string place = path + "/value";
    if (rule.textAt("valueSource") == "field") {
      if (!value.isText() || value.text.empty() || isRange(op) || isAbout(op, "in", "notIn")) {
        return refused(place, ProblemCode::kInvalidValue,
                       "Another field can be compared with one value only.");
      }
      Document reference = Document::object();
      reference.set("attribute", value);
      condition.set("value", std::move(reference));
    } else if (!setValue(condition, op, value, place)) {
      return Document::object();
    }
    return isNegation(op) ? groupOf("none", {std::move(condition)}) : std::move(condition);
  }

  bool setValue(Document& condition, std::string_view op, const Document& value,
                const std::string& place) {
    if (isAbout(op, "in", "notIn") || isRange(op)) {
      Document list = Document::array();
      list.items = listOf(value);
      const bool isPair = list.items.size() == 2;
      for (Document& entry : list.items) {
        if (!isRange(op)) continue;
        std::optional<Document> number = numberOf(entry);
        if (!number || !isPair) {
          complain(problems_, place, ProblemCode::kInvalidValue,
                   "\"" + std::string(op) + "\" needs two numbers.");
          return false;
        }
        entry = std::move(*number);
      }
      if (isRange(op) && isPair && list.items[0].number > list.items[1].number) {
        complain(problems_, place, ProblemCode::kReversedRange,
                 "\"" + std::string(op) + "\" needs the smaller number first.");
        return false;
      }
      if (list.items.empty() || (isRange(op) && !isPair)) {
        complain(problems_, place, ProblemCode::kEmptyList,
                 "\"" + std::string(op) + "\" needs values.");
        return false;
      }
      condition.set("value", std::move(list));
      return true;
    }
    if (isOrder(op)) {
      std::optional<Document> number = numberOf(value);
      if (!number) {
        complain(problems_, place, ProblemCode::kInvalidValue,
                 "\"" + std::string(op) + "\" compares numbers only.");
        return false;
      }
      condition.set("value", std::move(*number));
      return true;
    }
    const bool isText = op != "=" && op != "!=";
    const bool isScalar =
        value.isText() ||
        (!isText && (value.isNumber() || value.isTrue() || value.type == ValueType::kFalse));
    if (!isScalar) {
      complain(problems_, place, ProblemCode::kInvalidValue,
               "\"" + std::string(op) + "\" needs " +
                   (isText ? "a text." : "a text, a number, or true or false."));
      return false;
    }
    condition.set("value", value);
    return true;
  }

  std::vector<Problem>& problems_;
};

class Exporter {
 public:
  Exporter(const Document* parameters, std::vector<Problem>& problems)
      : parameters_(parameters), problems_(problems) {}

  // A group, also of a single condition: a query always is one.
  Document query(const Document& condition, const std::string& path) {
    const std::string_view kind = condition.textAt("kind");
    if (isGroup(kind)) return group(condition, path);
    Document query = empty("and");
    query.find("rules")->items.push_back(rule(condition, path));
    return query;
  }

 private:
  static bool isGroup(std::string_view kind) {
    return kind == "all" || kind == "any" || kind == "none";
  }

  static Document empty(std::string_view combinator) {
    Document query = Document::object();
    query.set("combinator", Document::ofText(combinator));
    query.set("rules", Document::array());
    return query;
  }

  Document group(const Document& condition, const std::string& path) {
    const std::string_view kind = condition.textAt("kind");
    Document query = empty(kind == "all" ? "and" : "or");
    if (kind == "none") query.set("not", Document::ofBoolean(true));
    const Document& of = *condition.find("of");
    for (size_t index = 0; index < of.items.size(); ++index) {
      const Document& member = of.items[index];
      const std::string place = pointer(path, "of", index);
      query.find("rules")->items.push_back(isGroup(member.textAt("kind")) ? group(member, place)
                                                                          : rule(member, place));
    }
    return query;
  }

  Document rule(const Document& condition, const std::string& path) {
    Document rule = Document::object();
    if (condition.textAt("kind") != "attribute") {
      complain(problems_, path + "/kind", ProblemCode::kUnknownKind,
               "Only conditions over attributes can be said in react-querybuilder, not \"" +
                   std::string(condition.textAt("kind")) + "\".");
      return rule;
    }
    const Document* ignoreCase = condition.find("ignoreCase");
    if (ignoreCase != nullptr && ignoreCase->isTrue()) {
      complain(problems_, path + "/ignoreCase", ProblemCode::kUnknownKey,
               "react-querybuilder has no comparison without regard to case.");
      return rule;
    }
    rule.set("field", Document::ofText(condition.textAt("attribute")));
    const std::string_view op = condition.textAt("op");
    for (const auto& [theirs, ours] : kOperators) {
      if (ours == op && !isNegation(theirs)) rule.set("operator", Document::ofText(theirs));
    }
    if (rule.find("operator") == nullptr) {
      complain(problems_, path + "/op", ProblemCode::kUnknownOperator,
               "react-querybuilder has no operator like \"" + std::string(op) + "\".");
      return rule;
    }
    const Document* value = condition.find("value");
    if (value == nullptr) {
      rule.set("value", Document());
    } else if (const Document* name = value->find("parameter")) {
      const Document* inForce = parameters_ == nullptr ? nullptr : parameters_->find(name->text);
      rule.set("value", inForce == nullptr ? Document() : *inForce);
    } else if (const Document* attribute = value->find("attribute")) {
      rule.set("valueSource", Document::ofText("field"));
      rule.set("value", *attribute);
    } else {
      rule.set("value", *value);
    }
    return rule;
  }

  const Document* parameters_;
  std::vector<Problem>& problems_;
};

}  // namespace

Document conditionOfQuery(const Document& query, std::vector<Problem>& problems) {
  return Importer(problems).group(query, "", 1);
}

Document queryOfCondition(const Document& condition, const Document* parameters,
                          std::vector<Problem>& problems) {
  return Exporter(parameters, problems).query(condition, "/when");
}

}  // namespace fosterflow
