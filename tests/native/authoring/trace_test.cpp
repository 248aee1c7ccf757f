#include <random>

#include "authoring/explaining.h"

namespace fosterflow {

namespace {

using Traces = Explaining;

/// A trace that says otherwise than what decides would explain what is not so.
TEST_F(Traces, SayWhatTheSequenceAnswers) {
  const std::string_view sequences[] = {
      R"([{"event":"X"},{"event":"Y"}])",
      R"([{"event":"X"},{"event":"Y","within":{"hours":3}},{"event":"Z","within":{"hours":9}}])",
      R"([{"event":"X"},{"event":"Z","absent":true},{"event":"Y"},{"event":"X","absent":true,"within":{"hours":4}}])",
      R"([{"event":"X"},{"event":"Y","absent":true},{"event":"Z","absent":true,"within":{"hours":5}}])",
      R"([{"event":"X"},{"event":"Y","within":{"months":1}},{"event":"X","absent":true,"within":{"days":1}}])",
  };
  const std::string_view windows[] = {R"({"last":{"days":40}})", R"({"last":{"hours":20}})",
                                      R"({"between":[{"days":3},{"hours":2}]})",
                                      R"({"since":{"event":"Z"}})"};
  std::mt19937 random(7);
  for (int count = 0; count < 40; ++count) {
    constexpr const char* kNames[] = {"X", "Y", "Z"};
    happened(static_cast<Instant>(random() % 96) * kHour / 2, "{}", kNames[random() % 3]);
  }
  int complete = 0;
  for (const std::string_view steps : sequences) {
    for (const std::string_view window : windows) {
      for (int hours = -50; hours < 60; hours += 3) {
        explain(R"({"kind":"sequence","steps":)" + std::string(steps) + R"(,"window":)" +
                    std::string(window) + "}",
                kNow + hours * kHour);
        ASSERT_EQ(of("holds"), of("observed/state") == "complete" ? "true" : "false")
            << steps << window << hours << json_;
        complete += of("holds") == "true" ? 1 : 0;
        if (of("holds") == "true") {
          ASSERT_EQ(of("observed/steps"), of("wanted/steps"));
        }
      }
    }
  }
  EXPECT_GT(complete, 30);
  EXPECT_LT(complete, 700);
}

}  // namespace

}  // namespace fosterflow
