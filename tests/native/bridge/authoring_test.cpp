#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "bridge.h"
#include "bridge/bridge_host.h"

namespace fosterflow {

namespace {

constexpr std::string_view kRule =
    R"({"version":1,"id":"a","parameters":{"n":2},"meta":{"x":[1]},"when":{"kind":"all","of":[)"
    R"({"kind":"event","event":["X","Y"],"where":{"kind":"item","items":"i","where":)"
    R"({"kind":"property","property":"p\\.q","op":"like","value":"a*"}},)"
    R"("measure":{"fn":"distinct","property":"p"},"op":"gte","value":{"parameter":"n"},)"
    R"("window":{"last":{"days":30},"since":{"event":"Y"}}},)"
    R"({"kind":"sequence","steps":[{"event":"X"},{"absent":true,"event":"Y"}]},)"
    R"({"kind":"attribute","attribute":"a","op":"in","value":["x",1,true]},)"
    R"({"kind":"none","of":[{"kind":"segment","segment":"b","op":"in"}]}]}})";

constexpr std::string_view kQuery =
    R"({"combinator":"and","not":true,"rules":[{"field":"a","operator":"between","value":"1,2"},)"
    R"({"rules":[{"field":"b","operator":"in","value":["x"]},"or",)"
    R"({"field":"c","operator":"=","value":"d","valueSource":"field"}]}]})";

constexpr AuthoringTask kTasks[] = {AuthoringTask::kDescribe,    AuthoringTask::kTemplates,
                                    AuthoringTask::kInstantiate, AuthoringTask::kPersonaArguments,
                                    AuthoringTask::kPersonas,    AuthoringTask::kNormalForm,
                                    AuthoringTask::kLint,        AuthoringTask::kDiff,
                                    AuthoringTask::kFromQuery,   AuthoringTask::kToQuery};

class AuthoringBridge : public testing::Test {
 protected:
  // The options that each task is interested in.
  static std::string options() {
    return R"({"language":"de","retentionDays":30,"seen":{"events":{"Z":{"properties":["p"]}},)"
           R"("traits":{"b":1},"channels":[],"lists":["l"]},"arguments":{"withinDays":3},"with":)" +
           std::string(kRule) + "}";
  }

  NoZones zones_;
  BridgeHost host_{&zones_};
};

TEST_F(AuthoringBridge, AnswersEachTask) {
  for (const AuthoringTask task : kTasks) {
    const bool isOfQuery = task == AuthoringTask::kFromQuery;
    const bool isOfTemplate = task == AuthoringTask::kInstantiate;
    const std::string_view subject = isOfQuery ? kQuery : isOfTemplate ? "sign-up" : kRule;
    // A persona has other arguments, and react-querybuilder cannot say events.
    const bool isRefused = task == AuthoringTask::kPersonas || task == AuthoringTask::kToQuery;
    EXPECT_EQ(host_.author(task, subject, options()),
              isRefused ? BridgeStatus::kRefused : BridgeStatus::kOk)
        << static_cast<int>(task) << ": " << host_.response();
    EXPECT_FALSE(host_.response().empty());
  }
  EXPECT_EQ(host_.author(static_cast<AuthoringTask>(99), kRule), BridgeStatus::kRefused);
  EXPECT_EQ(host_.bridge().author(AuthoringTask::kLint, UINT32_MAX, 0), BridgeStatus::kRefused);
}

TEST_F(AuthoringBridge, LeavesNoTextBehind) {
  const int32_t before = host_.bridge().textCount();
  for (const AuthoringTask task : kTasks) host_.author(task, kRule, options());
  EXPECT_EQ(host_.bridge().textCount(), before);
}

TEST_F(AuthoringBridge, TruncatedAndChangedInputIsRefusedOrAnswered) {
  std::mt19937 random(1);
  const std::string given = options();
  for (const AuthoringTask task : kTasks) {
    const std::string subject(task == AuthoringTask::kFromQuery ? kQuery : kRule);
    for (size_t length = 0; length < subject.size(); length += 29) {
      host_.author(task, subject.substr(0, length), given);
    }
    for (size_t length = 0; length < given.size(); length += 47) {
      host_.author(task, subject, given.substr(0, length));
    }
    for (int round = 0; round < 10; ++round) {
      std::string changedSubject = subject;
      std::string changedOptions = given;
      constexpr std::string_view kLetters = "{}[]\",:0-9.enabtruf\\ ";
      for (std::string* text : {&changedSubject, &changedOptions}) {
        (*text)[random() % text->size()] = kLetters[random() % kLetters.size()];
      }
      host_.author(task, changedSubject, round % 2 == 0 ? given : changedOptions);
      host_.author(task, subject, changedOptions);
    }
    EXPECT_EQ(host_.author(AuthoringTask::kDescribe, kRule), BridgeStatus::kOk);
  }
}

// Values where others are expected: whole members are exchanged.
TEST_F(AuthoringBridge, ValuesOfOtherTypesAreRefusedOrAnswered) {
  const std::vector<std::string> odd = {"null", "[]", "{}", "-1e300", "\"\""};
  size_t next = 0;
  for (const AuthoringTask task : kTasks) {
    const bool readsNothing =
        task == AuthoringTask::kTemplates || task == AuthoringTask::kPersonaArguments;
    if (readsNothing) continue;
    const std::string whole(task == AuthoringTask::kFromQuery ? kQuery : kRule);
    const std::string given = options();
    for (const std::string* text : {&whole, &given}) {
      for (size_t colon = text->find("\":"); colon != std::string::npos;
           colon = text->find("\":", colon + 1)) {
        const std::string& value = odd[next++ % odd.size()];
        // Up to where the next member would begin, which is right for scalars.
        const size_t end = text->find_first_of(",}]", colon);
        const std::string changed = text->substr(0, colon + 2) + value + text->substr(end);
        if (text == &whole) {
          host_.author(task, changed, given);
        } else {
          host_.author(task, whole, changed);
        }
      }
    }
  }
  EXPECT_EQ(host_.author(AuthoringTask::kDescribe, kRule), BridgeStatus::kOk);
}

}  // namespace

}  // namespace fosterflow
