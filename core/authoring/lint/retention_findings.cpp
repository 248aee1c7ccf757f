#include "authoring/lint/retention_findings.h"

#include <optional>
#include <utility>

#include "authoring/lint/rule_walk.h"
#include "authoring/phrase.h"

namespace fosterflow {

namespace {

// The fewest days of so many months in a row, beginning anywhere: 28 of one, 59 of two, …
double fewestDays(int64_t months) {
  const int64_t years = months / 12;
  constexpr double kOfYear[] = {0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334};
  return static_cast<double>(years) * 365 + kOfYear[months % 12];
}

double daysOf(const Duration& duration) {
  if (duration.isCalendar) return fewestDays(duration.months);
  return static_cast<double>(duration.milliseconds) / static_cast<double>(kMillisecondsPerDay);
}

// How far the window reaches back; nothing when it is not bound to now.
std::optional<double> reachOf(const Window& window) {
  switch (window.kind) {
    case Window::Kind::kLast:
    case Window::Kind::kBetween:
      return daysOf(window.longer);
    case Window::Kind::kCalendar: {
      const auto count = static_cast<double>(window.current ? window.count - 1 : window.count);
      switch (window.unit) {
        case CalendarUnit::kDay:
          return count;
        case CalendarUnit::kWeek:
          return count * 7;
        case CalendarUnit::kMonth:
          return count * 28;
        case CalendarUnit::kQuarter:
          return count * 90;
        default:
          return count * 365;
      }
    }
    default:
      return std::nullopt;
  }
}

class LongWindows final : public RuleVisitor {
 public:
  LongWindows(double days, const Language& language, const Interner& interner,
              std::vector<Finding>& findings)
      : days_(days),
        texts_(*language.authoring),
        phrases_(*language.phrases, interner),
        findings_(findings) {}

  void window(const Window& window, const std::string& path) override {
    Duration kept;
    kept.milliseconds = static_cast<int64_t>(days_) * kMillisecondsPerDay;
    const std::optional<double> reach = reachOf(window);
    Finding finding;
    finding.path = path;
    if (reach && *reach > days_) {
      finding.code = "window_beyond_retention";
      finding.message = texts_.say(AuthoringText::kBeyondRetention,
                                   {phrases_.window(window), phrases_.duration(kept)});
    } else if (window.kind == Window::Kind::kAllTime || window.kind == Window::Kind::kBefore) {
      finding.code = "window_unbounded";
      finding.isWarning = false;
      finding.message = texts_.say(AuthoringText::kUnboundedWindow, {phrases_.duration(kept)});
      // Where there is no window, the place is what it would be of.
      if (window.kind == Window::Kind::kAllTime && !window.since) {
        finding.path.resize(finding.path.size() - std::string("/window").size());
      }
    } else {
      return;
    }
    findings_.push_back(std::move(finding));
  }

 private:
  double days_;
  const AuthoringTexts& texts_;
  Phrases phrases_;
  std::vector<Finding>& findings_;
};

}  // namespace

void findBeyondRetention(const Definition& definition, const std::string& path, double days,
                         const Language& language, const Interner& interner,
                         std::vector<Finding>& findings) {
  LongWindows windows(days, language, interner, findings);
  walkRule(definition, path, windows);
}

}  // namespace fosterflow
