#include "audience/node_key.h"

#include "plan/condition_key.h"
#include "values/canonical_json.h"
#include "values/double_bits.h"

namespace fosterflow {

namespace {

void appendZone(std::string& key, ZoneChoice zone) {
  appendKey(key, static_cast<int64_t>(reinterpret_cast<uintptr_t>(zone.fixed)));
}

void appendNumber(std::string& key, double number) {
  appendKey(key, static_cast<int64_t>(bitsOf(number)));
}

void appendAttribute(std::string& key, const Plan& plan, uint32_t attribute) {
  if (attribute == kNoIndex) {
    key += '-';
    return;
  }
  key += '.';
  for (const Symbol symbol : plan.attributes[attribute]) appendKey(key, int64_t{symbol});
}

void appendPredicate(std::string& key, const Plan& plan, const Predicate& predicate) {
  appendKey(key, static_cast<int64_t>(predicate.op));
  key += predicate.negated ? '!' : '=';
  key += predicate.ignoreCase ? 'i' : 'c';
  appendAttribute(key, plan, predicate.attribute);
  if (readsDates(predicate.op)) appendZone(key, predicate.zone);
  appendCanonicalJson(key, predicate.literal.root(), *plan.interner);
}

void appendEdge(std::string& key, const Edge& edge) {
  appendKey(key, static_cast<int64_t>(edge.kind));
  appendKey(key, edge.duration);
  key += edge.instant.isLocal ? 'l' : 'i';
  appendKey(key, edge.instant.value);
}

void appendExpression(std::string& key, const Plan& plan, const CompiledExpression& expression) {
  key += '(';
  appendKey(key, static_cast<int64_t>(expression.kind));
  appendNumber(key, expression.number);
  if (expression.kind == Expression::Kind::kAttribute) {
    appendAttribute(key, plan, expression.index);
  } else if (expression.kind == Expression::Kind::kMetric) {
    appendKey(key, int64_t{plan.metrics[expression.index].key});
    appendZone(key, plan.metrics[expression.index].zone);
  }
  for (const CompiledExpression& operand : expression.operands) {
    appendExpression(key, plan, operand);
  }
  key += ')';
}

}  // namespace

std::string keyOfLeaf(const Plan& plan, const Node& node) {
  std::string key;
  appendKey(key, static_cast<int64_t>(node.kind));
  switch (node.kind) {
    case Node::Kind::kMetricTest:
      appendKey(key, int64_t{plan.metrics[node.index].key});
      appendPredicate(key, plan, node.predicate);
      break;
    case Node::Kind::kSequence:
      appendKey(key, int64_t{plan.sequences[node.index].key});
      break;
    case Node::Kind::kAttributeTest:
      appendAttribute(key, plan, node.index);
      appendPredicate(key, plan, node.predicate);
      break;
    case Node::Kind::kDatedAttribute: {
      const DatedAttribute& dated = plan.datedAttributes[node.index];
      appendAttribute(key, plan, dated.attribute);
      appendKey(key, static_cast<int64_t>(dated.op));
      appendEdge(key, dated.window.lower);
      appendEdge(key, dated.window.upper);
      appendKey(key, dated.anniversaryDays);
      appendZone(key, dated.zone);
      break;
    }
    case Node::Kind::kChannel:
    case Node::Kind::kList:
      appendKey(key, int64_t{node.name});
      key += node.negated ? '!' : '=';
      break;
    case Node::Kind::kSample:
      appendKey(key, int64_t{node.name});
      appendNumber(key, node.percent);
      break;
    case Node::Kind::kCompare:
      appendKey(key, static_cast<int64_t>(node.op));
      for (const CompiledExpression& side : node.sides) appendExpression(key, plan, side);
      break;
    default:
      break;
  }
  return key;
}

}  // namespace fosterflow
