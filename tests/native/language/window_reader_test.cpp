#include "language/checking.h"

namespace fosterflow {
namespace {

class WindowReaderTest : public Checking {
 protected:
  Window window(std::string_view json) {
    Condition event =
        condition(R"({"kind":"event","event":"A","window":)" + std::string(json) + "}");
    return std::move(event.metric->window);
  }
  // The duration of {"last": …}.
  Duration duration(std::string_view json) {
    return window(R"({"last":)" + std::string(json) + "}").longer;
  }
  Found between(std::string_view longer, std::string_view shorter, std::string_view zone = "UTC") {
    return foundInWindow(
        R"({"between":[)" + std::string(longer) + "," + std::string(shorter) + "]}", zone);
  }
};

const Found kReversed{"reversed_range /between"};

TEST_F(WindowReaderTest, ReadsEachForm) {
  EXPECT_EQ(window(R"({"last":{"days":30}})").kind, Window::Kind::kLast);
  const Window between = window(R"({"between":[{"days":30},{"days":7}]})");
  EXPECT_EQ(between.kind, Window::Kind::kBetween);
  EXPECT_EQ(between.longer.milliseconds, 30 * kMillisecondsPerDay);
  EXPECT_EQ(between.shorter.milliseconds, 7 * kMillisecondsPerDay);
  const Window before = window(R"({"before":{"years":1}})");
  EXPECT_EQ(before.kind, Window::Kind::kBefore);
  EXPECT_EQ(before.longer.months, 12);
  const Window fromTo = window(R"({"from":"2026-01-01","to":1795392000000})");
  EXPECT_EQ(fromTo.kind, Window::Kind::kFromTo);
  EXPECT_EQ(interner_.text(fromTo.from->root()->text), "2026-01-01");
  EXPECT_EQ(fromTo.to->root()->number, 1'795'392'000'000.0);
  EXPECT_FALSE(window(R"({"from":0})").to.has_value());
  EXPECT_FALSE(window(R"({"to":0})").from.has_value());
  const Window calendar = window(R"({"calendar":{"unit":"quarter","count":2,"current":true}})");
  EXPECT_EQ(calendar.kind, Window::Kind::kCalendar);
  EXPECT_EQ(calendar.unit, CalendarUnit::kQuarter);
  EXPECT_EQ(calendar.count, 2);
  EXPECT_TRUE(calendar.current);
  const Window since = window(R"({"since":{"event":["B","A"]}})");
  EXPECT_EQ(since.kind, Window::Kind::kAllTime);
  EXPECT_EQ(since.since->names, (std::vector<std::string>{"A", "B"}));
  EXPECT_TRUE(window(R"({"last":{"days":1},"since":{"event":"B"}})").since.has_value());
}

TEST_F(WindowReaderTest, WantsOneForm) {
  EXPECT_EQ(foundInWindow("{}"), Found{"invalid_window "});
  EXPECT_EQ(foundInWindow(R"({"meta":1})"), Found{"invalid_window "});
  EXPECT_EQ(foundInWindow("null"), Found{"wrong_type "});
  EXPECT_EQ(foundInWindow(R"({"last":{"days":1},"before":{"days":1}})"), Found{"invalid_window "});
  EXPECT_EQ(foundInWindow(R"({"from":0,"last":{"days":1},"since":{"event":"B"}})"),
            Found{"invalid_window "});
  EXPECT_EQ(foundInWindow(R"({"lst":{"days":1}})"), Found{"unknown_key /lst"});
  EXPECT_EQ(foundInWindow(R"({"last":{"days":1},"x":1})"), Found{"unknown_key /x"});
}

TEST_F(WindowReaderTest, ReadsDurations) {
  EXPECT_EQ(duration(R"({"seconds":1})").milliseconds, 1'000);
  EXPECT_EQ(duration(R"({"minutes":1})").milliseconds, 60'000);
  EXPECT_EQ(duration(R"({"hours":1})").milliseconds, 3'600'000);
  EXPECT_EQ(duration(R"({"days":1})").milliseconds, 86'400'000);
  EXPECT_EQ(duration(R"({"weeks":1})").milliseconds, 604'800'000);
  EXPECT_FALSE(duration(R"({"weeks":1})").isCalendar);
  EXPECT_EQ(duration(R"({"months":7})").months, 7);
  EXPECT_EQ(duration(R"({"years":2})").months, 24);
  EXPECT_TRUE(duration(R"({"years":2})").isCalendar);
}

TEST_F(WindowReaderTest, LimitsDurationsToTheRangeOfTime) {
  for (const std::string_view unit : {"seconds", "minutes", "hours", "days", "weeks"}) {
    const Duration longest = duration(R"({")" + std::string(unit) + R"(":1e300})");
    EXPECT_GT(longest.milliseconds, 2 * kMaxInstant - 7 * kMillisecondsPerDay);
    EXPECT_LE(longest.milliseconds, 2 * kMaxInstant);
  }
  EXPECT_EQ(duration(R"({"months":1e300})").months, 7'000'000);
  EXPECT_EQ(duration(R"({"years":1e15})").months, 6'999'996);
}

TEST_F(WindowReaderTest, ChecksDurations) {
  const auto last = [this](std::string_view json) {
    return foundInWindow(R"({"last":)" + std::string(json) + "}");
  };
  EXPECT_EQ(last("{}"), Found{"invalid_duration /last"});
  EXPECT_EQ(last("30"), Found{"invalid_duration /last"});
  EXPECT_EQ(last("null"), Found{"invalid_duration /last"});
  EXPECT_EQ(last(R"("P30D")"), Found{"invalid_duration /last"});
  EXPECT_EQ(last(R"({"days":1,"hours":2})"), Found{"invalid_duration /last"});
  EXPECT_EQ(last(R"({"days":1.5})"), Found{"invalid_duration /last/days"});
  EXPECT_EQ(last(R"({"days":-1})"), Found{"invalid_duration /last/days"});
  EXPECT_EQ(last(R"({"days":"1"})"), Found{"invalid_duration /last/days"});
  EXPECT_EQ(last(R"({"days":null})"), Found{"invalid_duration /last/days"});
  EXPECT_EQ(last(R"({"days":{"attribute":"a"}})"), Found{"invalid_duration /last/days"});
  EXPECT_EQ(last(R"({"day":1})"), Found{"unknown_key /last/day"});
  EXPECT_EQ(last(R"({"days":1,"x":1})"), Found{"unknown_key /last/x"});
  EXPECT_EQ(message(segment(R"({"kind":"event","event":"A","window":{"last":{"day":1}}})")),
            "There is no key \"day\" here; did you mean \"days\"?");
}

TEST_F(WindowReaderTest, WarnsOfEmptyWindows) {
  EXPECT_EQ(foundInWindow(R"({"last":{"days":0}})"), Found{"*empty_window /last"});
  EXPECT_EQ(foundInWindow(R"({"last":{"months":0}})"), Found{"*empty_window /last"});
  EXPECT_EQ(foundInWindow(R"({"before":{"days":0}})"), Found());
  EXPECT_EQ(foundInWindow(R"({"from":5,"to":5})"), Found{"*empty_window /from"});
  EXPECT_EQ(foundInWindow(R"({"from":6,"to":5})"), Found{"*empty_window /from"});
  EXPECT_EQ(foundInWindow(R"({"from":4,"to":5})"), Found());
  EXPECT_EQ(foundInWindow(R"({"from":"2026-11-23","to":"2026-11-23T00:00:00Z"})"),
            Found{"*empty_window /from"});
  EXPECT_EQ(foundInWindow(R"({"from":"2026-11-23","to":"2026-11-23T00:00:00Z"})", "Asia/Tokyo"),
            Found());
  EXPECT_EQ(foundInWindow(R"({"from":"2026-11-23","to":"2026-11-23T00:00:00Z"})", "contact"),
            Found());
  EXPECT_EQ(foundInWindow(R"({"from":"2026-11-23","to":"2026-11-23"})", "contact"),
            Found{"*empty_window /from"});
}

TEST_F(WindowReaderTest, ChecksDates) {
  EXPECT_EQ(foundInWindow(R"({"from":"soon","to":null})"),
            (Found{"invalid_date /from", "invalid_date /to"}));
  EXPECT_EQ(foundInWindow(R"({"from":0.5})"), Found{"invalid_date /from"});
  EXPECT_EQ(foundInWindow(R"({"from":"2026-02-30"})"), Found{"invalid_date /from"});
  EXPECT_EQ(foundInWindow(R"({"from":{"attribute":"a"}})"), Found{"invalid_date /from"});
  EXPECT_EQ(foundInWindow(R"({"from":true})"), Found{"invalid_date /from"});
}

TEST_F(WindowReaderTest, ChecksCalendars) {
  EXPECT_EQ(window(R"({"calendar":{"unit":"day"}})").count, 1);
  EXPECT_FALSE(window(R"({"calendar":{"unit":"day"}})").current);
  EXPECT_EQ(window(R"({"calendar":{"unit":"day"}})").unit, CalendarUnit::kDay);
  EXPECT_EQ(window(R"({"calendar":{"unit":"year"}})").unit, CalendarUnit::kYear);
  EXPECT_EQ(window(R"({"calendar":{"unit":"day","count":1e300}})").count, 220'000'000);
  EXPECT_LT(window(R"({"calendar":{"unit":"year","count":1e300}})").count, 700'000);
  EXPECT_EQ(foundInWindow(R"({"calendar":{}})"), Found{"missing_key /calendar"});
  EXPECT_EQ(foundInWindow(R"({"calendar":"day"})"), Found{"wrong_type /calendar"});
  EXPECT_EQ(foundInWindow(R"({"calendar":{"unit":"hour"}})"), Found{"unknown_unit /calendar/unit"});
  EXPECT_EQ(foundInWindow(R"({"calendar":{"unit":"day","count":0}})"),
            Found{"invalid_value /calendar/count"});
  EXPECT_EQ(foundInWindow(R"({"calendar":{"unit":"day","count":1.5}})"),
            Found{"invalid_value /calendar/count"});
  EXPECT_EQ(foundInWindow(R"({"calendar":{"unit":"day","count":"1"}})"),
            Found{"invalid_value /calendar/count"});
  EXPECT_EQ(foundInWindow(R"({"calendar":{"unit":"day","current":1}})"),
            Found{"wrong_type /calendar/current"});
  EXPECT_EQ(foundInWindow(R"({"calendar":{"unit":"day","of":1}})"),
            Found{"unknown_key /calendar/of"});
}

TEST_F(WindowReaderTest, ChecksSince) {
  EXPECT_EQ(foundInWindow(R"({"since":{}})"), Found{"missing_key /since"});
  EXPECT_EQ(foundInWindow(R"({"since":"B"})"), Found{"wrong_type /since"});
  EXPECT_EQ(foundInWindow(R"({"since":{"event":"B","window":{}}})"),
            Found{"unknown_key /since/window"});
  EXPECT_EQ(foundInWindow(R"({"since":{"event":"B","where":{"kind":"x"}}})"),
            Found{"unknown_kind /since/where/kind"});
}

TEST_F(WindowReaderTest, WantsTheLongerDurationFirst) {
  EXPECT_EQ(between(R"({"days":30})", R"({"days":7})"), Found());
  EXPECT_EQ(between(R"({"days":7})", R"({"days":30})"), kReversed);
  EXPECT_EQ(between(R"({"days":7})", R"({"weeks":1})"), kReversed);
  EXPECT_EQ(between(R"({"hours":1})", R"({"days":0})"), Found());
  EXPECT_EQ(between(R"({"days":0})", R"({"days":0})"), kReversed);
  EXPECT_EQ(between(R"({"months":2})", R"({"months":1})"), Found());
  EXPECT_EQ(between(R"({"months":12})", R"({"years":1})"), kReversed);
  const Found shape{"invalid_window /between"};
  EXPECT_EQ(foundInWindow(R"({"between":[{"days":3}]})"), shape);
  EXPECT_EQ(foundInWindow(R"({"between":[{"days":3},{"days":2},{"days":1}]})"), shape);
  EXPECT_EQ(foundInWindow(R"({"between":{"days":3}})"), shape);
  EXPECT_EQ(foundInWindow(R"({"between":[3,{"days":-2}]})"),
            (Found{"invalid_duration /between/0", "invalid_duration /between/1/days"}));
}

TEST_F(WindowReaderTest, KnowsHowLongMonthsMayBe) {
  // A step back over one month takes 28 to 31 days.
  EXPECT_EQ(between(R"({"months":1})", R"({"days":27})"), Found());
  EXPECT_EQ(between(R"({"months":1})", R"({"days":28})"), kReversed);
  EXPECT_EQ(between(R"({"days":31})", R"({"months":1})"), kReversed);
  EXPECT_EQ(between(R"({"days":32})", R"({"months":1})"), Found());
  EXPECT_EQ(between(R"({"hours":745})", R"({"months":1})"), Found());
  // Two: 59 (January and February) to 62 (July and August).
  EXPECT_EQ(between(R"({"months":2})", R"({"days":58})"), Found());
  EXPECT_EQ(between(R"({"months":2})", R"({"days":59})"), kReversed);
  EXPECT_EQ(between(R"({"days":62})", R"({"months":2})"), kReversed);
  EXPECT_EQ(between(R"({"days":63})", R"({"months":2})"), Found());
  EXPECT_EQ(between(R"({"years":1})", R"({"days":364})"), Found());
  EXPECT_EQ(between(R"({"years":1})", R"({"days":365})"), kReversed);
  EXPECT_EQ(between(R"({"days":366})", R"({"years":1})"), kReversed);
  EXPECT_EQ(between(R"({"days":367})", R"({"years":1})"), Found());
  // Four years without a leap day, around 1900; at most one otherwise.
  EXPECT_EQ(between(R"({"years":4})", R"({"days":1459})"), Found());
  EXPECT_EQ(between(R"({"years":4})", R"({"days":1460})"), kReversed);
  EXPECT_EQ(between(R"({"days":1462})", R"({"years":4})"), Found());
  // The calendar repeats after 400 years.
  EXPECT_EQ(between(R"({"years":400})", R"({"days":146096})"), Found());
  EXPECT_EQ(between(R"({"years":400})", R"({"days":146097})"), kReversed);
  EXPECT_EQ(between(R"({"days":146098})", R"({"years":400})"), Found());
}

TEST_F(WindowReaderTest, AllowsForClockChanges) {
  EXPECT_EQ(between(R"({"hours":745})", R"({"months":1})", "Europe/Berlin"), kReversed);
  EXPECT_EQ(between(R"({"hours":746})", R"({"months":1})", "Europe/Berlin"), Found());
  EXPECT_EQ(between(R"({"months":1})", R"({"hours":671})", "Europe/Berlin"), kReversed);
  EXPECT_EQ(between(R"({"months":1})", R"({"hours":670})", "Europe/Berlin"), Found());
  EXPECT_EQ(between(R"({"hours":745})", R"({"months":1})", "Asia/Tokyo"), Found());
  EXPECT_EQ(between(R"({"hours":745})", R"({"months":1})", "contact"), kReversed);
  EXPECT_EQ(between(R"({"days":32})", R"({"months":1})", "contact"), Found());
}

}  // namespace
}  // namespace fosterflow
