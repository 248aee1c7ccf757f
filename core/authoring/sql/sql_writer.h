#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authoring/sql/sql_query.h"
#include "plan/edge.h"

namespace fosterflow {

/// What a comparison looks at: a JSON value, or a number that may be NULL when it is missing.
struct SqlObserved {
  std::optional<SqlJson> json;
  std::string number;
};

/// The rows of a selector's events.
struct SqlEvents {
  std::vector<std::string> joins;  ///< tables that have a `contact_id`, with their own conditions
  std::vector<std::string> where;
  bool usesContact = false;  ///< something names the contact's row
};

/// The place of an edge of a window: nothing is before it, or an instant that is known now, or an
/// expression of one.
struct SqlBound {
  bool isNone = false;
  std::optional<Instant> instant;
  std::string expression;
};

/// Writes the query of one segment. Calls that make conditions name columns of `c`, the row of the
/// contact, and of `e`, the row of the event.
class SqlWriter {
 public:
  SqlWriter(const SqlRequest& request, const SqlDialect& dialect)
      : request_(request), dialect_(dialect) {}

  /// The whole query; "" when something was refused.
  std::string write(size_t segment);
  [[nodiscard]] std::vector<SqlRefusal> takeRefusals() { return std::move(refusals_); }

 private:
  // The segment that is being written.
  struct Frame {
    const Definition* definition = nullptr;
    const Zone* zone = nullptr;      // nullptr: the contact's
    std::vector<std::string> joins;  // of metrics that its condition names
  };

  // A common table expression.
  struct Table {
    std::string name;
    std::string body;
    std::string path;
  };

  // sql_writer.cpp
  std::string segmentSelect(size_t segment, const std::string& path);
  [[nodiscard]] std::string rootOf(size_t segment) const;
  std::string contactsTable();
  /// The name of a common table expression; of two that are equal, the first. `path`: the condition
  /// that it is of.
  std::string add(std::string_view prefix, const std::string& body, const std::string& path);
  std::string refuse(const std::string& path, std::string_view what, std::string reason);
  /// A member of a JSON expression. No data nest deeper than kMaxMessageDepth, so nor need a path.
  SqlJson member(const std::string& root, const Path& keys, const std::string& path);

  // sql_conditions.cpp
  std::string condition(const Condition& condition, const std::string& path);
  std::string group(const Condition& condition, const std::string& path);
  std::string metricCondition(const Condition& condition, const std::string& path);
  std::string comparison(const Condition& condition, const std::string& path);
  std::string expression(const Expression& expression, const std::string& path);
  std::string sample(const Condition& condition, const std::string& path);
  std::string inTable(std::string_view table, std::string_view column, const std::string& name,
                      std::string_view more);

  // sql_comparison.cpp
  std::string holds(const SqlObserved& observed, const Comparison& comparison,
                    const std::string& path);
  std::string holdsPositively(const SqlObserved& observed, Operator op,
                              const Comparison& comparison, const std::string& path);
  std::string equalsLiteral(const SqlObserved& observed, const ValueNode& literal, bool ignoreCase,
                            const std::string& path, Operator op);
  std::string equalsAnyLiteral(const SqlObserved& observed, const ValueNode& list, bool ignoreCase,
                               const std::string& path, Operator op);
  std::string equalsJson(const SqlObserved& observed, const SqlJson& wanted);
  std::string holdsForNumber(const SqlObserved& observed, Operator op,
                             const Comparison& comparison);
  std::string holdsForText(const SqlJson& observed, Operator op, const Comparison& comparison,
                           const std::string& path);
  std::string includes(const SqlJson& observed, Operator op, const Comparison& comparison,
                       const std::string& path);
  [[nodiscard]] std::string numberOf(const SqlObserved& observed) const;
  [[nodiscard]] std::string_view textIn(const ValueNode& literal) const;
  std::string newName(std::string_view prefix);

  // sql_dates.cpp
  std::string holdsForDate(const SqlJson& observed, Operator op, const Comparison& comparison,
                           const std::string& path);
  std::string holdsRelativeToNow(const SqlJson& observed, const Comparison& comparison,
                                 const std::string& path);
  std::string dateOf(const SqlJson& json, const std::string& path, Operator op);
  std::string dateOfLiteral(const ValueNode& literal);
  std::string dateOfParts(const std::string& path, Operator op);

  // sql_events.cpp
  SqlEvents events(const EventSelector& selector, const std::string& path);
  /// `e.contact_id`, with its name where a join leaves ClickHouse in doubt about it.
  [[nodiscard]] static std::string contactOf(const SqlEvents& events);
  /// `FROM … JOIN … WHERE …`
  std::string rowsOf(const SqlEvents& events);
  std::string filter(const PropertyFilter& filter, const std::string& root,
                     const std::string& path);
  void restrictTo(SqlEvents& events, const Window& window, const std::string& path);
  std::string latestOf(const EventSelector& selector, const std::string& path);
  SqlBound boundOf(const Edge& edge, const std::string& path, std::string_view what);
  std::string afterLower(const Edge& edge, const SqlBound& bound) const;
  std::string beforeUpper(const Edge& edge, const SqlBound& bound) const;
  [[nodiscard]] std::string nowExpression() const;
  /// The zone as an expression; "": UTC, or one whose local time was refused.
  std::string zoneExpression();
  [[nodiscard]] std::string localOf(const std::string& instant, const std::string& zone) const;
  [[nodiscard]] std::string instantOf(const std::string& local, const std::string& zone) const;

  // sql_metrics.cpp
  std::string metric(const Metric& metric, bool readsArrays, const std::string& path);
  /// `readsArrays`: what is inside an array makes a difference.
  SqlObserved observedMetric(const Metric& metric, bool readsArrays, const std::string& path);

  // sql_sequences.cpp
  std::string sequence(const Condition& condition, const std::string& path);
  std::string nextStep(const std::string& before, const SequenceStep& step, const Window& window,
                       const std::vector<std::string>& absent, const std::string& path,
                       const std::string& windowPath);
  std::string instantsOf(const EventSelector& selector, const std::string& path);
  std::string quietSteps(const std::string& before, const SequenceStep& absent,
                         const std::string& path);
  std::string laterBy(const std::string& instant, const Duration& duration,
                      const std::string& path);

  const SqlRequest& request_;
  const SqlDialect& dialect_;
  Frame frame_;
  std::vector<Table> tables_;
  std::map<size_t, std::string> segmentTables_;
  std::map<std::string, int> names_;
  bool usesContact_ = false;  // the events that are being written name the contact's row
  std::vector<SqlRefusal> refusals_;
};

}  // namespace fosterflow
