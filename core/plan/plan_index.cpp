#include "plan/plan_index.h"

#include "plan/cuts.h"
#include "plan/distinct.h"

namespace fosterflow {

void collectReads(const CompiledExpression& expression, std::vector<uint32_t>& metrics,
                  std::vector<uint32_t>& attributes) {
  if (expression.kind == Expression::Kind::kMetric) metrics.push_back(expression.index);
  if (expression.kind == Expression::Kind::kAttribute) attributes.push_back(expression.index);
  for (const CompiledExpression& operand : expression.operands) {
    collectReads(operand, metrics, attributes);
  }
}

namespace {

void indexNode(Plan& plan, uint32_t index) {
  const Node& node = plan.nodes[index];
  std::vector<uint32_t> attributes;
  std::vector<uint32_t> metrics;
  switch (node.kind) {
    case Node::Kind::kAttributeTest:
      attributes.push_back(node.index);
      break;
    case Node::Kind::kDatedAttribute:
      attributes.push_back(plan.datedAttributes[node.index].attribute);
      break;
    case Node::Kind::kCompare:
      for (const CompiledExpression& side : node.sides) collectReads(side, metrics, attributes);
      break;
    case Node::Kind::kChannel:
      plan.channelNodes.push_back(index);
      break;
    case Node::Kind::kList:
      plan.listNodes.push_back(index);
      break;
    case Node::Kind::kSample:
      plan.sampleNodes.push_back(index);
      break;
    default:
      break;
  }
  if (node.predicate.attribute != kNoIndex) attributes.push_back(node.predicate.attribute);
  sortDistinct(attributes);
  for (const uint32_t attribute : attributes) plan.attributeNodes[attribute].push_back(index);
}

}  // namespace

void indexPlan(Plan& plan) {
  for (size_t index = 0; index < plan.streams.size(); ++index) {
    for (const Symbol name : plan.streams[index].names) {
      if (name >= plan.streamsByName.size()) plan.streamsByName.resize(name + 1);
      plan.streamsByName[name].push_back(static_cast<uint32_t>(index));
    }
  }
  plan.attributeNodes.resize(plan.attributes.size());
  plan.attributeStreams.resize(plan.attributes.size());
  for (size_t index = 0; index < plan.streams.size(); ++index) {
    for (const uint32_t attribute : plan.streams[index].attributes) {
      plan.attributeStreams[attribute].push_back(static_cast<uint32_t>(index));
    }
  }
  for (size_t index = 0; index < plan.nodes.size(); ++index) {
    indexNode(plan, static_cast<uint32_t>(index));
  }
  for (MetricPlan& metric : plan.metrics) setCuts(metric, plan.nodes);
}

}  // namespace fosterflow
