#include "contact/leaf_answers.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "time/civil.h"
#include "values/sha256.h"

namespace fosterflow {

namespace {

int64_t localDay(Instant instant, const Zone& zone) {
  return floorDivide(zone.toLocal(instant), kMillisecondsPerDay);
}

// The first anniversary of `date` that is not before `today`, in days. Feb 29 is Mar 1 in common
// years.
int64_t nextAnniversary(const CivilDate& date, int64_t today) {
  for (int32_t year = civilFromDays(today).year;; ++year) {
    const bool isMoved = date.month == 2 && date.day == 29 && !isLeapYear(year);
    const int64_t day =
        isMoved ? daysFromCivil({year, 3, 1}) : daysFromCivil({year, date.month, date.day});
    if (day >= today) return day;
  }
}

}  // namespace

bool datedHolds(const DatedAttribute& dated, Instant now, const ContactView& view) {
  const Zone& zone = view.resolve(dated.zone);
  Instant date = 0;
  if (!dateOf(view.attribute(dated.attribute), zone, *view.interner, date)) return false;
  return DatedTest(dated, now, zone).holds(date);
}

DatedTest::DatedTest(const DatedAttribute& dated, Instant now, const Zone& zone)
    : dated_(dated), zone_(zone) {
  if (dated.op == Operator::kDateAnniversaryInNext) {
    today_ = localDay(now, zone);
  } else {
    lower_ = positionOf(dated.window.lower, now, zone);
    upper_ = positionOf(dated.window.upper, now, zone);
  }
}

bool DatedTest::holds(Instant date) const {
  if (dated_.op == Operator::kDateAnniversaryInNext) {
    return nextAnniversary(civilFromDays(localDay(date, zone_)), today_) - today_ <=
           dated_.anniversaryDays;
  }
  return date <= upper_ && date > lower_;
}

Instant nextWakeOfDated(const DatedAttribute& dated, Instant now, const ContactView& view) {
  const Zone& zone = view.resolve(dated.zone);
  Instant date = 0;
  if (!dateOf(view.attribute(dated.attribute), zone, *view.interner, date)) return kNever;
  if (dated.op == Operator::kDateAnniversaryInNext) {
    const int64_t today = localDay(now, zone);
    const int64_t anniversary = nextAnniversary(civilFromDays(localDay(date, zone)), today);
    const int64_t change = anniversary - today <= dated.anniversaryDays
                               ? anniversary + 1
                               : anniversary - dated.anniversaryDays;
    // A clock change may repeat a midnight, so that yesterday comes back.
    return std::min(startOfUnit(change, CalendarUnit::kDay, zone), zone.steadyUntil(now));
  }
  Instant wake = kNever;
  for (const Edge* edge : {&dated.window.lower, &dated.window.upper}) {
    const bool isPassed = date <= positionOf(*edge, now, zone);
    wake = std::min(
        wake, nextChange(*edge, now, isPassed ? date : kBeforeAll, isPassed ? kNever : date, zone));
  }
  return wake;
}

double samplePoint(const Node& node, Symbol contactId, const Interner& interner) {
  std::string text(interner.text(node.name));
  text += ':';
  text += interner.text(contactId);
  const auto digest = sha256(text);
  const uint32_t head = static_cast<uint32_t>(digest[0]) << 24 |
                        static_cast<uint32_t>(digest[1]) << 16 |
                        static_cast<uint32_t>(digest[2]) << 8 | digest[3];
  return static_cast<double>(head) / 4294967296.0 * 100.0;
}

bool sampleHolds(const Node& node, Symbol contactId, const Interner& interner) {
  return samplePoint(node, contactId, interner) < node.percent;
}

std::optional<double> operandOf(const ValueNode* value) {
  if (value == nullptr || value->type != ValueType::kNumber || !std::isfinite(value->number)) {
    return std::nullopt;
  }
  return value->number;
}

std::optional<double> calculate(Expression::Kind kind, std::optional<double> left,
                                std::optional<double> right) {
  if (!left || !right) return std::nullopt;
  double result = 0;
  switch (kind) {
    case Expression::Kind::kAdd:
      result = *left + *right;
      break;
    case Expression::Kind::kSubtract:
      result = *left - *right;
      break;
    case Expression::Kind::kMultiply:
      result = *left * *right;
      break;
    default:
      if (*right == 0) return std::nullopt;
      result = *left / *right;
      break;
  }
  if (!std::isfinite(result)) return std::nullopt;
  return result;
}

bool compareNumbers(Operator op, std::optional<double> left, std::optional<double> right) {
  if (!left || !right) return op == Operator::kNotEqual;
  switch (op) {
    case Operator::kEqual:
      return *left == *right;
    case Operator::kNotEqual:
      return *left != *right;
    case Operator::kGreater:
      return *left > *right;
    case Operator::kGreaterOrEqual:
      return *left >= *right;
    case Operator::kLess:
      return *left < *right;
    default:
      return *left <= *right;
  }
}

}  // namespace fosterflow
