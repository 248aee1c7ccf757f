#include "language/checking.h"

namespace fosterflow {
namespace {

class SequenceReaderTest : public Checking {
 protected:
  Found steps(std::string_view list) {
    return foundIn(R"({"kind":"sequence","steps":)" + std::string(list) + "}");
  }
};

TEST_F(SequenceReaderTest, ReadsSteps) {
  const Condition sequence = condition(R"({"kind":"sequence","window":{"last":{"days":7}},"steps":[
      {"event":"Product Added"},
      {"event":["Checkout Started","Pay"],"within":{"hours":2},
       "where":{"kind":"property","property":"p","op":"is_set"}},
      {"absent":true,"event":"Order Completed","within":{"hours":24}}]})");
  EXPECT_EQ(sequence.kind, Condition::Kind::kSequence);
  EXPECT_EQ(sequence.window.kind, Window::Kind::kLast);
  ASSERT_EQ(sequence.steps.size(), 3U);
  EXPECT_FALSE(sequence.steps[0].absent);
  EXPECT_FALSE(sequence.steps[0].within.has_value());
  EXPECT_EQ(sequence.steps[1].events.names.size(), 2U);
  EXPECT_TRUE(sequence.steps[1].events.where.has_value());
  EXPECT_EQ(sequence.steps[1].within->milliseconds, 2 * kMillisecondsPerHour);
  EXPECT_TRUE(sequence.steps[2].absent);
}

TEST_F(SequenceReaderTest, WantsTwoToTenSteps) {
  EXPECT_EQ(steps("[]"), Found{"invalid_sequence /steps"});
  EXPECT_EQ(steps(R"([{"event":"A"}])"), Found{"invalid_sequence /steps"});
  EXPECT_EQ(steps(R"([{"event":"A"},{"event":"A"}])"), Found());
  EXPECT_EQ(steps(R"([{"event":"A"})" + repeated(R"(,{"event":"A"})", 9) + "]"), Found());
  EXPECT_EQ(steps(R"([{"event":"A"})" + repeated(R"(,{"event":"A"})", 10) + "]"),
            Found{"invalid_sequence /steps"});
  EXPECT_EQ(foundIn(R"({"kind":"sequence"})"), Found{"missing_key "});
  EXPECT_EQ(steps(R"({"event":"A"})"), Found{"wrong_type /steps"});
}

TEST_F(SequenceReaderTest, ChecksSteps) {
  EXPECT_EQ(steps(R"([{"event":""},5,{"event":"A","op":"gt"},{}])"),
            (Found{"empty_name /steps/0/event", "wrong_type /steps/1", "unknown_key /steps/2/op",
                   "missing_key /steps/3"}));
  EXPECT_EQ(steps(R"([{"event":"A"},{"event":"A","absent":"yes"}])"),
            Found{"wrong_type /steps/1/absent"});
  EXPECT_EQ(
      steps(R"([{"event":"A","absent":false},{"event":"A","absent":false,"within":{"days":1}}])"),
      Found());
  EXPECT_EQ(steps(R"([{"event":"A"},{"event":"A","within":5}])"),
            Found{"invalid_duration /steps/1/within"});
}

TEST_F(SequenceReaderTest, StartsWithSomethingThatHappens) {
  EXPECT_EQ(steps(R"([{"event":"A","absent":true},{"event":"B"}])"),
            Found{"invalid_sequence /steps/0/absent"});
  EXPECT_EQ(steps(R"([{"event":"A","absent":true},{"event":"B","absent":true}])"),
            Found{"invalid_sequence /steps/0/absent"});
}

TEST_F(SequenceReaderTest, KnowsWhereWithinHasNoPlace) {
  EXPECT_EQ(steps(R"([{"event":"A","within":{"days":1}},{"event":"B"}])"),
            Found{"invalid_sequence /steps/0/within"});
  EXPECT_EQ(
      steps(R"([{"event":"A"},{"event":"B","absent":true,"within":{"days":1}},{"event":"C"}])"),
      Found{"invalid_sequence /steps/1/within"});
  EXPECT_EQ(
      steps(R"([{"event":"A"},{"event":"B","absent":true},{"event":"C","within":{"days":1}}])"),
      Found());
  // All absent steps at the end look on from the last one that happens.
  EXPECT_EQ(steps(R"([{"event":"A"},{"event":"B","absent":true,"within":{"days":1}},
                      {"event":"C","absent":true},{"event":"D","absent":true,"within":{"days":2}}])"),
            Found());
}

TEST_F(SequenceReaderTest, WarnsOfNoTime) {
  EXPECT_EQ(steps(R"([{"event":"A"},{"event":"B","within":{"days":0}}])"),
            Found{"*empty_window /steps/1/within"});
  EXPECT_EQ(foundIn(R"({"kind":"sequence","window":{"last":{"days":0}},"steps":[{"event":"A"},
                        {"event":"B"}]})"),
            Found{"*empty_window /window/last"});
}

}  // namespace
}  // namespace fosterflow
