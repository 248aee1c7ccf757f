#include "language/checking.h"

namespace fosterflow {

TableZones fewZones() {
  constexpr int64_t kHour = kMillisecondsPerHour;
  return TableZones({{"Europe/Berlin",
                      {kHour,
                       {{1'774'746'000'000, 2 * kHour},
                        {1'792'890'000'000, kHour},
                        {1'806'195'600'000, 2 * kHour},
                        {1'824'944'400'000, kHour}}}},
                     {"Asia/Tokyo", {9 * kHour, {}}}});
}

DefinitionSet Checking::check(std::string_view json, std::string_view parameters) {
  return checkDefinitions(json, parameters, interner_, reader_, zones_);
}

namespace {

std::vector<std::string> lines(const std::vector<Problem>& problems, std::string_view prefix) {
  std::vector<std::string> out;
  for (const Problem& problem : problems) {
    EXPECT_FALSE(problem.message.empty());
    EXPECT_TRUE(problem.message.ends_with('.') || problem.message.ends_with('?'))
        << problem.message;
    std::string path = problem.path;
    if (path.starts_with(prefix)) {
      path.erase(0, prefix.size());
    }
    out.push_back(std::string(problem.severity == Severity::kWarning ? "*" : "") +
                  std::string(codeName(problem.code)) + " " + path);
  }
  return out;
}

}  // namespace

std::vector<std::string> Checking::found(std::string_view json, std::string_view parameters) {
  const size_t texts = interner_.size();
  std::vector<std::string> out;
  {
    const DefinitionSet set = check(json, parameters);
    EXPECT_TRUE(!hasErrors(set.problems) || set.definitions.empty());
    EXPECT_EQ(set.definitions.size(), set.dependencyOrder.size());
    out = lines(set.problems, "");
  }
  EXPECT_EQ(interner_.size(), texts);
  return out;
}

std::vector<std::string> Checking::foundIn(std::string_view condition) {
  return lines(check(segment(condition)).problems, "/when");
}

std::vector<std::string> Checking::foundInFilter(std::string_view filter) {
  const std::string condition =
      R"({"kind":"event","event":"A","where":)" + std::string(filter) + "}";
  return lines(check(segment(condition)).problems, "/when/where");
}

std::vector<std::string> Checking::foundInWindow(std::string_view window, std::string_view zone) {
  const std::string condition =
      R"({"kind":"event","event":"A","window":)" + std::string(window) + "}";
  const std::string more = R"("timezone":")" + std::string(zone) + R"(",)";
  return lines(check(segment(condition, more)).problems, "/when/window");
}

std::string Checking::message(std::string_view json, std::string_view parameters) {
  const DefinitionSet set = check(json, parameters);
  return set.problems.empty() ? "" : set.problems.front().message;
}

Condition Checking::condition(std::string_view json) {
  DefinitionSet set = check(segment(json));
  EXPECT_EQ(lines(set.problems, ""), Found());
  EXPECT_EQ(set.definitions.size(), 1U);
  return set.definitions.empty() ? Condition() : std::move(set.definitions.front().when);
}

std::string segment(std::string_view condition, std::string_view more) {
  return R"({"version":1,"id":"s",)" + std::string(more) + R"("when":)" + std::string(condition) +
         "}";
}

std::string repeated(std::string_view text, size_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (size_t index = 0; index < count; ++index) {
    out += text;
  }
  return out;
}

}  // namespace fosterflow
