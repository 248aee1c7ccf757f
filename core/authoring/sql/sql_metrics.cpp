#include "authoring/sql/sql_text.h"
#include "authoring/sql/sql_writer.h"

namespace fosterflow {

namespace {

constexpr const char* kSumsInDoubles =
    "-- Added up in doubles, in whatever order: the last digits may differ from the exact sum.\n";

std::string descending(const std::string& expression) { return expression + " DESC"; }

}  // namespace

// A table of contact_id and value.
std::string SqlWriter::metric(const Metric& metric, bool readsArrays, const std::string& path) {
  SqlEvents events = this->events(metric.events, path);
  restrictTo(events, metric.window, path + "/window");
  const SqlJson property = member("e.properties", metric.measure.property, path);
  std::string value;
  std::string note;
  switch (metric.measure.function) {
    case MeasureFunction::kCount:
      value = "count(*)";
      break;
    case MeasureFunction::kSum:
    case MeasureFunction::kAverage:
      note = kSumsInDoubles;
      value = sqlCall(metric.measure.function == MeasureFunction::kSum ? "sum" : "avg",
                      {dialect_.numberOf(property)});
      break;
    case MeasureFunction::kMin:
      value = sqlCall("min", {dialect_.numberOf(property)});
      break;
    case MeasureFunction::kMax:
      value = sqlCall("max", {dialect_.numberOf(property)});
      break;
    case MeasureFunction::kDistinct:
      value = sqlCall("count", {"DISTINCT " + dialect_.distinctKey(property)});
      break;
    case MeasureFunction::kActive: {
      const bool usedContact = usesContact_;
      const std::string zone = zoneExpression();
      if (frame_.zone == nullptr) events.usesContact = true;
      usesContact_ = usedContact;
      if (const auto reason = dialect_.whyNoLocalTime(frame_.zone); reason && !zone.empty()) {
        refuse(path, "active", *reason);
      }
      value =
          sqlCall("count", {"DISTINCT " + dialect_.unitOf(metric.measure.unit, "e.time", zone)});
      break;
    }
    case MeasureFunction::kFirst:
    case MeasureFunction::kLast: {
      events.where.push_back(dialect_.isSet(property));
      const bool isLast = metric.measure.function == MeasureFunction::kLast;
      std::vector<std::string> order = {"e.time"};
      for (const std::string& key : dialect_.orderOf(property, readsArrays)) order.push_back(key);
      if (isLast) {
        for (std::string& key : order) key = descending(key);
      }
      const std::string ranked = "SELECT\n" +
                                 indented(contactOf(events) + ",\n" + dialect_.valueOf(property) +
                                          " AS value,\nrow_number() OVER (\n" +
                                          indented("PARTITION BY e.contact_id\nORDER BY\n" +
                                                   indented(joined(order, ",\n"))) +
                                          "\n) AS place") +
                                 "\n" + rowsOf(events);
      return add(isLast ? "last" : "first",
                 "SELECT contact_id, " + dialect_.optional("value") + " AS value\nFROM (\n" +
                     indented(ranked) + "\n) AS ranked\nWHERE place = 1",
                 path);
    }
  }
  return add("metric",
             note + "SELECT " + contactOf(events) + ",\n" +
                 indented(dialect_.optional(value) + " AS value") + "\n" + rowsOf(events) +
                 "\nGROUP BY e.contact_id",
             path);
}

SqlObserved SqlWriter::observedMetric(const Metric& metric, bool readsArrays,
                                      const std::string& path) {
  const std::string table = this->metric(metric, readsArrays, path);
  bool isJoined = false;
  for (const std::string& join : frame_.joins) isJoined = isJoined || join == table;
  if (!isJoined) frame_.joins.push_back(table);
  const std::string value = table + ".value";
  switch (metric.measure.function) {
    case MeasureFunction::kFirst:
    case MeasureFunction::kLast:
      return {SqlJson{dialect_.rootOf(value), {}}, {}};
    case MeasureFunction::kAverage:
    case MeasureFunction::kMin:
    case MeasureFunction::kMax:
      return {std::nullopt, value};
    default:
      return {std::nullopt, "coalesce(" + value + ", 0)"};
  }
}

}  // namespace fosterflow
