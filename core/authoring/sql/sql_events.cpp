#include <algorithm>
#include <utility>

#include "authoring/sql/sql_text.h"
#include "authoring/sql/sql_writer.h"

namespace fosterflow {

namespace {

// From here on T ± months is beyond the range of time, whatever T is.
constexpr int64_t kEveryMonth = 600'000 * 12;
// Longer than all of time, so that sums stay within 64 bits.
constexpr int64_t kLongestSpan = kMaxInstant - kMinInstant + 1;

constexpr const char* kEventTime = "e.time";

std::string shifted(const std::string& instant, char sign, const Duration& duration) {
  const int64_t span = std::min(duration.milliseconds, kLongestSpan);
  std::string result = instant;
  result += ' ';
  result += sign;
  result += ' ' + std::to_string(span);
  if (span < kLongestSpan / 100) return result;
  const bool isBack = sign == '-';
  return sqlCall(isBack ? "greatest" : "least",
                 {result, std::to_string(isBack ? kMinInstant : kMaxInstant)});
}

bool isJustBefore(Edge::Kind kind) {
  return kind == Edge::Kind::kBefore || kind == Edge::Kind::kNowBefore ||
         kind == Edge::Kind::kUnitStart;
}

}  // namespace

SqlEvents SqlWriter::events(const EventSelector& selector, const std::string& path) {
  const bool usedContact = std::exchange(usesContact_, false);
  SqlEvents events;
  std::vector<std::string> names;
  for (const std::string& name : selector.names) {
    if (dialect_.canHold(name)) names.push_back(dialect_.text(name));
  }
  if (names.empty()) {
    events.where.emplace_back(kSqlFalse);
  } else if (names.size() == 1) {
    events.where.push_back("e.name = " + names.front());
  } else {
    events.where.push_back(sqlCall("e.name IN ", names));
  }
  if (selector.where) {
    events.where.push_back(filter(*selector.where, "e.properties", path + "/where"));
  }
  events.usesContact = std::exchange(usesContact_, usedContact);
  return events;
}

std::string SqlWriter::contactOf(const SqlEvents& events) {
  const bool isAlone = events.joins.empty() && !events.usesContact;
  return isAlone ? "e.contact_id" : "e.contact_id AS contact_id";
}

std::string SqlWriter::rowsOf(const SqlEvents& events) {
  std::string rows = "FROM events AS e";
  if (events.usesContact) rows += "\nJOIN " + contactsTable() + " AS c ON c.id = e.contact_id";
  for (const std::string& join : events.joins) rows += "\n" + join;
  return rows + "\nWHERE " + joined(events.where, "\n  AND ");
}

std::string SqlWriter::filter(const PropertyFilter& filter, const std::string& root,
                              const std::string& path) {
  switch (filter.kind) {
    case PropertyFilter::Kind::kProperty:
      return holds({member(root, filter.path, path), {}}, filter.comparison, path);
    case PropertyFilter::Kind::kItem:
      return dialect_.anyElement(
          member(root, filter.path, path), newName("item"), [&](const std::string& item) {
            return this->filter(filter.children.front(), item, path + "/where");
          });
    case PropertyFilter::Kind::kClock: {
      const std::string zone = zoneExpression();
      if (const auto reason = dialect_.whyNoLocalTime(frame_.zone); reason && !zone.empty()) {
        return refuse(path, "clock", *reason);
      }
      return holds({std::nullopt, dialect_.clockPart(filter.clockUnit, kEventTime, zone)},
                   filter.comparison, path);
    }
    case PropertyFilter::Kind::kGroup:
      break;
  }
  std::vector<std::string> parts;
  for (size_t index = 0; index < filter.children.size(); ++index) {
    parts.push_back(
        this->filter(filter.children[index], root, path + "/of/" + std::to_string(index)));
  }
  if (filter.group == GroupKind::kAll) return allOf(parts);
  const std::string any = anyOf(parts);
  return filter.group == GroupKind::kAny ? any : negationOf(any);
}

// Events of the window only, and none later than T.
void SqlWriter::restrictTo(SqlEvents& events, const Window& window, const std::string& path) {
  const bool usedContact = std::exchange(usesContact_, events.usesContact);
  const WindowEdges edges = edgesOf(window, *request_.interner);
  const SqlBound lower = boundOf(edges.lower, path, "window");
  if (!lower.isNone) events.where.push_back(afterLower(edges.lower, lower));
  events.where.push_back(beforeUpper(edges.upper, boundOf(edges.upper, path, "window")));
  if (window.since) {
    const std::string latest = latestOf(*window.since, path + "/since");
    events.joins.push_back("LEFT JOIN " + latest + " ON " + latest + ".contact_id = e.contact_id");
    events.where.push_back("(" + latest + ".time IS NULL OR e.time > " + latest + ".time)");
  }
  events.usesContact = std::exchange(usesContact_, usedContact);
}

// The time of each contact's latest matching event.
std::string SqlWriter::latestOf(const EventSelector& selector, const std::string& path) {
  SqlEvents events = this->events(selector, path);
  restrictTo(events, Window(), path);
  return add("latest",
             "SELECT " + contactOf(events) + ", " + dialect_.optional("max(e.time)") +
                 " AS time\n" + rowsOf(events) + "\nGROUP BY e.contact_id",
             path);
}

std::string SqlWriter::nowExpression() const {
  return request_.at ? std::to_string(*request_.at) : dialect_.now();
}

std::string SqlWriter::zoneExpression() {
  if (frame_.zone == nullptr) {
    usesContact_ = true;
    return "c.zone";
  }
  const std::string& name = frame_.definition->timezone;
  if (name == "UTC") return {};
  if (const auto table = dialect_.zoneTable(*frame_.zone)) {
    return "(SELECT stretches FROM " + add("zone", *table, frame_.definition->timezone) + ")";
  }
  return dialect_.text(name);
}

std::string SqlWriter::localOf(const std::string& instant, const std::string& zone) const {
  return zone.empty() ? instant : dialect_.localOf(instant, zone);
}

std::string SqlWriter::instantOf(const std::string& local, const std::string& zone) const {
  return zone.empty() ? local : dialect_.instantOf(local, zone);
}

SqlBound SqlWriter::boundOf(const Edge& edge, const std::string& path, std::string_view what) {
  SqlBound bound;
  if (edge.kind == Edge::Kind::kNever) {
    bound.isNone = true;
    return bound;
  }
  static const Zone kUtc;
  const bool isZoneKnown = frame_.zone != nullptr || !dependsOnZone(edge);
  const bool isFixed = edge.kind == Edge::Kind::kBefore;
  if (isZoneKnown && (request_.at || isFixed)) {
    const Zone& zone = frame_.zone == nullptr ? kUtc : *frame_.zone;
    bound.instant = positionOf(edge, request_.at.value_or(0), zone);
    return bound;
  }
  const std::string now = nowExpression();
  const bool isCalendar = dependsOnZone(edge);
  const std::string zone = isCalendar ? zoneExpression() : std::string();
  if (isCalendar && !zone.empty()) {
    if (const auto reason = dialect_.whyNoLocalTime(frame_.zone)) {
      refuse(path, what, *reason);
      bound.instant = 0;
      return bound;
    }
  }
  switch (edge.kind) {
    case Edge::Kind::kBack:
    case Edge::Kind::kAhead: {
      const bool isBack = edge.kind == Edge::Kind::kBack;
      if (!edge.duration.isCalendar) {
        bound.expression = shifted(now, isBack ? '-' : '+', edge.duration);
      } else if (edge.duration.months >= kEveryMonth) {
        bound.instant = isBack ? kMinInstant : kMaxInstant;
      } else if (edge.duration.months > dialect_.longestMonths()) {
        refuse(path, what, "its calendar does not reach so many months from now");
        bound.instant = 0;
      } else {
        const int64_t months = isBack ? -edge.duration.months : edge.duration.months;
        bound.expression = instantOf(dialect_.addMonths(localOf(now, zone), months), zone);
      }
      break;
    }
    case Edge::Kind::kBefore:
    case Edge::Kind::kNowBefore: {
      const std::string written = std::to_string(edge.instant.value);
      bound.expression = (edge.instant.isLocal ? instantOf(written, zone) : written) + " - 1";
      if (edge.kind == Edge::Kind::kNowBefore) {
        bound.expression = sqlCall("least", {now, bound.expression});
      }
      break;
    }
    case Edge::Kind::kUnitStart: {
      constexpr int64_t kDaysPerMonth = 31;
      if (edge.units > dialect_.longestMonths() * kDaysPerMonth ||
          (edge.unit != CalendarUnit::kDay && edge.unit != CalendarUnit::kWeek &&
           edge.units * 12 > dialect_.longestMonths() * 12)) {
        refuse(path, what, "its calendar does not reach so many units from now");
        bound.instant = 0;
        break;
      }
      bound.expression =
          instantOf(dialect_.startOfUnit(localOf(now, zone), edge.unit, edge.units), zone) + " - 1";
      break;
    }
    default:
      bound.expression = now;
      break;
  }
  return bound;
}

// Later than a lower edge.
std::string SqlWriter::afterLower(const Edge& edge, const SqlBound& bound) const {
  if (!bound.instant) return dialect_.millisecondsOf(kEventTime) + " > " + bound.expression;
  if (isJustBefore(edge.kind)) return dialect_.compareTime(kEventTime, ">=", *bound.instant + 1);
  return dialect_.compareTime(kEventTime, ">", *bound.instant);
}

// Not later than an upper edge.
std::string SqlWriter::beforeUpper(const Edge& edge, const SqlBound& bound) const {
  if (!bound.instant) return dialect_.millisecondsOf(kEventTime) + " <= " + bound.expression;
  const bool isNow = request_.at && *bound.instant == *request_.at;
  if (isJustBefore(edge.kind) && !isNow) {
    return dialect_.compareTime(kEventTime, "<", *bound.instant + 1);
  }
  return dialect_.compareTime(kEventTime, "<=", *bound.instant);
}

std::string SqlWriter::laterBy(const std::string& instant, const Duration& duration,
                               const std::string& path) {
  if (!duration.isCalendar) return shifted(instant, '+', duration);
  if (duration.months >= kEveryMonth) return std::to_string(kMaxInstant);
  if (duration.months > dialect_.longestMonths()) {
    refuse(path, "within", "its calendar does not reach so many months");
    return "0";
  }
  const std::string zone = zoneExpression();
  if (const auto reason = dialect_.whyNoLocalTime(frame_.zone); reason && !zone.empty()) {
    refuse(path, "within", *reason);
    return "0";
  }
  return instantOf(dialect_.addMonths(localOf(instant, zone), duration.months), zone);
}

}  // namespace fosterflow
