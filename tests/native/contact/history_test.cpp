#include "contact/history.h"

#include <algorithm>
#include <random>

#include "contact/messaging.h"
#include "language/limits.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

class Recorder final : public HistoryListener {
 public:
  void eventAdded(const Event& event) override { log.push_back("+" + std::to_string(event.time)); }
  void eventRemoved(const Event& event) override {
    log.push_back("-" + std::to_string(event.time));
  }
  Texts log;
};

class Histories : public Messaging {
 protected:
  void add(History& history, std::string_view json, HistoryListener* listener = nullptr) {
    Message& message = read(json);
    history.add(*message.timestamp, message.name, message.messageId, message.contact, *message.data,
                listener);
  }

  /// Each event as "time name properties".
  Texts contentOf(const History& history) {
    Texts texts;
    for (const TimedEvent& entry : history.events()) {
      EXPECT_EQ(entry.time, entry.event->time);
      std::string text = std::to_string(entry.time) + " ";
      text += interner_.text(entry.event->name);
      text += " ";
      appendCanonicalJson(text, entry.event->properties.root(), interner_);
      texts.push_back(text);
    }
    return texts;
  }
};

TEST_F(Histories, EventsLieInTheOrderOfTime) {
  History history(&interner_);
  for (const Instant time : {5, 1, 3, 1}) add(history, track(time));
  EXPECT_EQ(contentOf(history), (Texts{"1 X null", "1 X null", "3 X null", "5 X null"}));
}

TEST_F(Histories, OneMessageIdCountsOnce) {
  History history(&interner_);
  Recorder recorder;
  add(history, track(5, R"(,"messageId":"m")"), &recorder);
  add(history, track(5, R"(,"messageId":"m")"), &recorder);
  add(history, track(7, R"(,"messageId":"m")"), &recorder);
  EXPECT_EQ(recorder.log, Texts{"+5"});
  add(history, track(3, R"(,"messageId":"m")"), &recorder);
  EXPECT_EQ(recorder.log, (Texts{"+5", "-5", "+3"}));
  add(history, track(3, R"(,"messageId":"m","properties":{"p":2})"), &recorder);
  EXPECT_EQ(contentOf(history), Texts{R"(3 X {"p":2})"});  // {"p":2} is before {} in canonical JSON
  add(history, track(3, R"(,"messageId":"m","properties":{"p":10})"), &recorder);
  add(history, track(3, R"(,"messageId":"m","properties":{"p":3})"), &recorder);
  EXPECT_EQ(contentOf(history), Texts{R"(3 X {"p":10})"});
  add(history, track(3, R"(,"messageId":"n")"), &recorder);
  EXPECT_EQ(history.events().size(), 2U);
}

TEST_F(Histories, KeepTheNewestOfMoreThanTheBound) {
  History history(&interner_);
  for (size_t count = 0; count < kMaxEvents; ++count)
    add(history, track(static_cast<Instant>(count)));
  EXPECT_EQ(history.completeAfter(), kBeforeAll);
  Recorder recorder;
  add(history, track(-1), &recorder);
  EXPECT_EQ(recorder.log, Texts{});
  EXPECT_EQ(history.completeAfter(), -1);
  add(history, track(0), &recorder);  // not after the oldest
  EXPECT_EQ(recorder.log, Texts{});
  add(history, track(5'000), &recorder);
  EXPECT_EQ(recorder.log, (Texts{"-0", "+5000"}));
  EXPECT_EQ(history.events().size(), kMaxEvents);
  EXPECT_EQ(history.events().front().time, 1);
}

TEST_F(Histories, AtOneTimeTheSmallerContentGoesFirst) {
  History history(&interner_);
  const auto withProperty = [](size_t number) {
    return track(0, R"(,"properties":{"p":)" + std::to_string(number) + "}");
  };
  for (size_t count = 1; count <= kMaxEvents; ++count) add(history, withProperty(count + 10'000));
  add(history, withProperty(5));  // 5 is a larger text than 10001, which goes
  EXPECT_EQ(history.events().size(), kMaxEvents);
  const Texts content = contentOf(history);
  EXPECT_EQ(std::count(content.begin(), content.end(), R"(0 X {"p":10001})"), 0);
  EXPECT_EQ(std::count(content.begin(), content.end(), R"(0 X {"p":5})"), 1);
  Recorder recorder;
  add(history, withProperty(0), &recorder);  // 0 is a smaller text than all
  EXPECT_EQ(recorder.log, Texts{});
}

TEST_F(Histories, AFullHistoryForgetsTheMessageIdsThatLeft) {
  History history(&interner_);
  add(history, track(0, R"(,"messageId":"m")"));
  for (size_t count = 0; count < kMaxEvents; ++count) add(history, track(10));
  EXPECT_EQ(history.events().front().time, 10);
  Recorder recorder;
  add(history, track(20, R"(,"messageId":"m")"), &recorder);
  EXPECT_EQ(recorder.log, (Texts{"-10", "+20"}));
}

TEST_F(Histories, ContentDoesNotDependOnTheOrderOfArrival) {
  Texts lines;
  std::mt19937 random(7);
  for (int count = 0; count < 200; ++count) {
    std::string more = R"(,"properties":{"p":)" + std::to_string(random() % 3) + "}";
    if (random() % 2 == 0) more += R"(,"messageId":"m)" + std::to_string(random() % 20) + "\"";
    lines.push_back(track(static_cast<Instant>(random() % 10), more));
  }
  Texts expected;
  for (int round = 0; round < 10; ++round) {
    std::shuffle(lines.begin(), lines.end(), random);
    History history(&interner_);
    for (const std::string& line : lines) add(history, line);
    Texts content = contentOf(history);
    std::sort(content.begin(), content.end());
    if (round == 0) expected = content;
    EXPECT_EQ(content, expected);
  }
}

TEST_F(Histories, ManyMoreEventsOfOneInstantThanAreKept) {
  // Each is compared with the first of ten thousand; that may not take ten thousand steps.
  const auto withProperty = [](size_t number) {
    return track(0, R"(,"properties":{"p":)" + std::to_string(number) + "}");
  };
  History history(&interner_);
  constexpr size_t kMore = 2'000;
  for (size_t count = 0; count < kMaxEvents + kMore; ++count) {
    add(history, withProperty(100'000 + count * 7'919 % (kMaxEvents + kMore)));
  }
  EXPECT_EQ(history.events().size(), kMaxEvents);
  const Texts content = contentOf(history);
  EXPECT_EQ(*std::min_element(content.begin(), content.end()), R"(0 X {"p":102000})");
  EXPECT_EQ(*std::max_element(content.begin(), content.end()), R"(0 X {"p":111999})");
}

TEST_F(Histories, FullOnesAreUnitedBeforeTheyAreCut) {
  History one(&interner_);
  for (size_t count = 1; count < kMaxEvents; ++count)
    add(one, track(10 + static_cast<Instant>(count)));
  add(one, track(50'000, R"(,"messageId":"m")"));
  History other(&interner_);
  add(other, track(5, R"(,"messageId":"m")"));
  one.absorb(other);
  EXPECT_EQ(one.events().size(), kMaxEvents);
  EXPECT_EQ(one.events().front().time, 5);
  add(other, track(4));
  add(other, track(6));
  one.absorb(other);
  EXPECT_EQ(one.events().size(), kMaxEvents);
  EXPECT_EQ(one.events().front().time, 6);
  EXPECT_GT(one.completeAfter(), kBeforeAll);
  add(one, track(10));
  EXPECT_EQ(one.events().front().time, 10);
}

TEST_F(Histories, AbsorbingCountsEachMessageIdOnce) {
  History one(&interner_);
  History other(&interner_);
  add(one, track(1));
  add(one, track(5, R"(,"messageId":"m")"));
  add(other, track(1));
  add(other, track(3, R"(,"messageId":"m")"));
  add(other, track(4, R"(,"messageId":"n")"));
  one.absorb(other);
  EXPECT_EQ(contentOf(one), (Texts{"1 X null", "3 X null", "4 X null"}));
  EXPECT_TRUE(other.events().empty());
}

TEST_F(Histories, AbsorbingTakesTheLargerNumberOfWhatOneIdSentWithoutMessageId) {
  const auto fill = [this](History& history, int ofU, int ofV, int others) {
    for (int count = 0; count < ofU; ++count) add(history, track(1));
    for (int count = 0; count < ofV; ++count) add(history, track(1, "", "v"));
    for (int count = 0; count < others; ++count) add(history, track(1, R"(,"properties":{"p":1})"));
  };
  History one(&interner_);
  fill(one, 2, 1, 0);
  History other(&interner_);
  fill(other, 3, 2, 1);
  one.absorb(other);
  Texts content = contentOf(one);
  std::sort(content.begin(), content.end());
  EXPECT_EQ(content,
            (Texts{"1 X null", "1 X null", "1 X null", "1 X null", "1 X null", R"(1 X {"p":1})"}));
  fill(other, 1, 0, 1);  // nothing that is not known
  one.absorb(other);
  EXPECT_EQ(one.events().size(), 6U);
}

TEST_F(Histories, AbsorbingManyOfOneInstantTakesNoSquareOfSteps) {
  History one(&interner_);
  History other(&interner_);
  for (size_t count = 0; count < kMaxEvents; ++count) {
    add(one, track(0, R"(,"properties":{"p":)" + std::to_string(count) + "}"));
    add(other, track(0, R"(,"properties":{"p":)" + std::to_string(count / 2) + "}"));
  }
  one.absorb(other);
  EXPECT_EQ(one.events().size(), kMaxEvents);
}

TEST_F(Histories, GiveTheirTextsBack) {
  refusalOf("{}");  // the reader holds what it read last
  const size_t before = interner_.size();
  {
    History history(&interner_);
    add(history, track(1, R"(,"messageId":"m","properties":{"key":"text"})"));
    add(history, track(0, R"(,"messageId":"m","properties":{"other":"thing"})"));
    refusalOf("{}");
    EXPECT_GT(interner_.size(), before);
  }
  EXPECT_EQ(interner_.size(), before);
}

}  // namespace

}  // namespace fosterflow
