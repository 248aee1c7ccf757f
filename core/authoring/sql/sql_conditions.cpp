#include "authoring/sql/sql_text.h"
#include "authoring/sql/sql_writer.h"
#include "language/vocabulary.h"
#include "plan/predicate.h"

namespace fosterflow {

std::string SqlWriter::condition(const Condition& condition, const std::string& path) {
  switch (condition.kind) {
    case Condition::Kind::kGroup:
      return group(condition, path);
    case Condition::Kind::kEvent:
      return metricCondition(condition, path);
    case Condition::Kind::kSequence: {
      const std::string table = sequence(condition, path);
      return "c.id IN (SELECT contact_id FROM " + table + ")";
    }
    case Condition::Kind::kAttribute:
      return holds({member("c.attributes", condition.attribute, path), {}}, condition.comparison,
                   path);
    case Condition::Kind::kChannel: {
      const std::string holds = inTable("channels", "channel", condition.name, " AND reachable");
      return condition.negated ? negationOf(holds) : holds;
    }
    case Condition::Kind::kList: {
      const std::string holds = inTable("lists", "list", condition.name, "");
      return condition.negated ? negationOf(holds) : holds;
    }
    case Condition::Kind::kSegment: {
      const auto& definitions = request_.set->definitions;
      size_t segment = 0;
      while (definitions[segment].id != condition.name) ++segment;
      auto known = segmentTables_.find(segment);
      if (known == segmentTables_.end()) {
        const std::string select = segmentSelect(segment, rootOf(segment));
        const std::string table = add("segment", select, "Segment " + condition.name);
        known = segmentTables_.emplace(segment, table).first;
      }
      const std::string holds = "c.id IN (SELECT contact_id FROM " + known->second + ")";
      return condition.negated ? negationOf(holds) : holds;
    }
    case Condition::Kind::kCompare:
      return comparison(condition, path);
    case Condition::Kind::kSample:
      return sample(condition, path);
  }
  return std::string(kSqlFalse);
}

std::string SqlWriter::group(const Condition& condition, const std::string& path) {
  std::vector<std::string> parts;
  for (size_t index = 0; index < condition.children.size(); ++index) {
    parts.push_back(
        this->condition(condition.children[index], path + "/of/" + std::to_string(index)));
  }
  if (condition.group == GroupKind::kAll) return allOf(parts);
  const std::string any = anyOf(parts);
  return condition.group == GroupKind::kAny ? any : negationOf(any);
}

std::string SqlWriter::inTable(std::string_view table, std::string_view column,
                               const std::string& name, std::string_view more) {
  if (!dialect_.canHold(name)) return std::string(kSqlFalse);
  std::string sql = "c.id IN (SELECT contact_id FROM ";
  sql += table;
  sql += " WHERE ";
  sql += column;
  sql += " = " + dialect_.text(name);
  sql += more;
  return sql + ")";
}

std::string SqlWriter::metricCondition(const Condition& condition, const std::string& path) {
  bool isNegated = false;
  const Operator op = positiveOperator(condition.comparison.op, isNegated);
  const bool readsArrays =
      op == Operator::kContains || op == Operator::kIncludesAny || op == Operator::kIncludesAll;
  return holds(observedMetric(*condition.metric, readsArrays, path), condition.comparison, path);
}

std::string SqlWriter::comparison(const Condition& condition, const std::string& path) {
  const std::string left = expression(*condition.left, path + "/left");
  const std::string right = expression(*condition.right, path + "/right");
  std::string compared = left;
  compared += comparisonSign(condition.comparison.op);
  compared += right;
  const bool isNe = condition.comparison.op == Operator::kNotEqual;
  return sqlCall("coalesce", {compared, std::string(isNe ? kSqlTrue : kSqlFalse)});
}

std::string SqlWriter::expression(const Expression& expression, const std::string& path) {
  switch (expression.kind) {
    case Expression::Kind::kNumber:
      return dialect_.asDouble(dialect_.number(expression.number));
    case Expression::Kind::kAttribute:
      usesContact_ = true;
      return dialect_.numberOf(member("c.attributes", expression.attribute, path));
    case Expression::Kind::kMetric: {
      const SqlObserved observed = observedMetric(*expression.metric, false, path + "/metric");
      if (observed.json) return numberOf(observed);
      return dialect_.finite(dialect_.asDouble(observed.number));
    }
    case Expression::Kind::kMissing:
      return dialect_.asDouble("NULL");
    default:
      break;
  }
  const auto operation =
      static_cast<size_t>(expression.kind) - static_cast<size_t>(Expression::Kind::kAdd);
  const std::string below = path + "/" + std::string(nameAt(kArithmeticNames, operation)) + "/";
  const std::string left = this->expression(expression.operands[0], below + "0");
  const std::string right = this->expression(expression.operands[1], below + "1");
  return dialect_.arithmetic(expression.kind, left, right);
}

std::string SqlWriter::sample(const Condition& condition, const std::string& path) {
  if (!dialect_.canHold(condition.name)) {
    return refuse(path, "sample", "a salt with U+0000, which no text can have, cannot be hashed");
  }
  const std::string hashed = dialect_.text(condition.name + ":") + " || c.id";
  return dialect_.hashOf(hashed) + " / " + dialect_.asDouble("4294967296") + " * 100 < " +
         dialect_.number(condition.percent);
}

}  // namespace fosterflow
