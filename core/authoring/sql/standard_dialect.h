#pragma once

#include <string>
#include <string_view>

#include "authoring/sql/sql_dialect.h"

namespace fosterflow {

/// What DuckDB and PostgreSQL say alike: their functions of time have the same names and meanings.
class StandardDialect : public SqlDialect {
 public:
  [[nodiscard]] std::string asDouble(const std::string& number) const override;
  [[nodiscard]] std::string foldAscii(const std::string& text) const override;
  [[nodiscard]] std::string like(const std::string& text, std::string_view pattern) const override;
  [[nodiscard]] std::string compareTime(const std::string& timestamp, std::string_view op,
                                        Instant instant) const override;
  [[nodiscard]] std::string now() const override;
  [[nodiscard]] std::string localOf(const std::string& instant,
                                    const std::string& zone) const override;
  [[nodiscard]] std::string instantOf(const std::string& local,
                                      const std::string& zone) const override;
  [[nodiscard]] std::string addMonths(const std::string& local, int64_t months) const override;
  [[nodiscard]] std::string startOfUnit(const std::string& local, CalendarUnit unit,
                                        int64_t back) const override;
  [[nodiscard]] std::string clockPart(ClockUnit unit, const std::string& timestamp,
                                      const std::string& zone) const override;
  [[nodiscard]] std::string unitOf(CalendarUnit unit, const std::string& timestamp,
                                   const std::string& zone) const override;
  [[nodiscard]] std::string isAnniversary(const std::string& local, const std::string& today,
                                          int64_t days) const override;
  [[nodiscard]] std::string zoneNamed(const std::string& text) const override;
  [[nodiscard]] std::string thousandths(const std::string& groups, int index) const override;
  [[nodiscard]] std::string toWhole(const std::string& number) const override;

 protected:
  /// A timestamp of milliseconds, which may be far from today.
  [[nodiscard]] virtual std::string timestampOf(const std::string& milliseconds) const = 0;
  /// The smallest whole second of an interval (both ends instants) that meets a condition.
  [[nodiscard]] virtual std::string firstSecond(const std::string& from, const std::string& until,
                                                const ElementTest& test) const = 0;
  /// A local time with the same month and day, of years that dates can have.
  [[nodiscard]] virtual std::string nearLocal(const std::string& local) const { return local; }
};

/// `TIMESTAMP '2026-11-23 10:00:00.000'`, for years 1…9999; else "".
std::string plainTimestamp(Instant instant);

}  // namespace fosterflow
