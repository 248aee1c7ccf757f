#include <algorithm>
#include <cctype>

#include "authoring/sql/sql_text.h"
#include "authoring/sql/sql_writer.h"
#include "language/vocabulary.h"
#include "plan/predicate.h"
#include "values/case_folding.h"

namespace fosterflow {

namespace {

constexpr const char* kFoldedBeyondAscii =
    "it cannot ignore case as Unicode folds it, only where the wanted text is ASCII";
constexpr const char* kFoldedAttribute =
    "it cannot ignore case as Unicode folds it, only where the wanted text is written in the "
    "definition";

bool isAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char character) { return static_cast<unsigned char>(character) < 0x80; });
}

bool isText(const ValueNode& value) { return value.type == ValueType::kText; }

SqlJson elementJson(const std::string& root) { return {root, {}}; }

}  // namespace

std::string_view SqlWriter::textIn(const ValueNode& literal) const {
  return request_.interner->text(literal.text);
}

std::string SqlWriter::numberOf(const SqlObserved& observed) const {
  return observed.json ? dialect_.numberOf(*observed.json) : observed.number;
}

std::string SqlWriter::holds(const SqlObserved& observed, const Comparison& comparison,
                             const std::string& path) {
  bool isNegated = false;
  const Operator op = positiveOperator(comparison.op, isNegated);
  if (comparison.value.kind == Operand::Kind::kAttribute) {
    usesContact_ = true;
    const Path& attribute = comparison.value.attribute;
    if (member("c.attributes", attribute, path).keys.size() != attribute.size()) {
      return std::string(kSqlFalse);
    }
  }
  const std::string holds = holdsPositively(observed, op, comparison, path);
  return isNegated ? negationOf(holds) : holds;
}

std::string SqlWriter::holdsPositively(const SqlObserved& observed, Operator op,
                                       const Comparison& comparison, const std::string& path) {
  const bool isOfAttribute = comparison.value.kind == Operand::Kind::kAttribute;
  const SqlJson wanted{"c.attributes", comparison.value.attribute};
  switch (op) {
    case Operator::kIsSet:
      return observed.json ? dialect_.isSet(*observed.json) : observed.number + " IS NOT NULL";
    case Operator::kEqual:
    case Operator::kIn: {
      if (!isOfAttribute) {
        const ValueNode& literal = *comparison.value.literal.root();
        return op == Operator::kEqual
                   ? equalsLiteral(observed, literal, comparison.ignoreCase, path, comparison.op)
                   : equalsAnyLiteral(observed, literal, comparison.ignoreCase, path,
                                      comparison.op);
      }
      if (comparison.ignoreCase && observed.json) {
        return refuse(path, operatorName(comparison.op), kFoldedAttribute);
      }
      if (op == Operator::kEqual) return equalsJson(observed, wanted);
      return dialect_.anyElement(wanted, newName("wanted"), [&](const std::string& root) {
        return equalsJson(observed, elementJson(root));
      });
    }
    case Operator::kGreater:
    case Operator::kGreaterOrEqual:
    case Operator::kLess:
    case Operator::kLessOrEqual:
    case Operator::kBetween:
      return holdsForNumber(observed, op, comparison);
    default:
      break;
  }
  if (!observed.json) return std::string(kSqlFalse);
  switch (op) {
    case Operator::kContains:
    case Operator::kStartsWith:
    case Operator::kEndsWith:
    case Operator::kLike:
      return holdsForText(*observed.json, op, comparison, path);
    case Operator::kIncludesAny:
    case Operator::kIncludesAll:
      return includes(*observed.json, op, comparison, path);
    case Operator::kDateBefore:
    case Operator::kDateAfter:
    case Operator::kDateBetween:
      return holdsForDate(*observed.json, op, comparison, path);
    default:
      return holdsRelativeToNow(*observed.json, comparison, path);
  }
}

std::string SqlWriter::equalsLiteral(const SqlObserved& observed, const ValueNode& literal,
                                     bool ignoreCase, const std::string& path, Operator op) {
  if (literal.type == ValueType::kNumber) {
    return numberOf(observed) + " = " + dialect_.number(literal.number);
  }
  if (!observed.json) return std::string(kSqlFalse);
  if (literal.type == ValueType::kTrue || literal.type == ValueType::kFalse) {
    const std::string value = dialect_.booleanOf(*observed.json);
    return literal.type == ValueType::kTrue ? value : "NOT " + value;
  }
  if (!isText(literal)) return std::string(kSqlFalse);
  const std::string_view text = textIn(literal);
  const std::string value = dialect_.textOf(*observed.json);
  if (!ignoreCase) {
    if (!dialect_.canHold(text)) return std::string(kSqlFalse);
    return value + " = " + dialect_.text(text);
  }
  if (!isAscii(text)) return refuse(path, operatorName(op), kFoldedBeyondAscii);
  if (!dialect_.canHold(text)) return std::string(kSqlFalse);
  return dialect_.foldAscii(value) + " = " + dialect_.text(foldCase(text));
}

std::string SqlWriter::equalsAnyLiteral(const SqlObserved& observed, const ValueNode& list,
                                        bool ignoreCase, const std::string& path, Operator op) {
  std::vector<std::string> texts;
  std::vector<std::string> numbers;
  std::vector<std::string> others;
  for (const ValueNode& literal : ValueChildren(&list)) {
    if (literal.type == ValueType::kNumber) {
      numbers.push_back(dialect_.number(literal.number));
    } else if (isText(literal) && !ignoreCase) {
      if (dialect_.canHold(textIn(literal))) texts.push_back(dialect_.text(textIn(literal)));
    } else {
      others.push_back(equalsLiteral(observed, literal, ignoreCase, path, op));
    }
  }
  std::vector<std::string> parts;
  if (!texts.empty() && observed.json) {
    parts.push_back(sqlCall(dialect_.textOf(*observed.json) + " IN ", texts));
  }
  if (!numbers.empty()) parts.push_back(sqlCall(numberOf(observed) + " IN ", numbers));
  parts.insert(parts.end(), others.begin(), others.end());
  return anyOf(parts);
}

std::string SqlWriter::equalsJson(const SqlObserved& observed, const SqlJson& wanted) {
  const std::string numbers = numberOf(observed) + " = " + dialect_.numberOf(wanted);
  if (!observed.json) return numbers;
  return anyOf({dialect_.textOf(*observed.json) + " = " + dialect_.textOf(wanted), numbers,
                dialect_.booleanOf(*observed.json) + " = " + dialect_.booleanOf(wanted)});
}

std::string SqlWriter::holdsForNumber(const SqlObserved& observed, Operator op,
                                      const Comparison& comparison) {
  const std::string number = numberOf(observed);
  const bool isOfAttribute = comparison.value.kind == Operand::Kind::kAttribute;
  const SqlJson wanted{"c.attributes", comparison.value.attribute};
  if (op == Operator::kBetween) {
    if (isOfAttribute) {
      return allOf({sqlWhen(dialect_.isArray(wanted), dialect_.lengthOf(wanted)) + " = 2",
                    number + " >= " + dialect_.numberOf(dialect_.elementOf(wanted, 0)),
                    number + " <= " + dialect_.numberOf(dialect_.elementOf(wanted, 1))});
    }
    std::vector<const ValueNode*> ends;
    for (const ValueNode& end : ValueChildren(comparison.value.literal.root())) {
      ends.push_back(&end);
    }
    if (ends.size() != 2 || ends[0]->type != ValueType::kNumber ||
        ends[1]->type != ValueType::kNumber) {
      return std::string(kSqlFalse);
    }
    return "(" + number + " BETWEEN " + dialect_.number(ends[0]->number) + " AND " +
           dialect_.number(ends[1]->number) + ")";
  }
  std::string result = number;
  result += comparisonSign(op);
  if (isOfAttribute) return result + dialect_.numberOf(wanted);
  const ValueNode& literal = *comparison.value.literal.root();
  if (literal.type != ValueType::kNumber) return std::string(kSqlFalse);
  return result + dialect_.number(literal.number);
}

std::string SqlWriter::holdsForText(const SqlJson& observed, Operator op,
                                    const Comparison& comparison, const std::string& path) {
  const bool isOfAttribute = comparison.value.kind == Operand::Kind::kAttribute;
  const SqlJson wanted{"c.attributes", comparison.value.attribute};
  const auto anyEqual = [&] {
    return dialect_.anyElement(observed, newName("element"), [&](const std::string& root) {
      const SqlObserved element{elementJson(root), {}};
      if (isOfAttribute) return equalsJson(element, wanted);
      return equalsLiteral(element, *comparison.value.literal.root(), comparison.ignoreCase, path,
                           comparison.op);
    });
  };
  std::string text = dialect_.textOf(observed);
  std::string part;
  if (isOfAttribute) {
    if (comparison.ignoreCase) {
      return refuse(path, operatorName(comparison.op), kFoldedAttribute);
    }
    if (op == Operator::kLike) {
      return refuse(path, operatorName(comparison.op),
                    "it cannot read a pattern from an attribute, only from the definition");
    }
    part = dialect_.textOf(wanted);
  } else {
    const ValueNode& literal = *comparison.value.literal.root();
    if (!isText(literal)) {
      return op == Operator::kContains ? anyEqual() : std::string(kSqlFalse);
    }
    if (comparison.ignoreCase && !isAscii(textIn(literal))) {
      return refuse(path, operatorName(comparison.op), kFoldedBeyondAscii);
    }
    if (!dialect_.canHold(textIn(literal))) return std::string(kSqlFalse);
    const std::string folded =
        comparison.ignoreCase ? foldCase(textIn(literal)) : std::string(textIn(literal));
    if (comparison.ignoreCase) text = dialect_.foldAscii(text);
    if (op == Operator::kLike) return dialect_.like(text, folded);
    part = dialect_.text(folded);
  }
  switch (op) {
    case Operator::kStartsWith:
      return dialect_.startsWith(text, part);
    case Operator::kEndsWith:
      return dialect_.endsWith(text, part);
    default:
      return anyOf({dialect_.contains(text, part), anyEqual()});
  }
}

std::string SqlWriter::includes(const SqlJson& observed, Operator op, const Comparison& comparison,
                                const std::string& path) {
  const auto isIn = [&](const auto& equals) {
    return dialect_.anyElement(observed, newName("element"), equals);
  };
  if (comparison.value.kind == Operand::Kind::kAttribute) {
    const SqlJson wanted{"c.attributes", comparison.value.attribute};
    const auto scalar = [&](const std::string& root) {
      return dialect_.distinctKey(elementJson(root)) + " IS NOT NULL";
    };
    const auto isIncluded = [&](const std::string& root) {
      return isIn([&](const std::string& element) {
        return equalsJson({elementJson(element), {}}, elementJson(root));
      });
    };
    if (op == Operator::kIncludesAny) {
      return dialect_.anyElement(wanted, newName("wanted"), isIncluded);
    }
    const std::string name = newName("wanted");
    return allOf({dialect_.isArray(observed), dialect_.anyElement(wanted, name, scalar),
                  negationOf(dialect_.anyElement(wanted, name, [&](const std::string& root) {
                    return allOf({scalar(root), negationOf(isIncluded(root))});
                  }))});
  }
  const ValueNode& list = *comparison.value.literal.root();
  if (op == Operator::kIncludesAny) {
    return isIn([&](const std::string& element) {
      return equalsAnyLiteral({elementJson(element), {}}, list, false, path, comparison.op);
    });
  }
  std::vector<std::string> parts;
  for (const ValueNode& literal : ValueChildren(&list)) {
    parts.push_back(isIn([&](const std::string& element) {
      return equalsLiteral({elementJson(element), {}}, literal, false, path, comparison.op);
    }));
  }
  return parts.empty() ? std::string(kSqlFalse) : allOf(parts);
}

}  // namespace fosterflow
