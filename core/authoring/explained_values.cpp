#include "authoring/explained_values.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "language/vocabulary.h"
#include "values/canonical_json.h"
#include "values/path.h"

namespace fosterflow {

void appendShownText(std::string& out, std::string_view text) {
  if (text.size() <= kMaxShownBytes) {
    appendJsonText(out, text);
    return;
  }
  size_t end = kMaxShownBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  appendJsonText(out, std::string(text.substr(0, end)) + "…");
}

void appendShownNumber(std::string& out, double number) {
  constexpr double kLargest = std::numeric_limits<double>::max();
  appendJsonNumber(out, std::clamp(number, -kLargest, kLargest));
}

void appendInstant(std::string& out, Instant instant) {
  if (instant < kMinInstant || instant > kMaxInstant) {
    out += "null";
  } else {
    appendJsonInteger(out, instant);
  }
}

void appendShownValue(std::string& out, const ValueNode* value, const Interner& interner) {
  if (value == nullptr) {
    out += "null";
    return;
  }
  switch (value->type) {
    case ValueType::kNull:
      out += "null";
      break;
    case ValueType::kFalse:
      out += "false";
      break;
    case ValueType::kTrue:
      out += "true";
      break;
    case ValueType::kNumber:
      appendShownNumber(out, value->number);
      break;
    case ValueType::kText:
      appendShownText(out, interner.text(value->text));
      break;
    case ValueType::kObject:
      out += "{}";
      break;
    case ValueType::kArray: {
      size_t shown = 0;
      out += '[';
      for (const ValueNode& entry : ValueChildren(value)) {
        if (shown == kMaxShownEntries) break;
        if (shown++ > 0) out += ',';
        // Arrays in arrays would nest without an end.
        if (entry.type == ValueType::kArray) {
          out += "[]";
        } else {
          appendShownValue(out, &entry, interner);
        }
      }
      out += ']';
      break;
    }
  }
}

namespace {

// In the unit that says it with the smallest whole number.
void appendDuration(std::string& out, const Duration& duration) {
  size_t unit = 5;  // months, in the order of kDurationUnitNames
  int64_t amount = duration.months;
  if (duration.isCalendar) {
    if (amount > 0 && amount % 12 == 0) {
      unit = 6;
      amount /= 12;
    }
  } else {
    constexpr int64_t kMilliseconds[] = {kMillisecondsPerSecond, kMillisecondsPerMinute,
                                         kMillisecondsPerHour, kMillisecondsPerDay};
    unit = 3;
    while (unit > 0 && duration.milliseconds % kMilliseconds[unit] != 0) --unit;
    amount = duration.milliseconds / kMilliseconds[unit];
  }
  out += "{\"";
  out += nameAt(kDurationUnitNames, unit);
  out += "\":";
  appendJsonInteger(out, amount);
  out += '}';
}

}  // namespace

void appendWanted(std::string& out, const Comparison& comparison, const ValueNode* value,
                  const Interner& interner) {
  const OperandType type = traitsOf(comparison.op).operand;
  out += "{\"op\":\"";
  out += operatorName(comparison.op);
  out += '"';
  if (type == OperandType::kDuration || type == OperandType::kDays) {
    Duration days;
    days.milliseconds = comparison.anniversaryDays * kMillisecondsPerDay;
    out += ",\"value\":";
    appendDuration(out, type == OperandType::kDays ? days : comparison.duration);
  } else if (type != OperandType::kNothing) {
    out += ",\"value\":";
    appendShownValue(out, value, interner);
  }
  if (comparison.value.kind == Operand::Kind::kAttribute) {
    std::string path;
    for (size_t index = 0; index < comparison.value.attribute.size(); ++index) {
      appendPathKey(path, comparison.value.attribute[index], index == 0);
    }
    out += ",\"attribute\":";
    appendShownText(out, path);
  }
  if (comparison.ignoreCase) out += ",\"ignoreCase\":true";
  out += '}';
}

}  // namespace fosterflow
