#include "authoring/lint/rule_walk.h"

#include "values/canonical_json.h"
#include "values/path.h"

namespace fosterflow {

namespace {

std::string at(const std::string& path, const char* list, size_t index) {
  std::string result = path + list;
  appendJsonInteger(result, static_cast<int64_t>(index));
  return result;
}

class Walk {
 public:
  explicit Walk(RuleVisitor& visitor) : visitor_(visitor) {}

  void condition(const Condition& condition, const std::string& path) {
    visitor_.condition(condition, path);
    switch (condition.kind) {
      case Condition::Kind::kGroup:
        for (size_t index = 0; index < condition.children.size(); ++index) {
          this->condition(condition.children[index], at(path, "/of/", index));
        }
        break;
      case Condition::Kind::kEvent:
        metric(*condition.metric, path);
        operand(condition.comparison, path);
        break;
      case Condition::Kind::kSequence:
        for (size_t index = 0; index < condition.steps.size(); ++index) {
          selector(condition.steps[index].events, at(path, "/steps/", index));
        }
        window(condition.window, path);
        break;
      case Condition::Kind::kAttribute:
        visitor_.attribute(condition.attribute, path + "/attribute");
        operand(condition.comparison, path);
        break;
      case Condition::Kind::kCompare:
        expression(*condition.left, path + "/left");
        expression(*condition.right, path + "/right");
        break;
      default:
        break;
    }
  }

 private:
  void selector(const EventSelector& selector, const std::string& path) {
    visitor_.events(selector, path + "/event");
    if (selector.where) filter(selector.names, *selector.where, path + "/where", "");
  }

  void filter(const std::vector<std::string>& names, const PropertyFilter& filter,
              const std::string& path, const std::string& items) {
    visitor_.filter(filter);
    switch (filter.kind) {
      case PropertyFilter::Kind::kGroup:
        for (size_t index = 0; index < filter.children.size(); ++index) {
          this->filter(names, filter.children[index], at(path, "/of/", index), items);
        }
        break;
      case PropertyFilter::Kind::kProperty:
        visitor_.property(names, items + dotted(filter.path), path + "/property");
        operand(filter.comparison, path);
        break;
      case PropertyFilter::Kind::kItem:
        visitor_.property(names, items + dotted(filter.path), path + "/items");
        this->filter(names, filter.children.front(), path + "/where",
                     items + dotted(filter.path) + "[].");
        break;
      case PropertyFilter::Kind::kClock:
        operand(filter.comparison, path);
        break;
    }
  }

  void window(const Window& window, const std::string& path) {
    visitor_.window(window, path + "/window");
    if (window.since) selector(*window.since, path + "/window/since");
  }

  void metric(const Metric& metric, const std::string& path) {
    visitor_.metric(metric);
    selector(metric.events, path);
    if (!metric.measure.property.empty()) {
      visitor_.property(metric.events.names, dotted(metric.measure.property),
                        path + "/measure/property");
    }
    window(metric.window, path);
  }

  void operand(const Comparison& comparison, const std::string& path) {
    if (comparison.value.kind == Operand::Kind::kAttribute) {
      visitor_.attribute(comparison.value.attribute, path + "/value/attribute");
    }
  }

  void expression(const Expression& expression, const std::string& path) {
    if (expression.kind == Expression::Kind::kAttribute) {
      visitor_.attribute(expression.attribute, path + "/attribute");
    } else if (expression.kind == Expression::Kind::kMetric) {
      metric(*expression.metric, path + "/metric");
    }
    constexpr const char* kKeys[] = {"/add/", "/sub/", "/mul/", "/div/"};
    for (size_t index = 0; index < expression.operands.size(); ++index) {
      const auto kind =
          static_cast<size_t>(expression.kind) - static_cast<size_t>(Expression::Kind::kAdd);
      this->expression(expression.operands[index], at(path, kKeys[kind], index));
    }
  }

  RuleVisitor& visitor_;
};

}  // namespace

void walkRule(const Definition& definition, const std::string& path, RuleVisitor& visitor) {
  Walk(visitor).condition(definition.when, path + "/when");
}

std::string dotted(const Path& path) {
  std::string text;
  for (size_t index = 0; index < path.size(); ++index) {
    appendPathKey(text, path[index], index == 0);
  }
  return text;
}

}  // namespace fosterflow
