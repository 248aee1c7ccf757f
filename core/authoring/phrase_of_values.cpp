#include "authoring/phrase.h"
#include "values/canonical_json.h"
#include "values/path.h"

namespace fosterflow {

namespace {

constexpr size_t kMaxTextBytes = 60;
constexpr size_t kMaxEntries = 8;

Text operatorText(Operator op) {
  return static_cast<Text>(static_cast<size_t>(Text::kEqual) + static_cast<size_t>(op));
}
static_assert(static_cast<size_t>(Text::kDateAnniversary) - static_cast<size_t>(Text::kEqual) ==
              static_cast<size_t>(Operator::kDateAnniversaryInNext));

// The beginning of a long text, without half of a character.
std::string shortened(std::string_view text) {
  if (text.size() <= kMaxTextBytes) return std::string(text);
  size_t end = kMaxTextBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

bool isArray(const ValueNode* value) {
  return value != nullptr && value->type == ValueType::kArray;
}

}  // namespace

std::string Phrases::quoted(std::string_view text) const {
  return say(Text::kQuoted, {shortened(text)});
}

std::string Phrases::number(double number) const {
  std::string text;
  appendJsonNumber(text, number);
  const size_t point = text.find('.');
  if (point != std::string::npos) text.replace(point, 1, say(Text::kDecimalSign, {}));
  return text;
}

std::string Phrases::instant(Instant instant) const {
  std::string text;
  appendIsoInstant(text, instant);
  return text;
}

std::string Phrases::path(const Path& path) const {
  std::string text;
  for (size_t index = 0; index < path.size(); ++index) {
    appendPathKey(text, path[index], index == 0);
  }
  return shortened(text);
}

std::string Phrases::attribute(const Path& path) const {
  return say(Text::kOwn, {this->path(path)});
}

std::string Phrases::joined(const std::vector<std::string>& parts, Text joint, size_t from,
                            size_t to) const {
  if (to - from == 1) return parts[from];
  const size_t middle = from + (to - from) / 2;
  return say(joint, {joined(parts, joint, from, middle), joined(parts, joint, middle, to)});
}

std::string Phrases::list(const std::vector<std::string>& entries, size_t count, Text last) const {
  if (entries.empty()) return say(Text::kEmptyList, {});
  std::string text = entries.front();
  for (size_t index = 1; index < entries.size(); ++index) {
    text = say(index + 1 == count ? last : Text::kNext, {text, entries[index]});
  }
  if (entries.size() == count) return text;
  return say(Text::kMore, {text, number(static_cast<double>(count - entries.size()))});
}

std::string Phrases::listOf(const ValueNode* list, Text last) const {
  if (!isArray(list)) return value(list);
  std::vector<std::string> entries;
  size_t count = 0;
  for (const ValueNode& entry : ValueChildren(list)) {
    if (count++ < kMaxEntries) {
      // Lists in lists would nest without an end.
      entries.push_back(isArray(&entry) ? say(Text::kAnObject, {}) : value(&entry));
    }
  }
  return this->list(entries, count, last);
}

std::string Phrases::value(const ValueNode* value) const {
  if (value == nullptr) return say(Text::kNothing, {});
  switch (value->type) {
    case ValueType::kNull:
      return say(Text::kNothing, {});
    case ValueType::kFalse:
      return say(Text::kFalse, {});
    case ValueType::kTrue:
      return say(Text::kTrue, {});
    case ValueType::kNumber:
      return number(value->number);
    case ValueType::kText:
      return quoted(interner_->text(value->text));
    case ValueType::kArray:
      return listOf(value, Text::kLastAnd);
    case ValueType::kObject:
      break;
  }
  return say(Text::kAnObject, {});
}

// A date as it is written, or the instant that epoch milliseconds mean.
std::string Phrases::date(const ValueNode* value) const {
  if (value != nullptr && value->type == ValueType::kText) {
    return shortened(interner_->text(value->text));
  }
  if (value != nullptr && value->type == ValueType::kNumber && value->number >= kMinInstant &&
      value->number <= kMaxInstant) {
    return instant(static_cast<Instant>(value->number));
  }
  return this->value(value);
}

std::string Phrases::operand(const Operand& operand) const {
  if (operand.kind == Operand::Kind::kAttribute) return attribute(operand.attribute);
  return value(operand.literal.root());
}

Phrases::Amount Phrases::amountOf(const Duration& duration) {
  if (duration.isCalendar) {
    const bool areYears = duration.months > 0 && duration.months % 12 == 0;
    const int64_t count = areYears ? duration.months / 12 : duration.months;
    return {areYears ? Text::kYears : Text::kMonths, static_cast<double>(count)};
  }
  constexpr struct {
    Text text;
    int64_t milliseconds;
  } kUnits[] = {{Text::kDays, kMillisecondsPerDay},
                {Text::kHours, kMillisecondsPerHour},
                {Text::kMinutes, kMillisecondsPerMinute},
                {Text::kSeconds, kMillisecondsPerSecond}};
  for (const auto& [text, milliseconds] : kUnits) {
    // One day is 24 hours, not until the same time tomorrow.
    const bool isOneDay = duration.milliseconds == kMillisecondsPerDay && text == Text::kDays;
    if (duration.milliseconds % milliseconds != 0 || isOneDay) continue;
    return {text, static_cast<double>(duration.milliseconds / milliseconds)};
  }
  return {Text::kMilliseconds, static_cast<double>(duration.milliseconds)};
}

std::string Phrases::duration(const Duration& duration) const {
  const Amount amount = amountOf(duration);
  return catalogue_->say(amount.unit, amount.count, {number(amount.count)});
}

// A range: its two ends, or where they come from.
std::string Phrases::range(const std::string& subject, const Comparison& comparison, Text pair,
                           Text given) const {
  const ValueNode* list = comparison.value.literal.root();
  if (comparison.value.kind == Operand::Kind::kLiteral && isArray(list) && spanOf(*list) == 3) {
    const bool areDates = comparison.op == Operator::kDateBetween;
    const ValueNode* low = list + 1;
    const ValueNode* high = list + 2;
    return say(pair,
               {subject, areDates ? date(low) : value(low), areDates ? date(high) : value(high)});
  }
  return say(given, {subject, operand(comparison.value)});
}

std::string Phrases::comparison(const std::string& subject, const Comparison& comparison) const {
  const Text text = operatorText(comparison.op);
  const ValueNode* literal = comparison.value.literal.root();
  const bool isOwn = comparison.value.kind == Operand::Kind::kAttribute;
  std::string phrase;
  switch (comparison.op) {
    case Operator::kIsSet:
    case Operator::kIsNotSet:
      return say(text, {subject});
    case Operator::kIn:
    case Operator::kNotIn:
    case Operator::kIncludesAny:
    case Operator::kIncludesNone:
      phrase =
          say(text, {subject, isOwn ? operand(comparison.value) : listOf(literal, Text::kLastOr)});
      break;
    case Operator::kBetween:
    case Operator::kDateBetween:
      return range(subject, comparison, text, Text::kBetweenGiven);
    case Operator::kNotBetween:
      return range(subject, comparison, text, Text::kNotBetweenGiven);
    case Operator::kDateBefore:
    case Operator::kDateAfter:
      return say(text, {subject, isOwn ? operand(comparison.value) : date(literal)});
    case Operator::kDateInLast:
    case Operator::kDateMoreThanAgo:
    case Operator::kDateInNext:
    case Operator::kDateMoreThanAhead:
      return say(text, {subject, duration(comparison.duration)});
    case Operator::kDateAnniversaryInNext: {
      if (comparison.anniversaryDays == 0) return say(Text::kDateAnniversaryToday, {subject});
      const auto days = static_cast<double>(comparison.anniversaryDays);
      return say(text, {subject, catalogue_->say(Text::kDays, days, {number(days)})});
    }
    default:
      phrase = say(text, {subject, operand(comparison.value)});
      break;
  }
  return comparison.ignoreCase ? say(Text::kIgnoringCase, {phrase}) : phrase;
}

}  // namespace fosterflow
