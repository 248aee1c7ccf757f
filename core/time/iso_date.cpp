#include "time/iso_date.h"

#include "time/civil.h"

namespace fosterflow {
namespace {

/// Reads a text from the left.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  [[nodiscard]] bool atEnd() const { return index_ == text_.size(); }

  bool skip(char character) {
    if (atEnd() || text_[index_] != character) return false;
    ++index_;
    return true;
  }

  /// Exactly `count` digits as a number of at most `most`.
  bool readDigits(int count, int32_t most, int32_t& number) {
    number = 0;
    for (; count > 0; --count) {
      int32_t digit;
      if (!readDigit(digit)) return false;
      number = number * 10 + digit;
    }
    return number <= most;
  }

  bool readDigit(int32_t& digit) {
    if (atEnd() || text_[index_] < '0' || text_[index_] > '9') return false;
    digit = text_[index_++] - '0';
    return true;
  }

 private:
  std::string_view text_;
  size_t index_ = 0;
};

bool readDate(Reader& reader, int64_t& days) {
  CivilDate date;
  const bool isNegative = reader.skip('-');
  if (isNegative || reader.skip('+')) {
    if (!reader.readDigits(6, 999'999, date.year)) return false;
    if (isNegative && date.year == 0) return false;
    if (isNegative) date.year = -date.year;
  } else if (!reader.readDigits(4, 9'999, date.year)) {
    return false;
  }
  if (!reader.skip('-') || !reader.readDigits(2, 12, date.month) || date.month == 0) return false;
  if (!reader.skip('-') || !reader.readDigits(2, 31, date.day) || date.day == 0) return false;
  if (date.day > daysInMonth(date.year, date.month)) return false;
  days = daysFromCivil(date);
  return true;
}

bool readTime(Reader& reader, int64_t& milliseconds) {
  int32_t hours = 0;
  int32_t minutes = 0;
  int32_t seconds = 0;
  int32_t thousandths = 0;
  if (!reader.readDigits(2, 23, hours) || !reader.skip(':')) return false;
  if (!reader.readDigits(2, 59, minutes)) return false;
  if (reader.skip(':')) {
    if (!reader.readDigits(2, 59, seconds)) return false;
    if (reader.skip('.')) {
      int32_t weight = 100;
      int32_t digit;
      if (!reader.readDigit(digit)) return false;
      do {
        thousandths += digit * weight;
        weight /= 10;
      } while (reader.readDigit(digit));
    }
  }
  milliseconds = hours * kMillisecondsPerHour + minutes * kMillisecondsPerMinute +
                 seconds * kMillisecondsPerSecond + thousandths;
  return true;
}

bool readOffset(Reader& reader, int64_t& milliseconds) {
  milliseconds = 0;
  if (reader.skip('Z')) return true;
  const bool isNegative = reader.skip('-');
  if (!isNegative && !reader.skip('+')) return false;
  int32_t hours = 0;
  int32_t minutes = 0;
  if (!reader.readDigits(2, 23, hours)) return false;
  if (!reader.atEnd()) {
    reader.skip(':');
    if (!reader.readDigits(2, 59, minutes)) return false;
  }
  milliseconds = hours * kMillisecondsPerHour + minutes * kMillisecondsPerMinute;
  if (isNegative) milliseconds = -milliseconds;
  return true;
}

}  // namespace

bool parseIsoDate(std::string_view text, IsoDate& out) {
  Reader reader(text);
  IsoDate date;
  int64_t days = 0;
  if (!readDate(reader, days)) return false;
  date.local = days * kMillisecondsPerDay;
  date.hasTime = reader.skip('T');
  if (date.hasTime) {
    int64_t timeOfDay = 0;
    if (!readTime(reader, timeOfDay)) return false;
    date.local += timeOfDay;
    date.hasOffset = !reader.atEnd();
    if (date.hasOffset && !readOffset(reader, date.offsetMilliseconds)) return false;
  }
  if (!reader.atEnd()) return false;
  const int64_t instant = date.local - date.offsetMilliseconds;
  if (instant != clampInstant(instant)) return false;
  out = date;
  return true;
}

Instant instantOf(const IsoDate& date, const Zone& zone) {
  return clampInstant(date.hasOffset ? date.local - date.offsetMilliseconds
                                     : zone.fromLocal(date.local));
}

}  // namespace fosterflow
