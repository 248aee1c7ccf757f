#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "bridge.h"
#include "bridge/bridge_host.h"

namespace fosterflow {

namespace {

constexpr std::string_view kSet =
    R"([{"version":1,"id":"a","timezone":"contact","parameters":{"n":2},"when":{"kind":"all","of":[
    {"kind":"event","event":"X","where":{"kind":"item","items":"i","where":{"kind":"property","property":"p\\.q.r","op":"like","value":"a*"}},
     "measure":{"fn":"sum","property":"p"},"op":"gte","value":{"parameter":"n"},"window":{"last":{"days":30},"since":{"event":"Y"}}},
    {"kind":"sequence","steps":[{"event":"X"},{"absent":true,"event":"Y","within":{"hours":2}}]},
    {"kind":"compare","left":{"div":[{"metric":{"event":"X"}},{"attribute":"a"}]},"op":"gt","right":0.5},
    {"kind":"none","of":[{"kind":"sample","percent":10,"salt":"s"}]}]}}])";

constexpr std::string_view kMessage =
    R"({"type":"track","messageId":"m","userId":"u","event":"X","timestamp":"2026-01-01T00:00:00.000Z",)"
    R"("properties":{"p":1.5e3,"i":[{"p.q":{"r":"abc"}},null,true],"t":"\u00e9\ud83d\ude00"}})";

class HostileInput : public testing::Test {
 protected:
  std::string repeated(std::string_view text, size_t count) {
    std::string all;
    for (size_t index = 0; index < count; ++index) all += text;
    return all;
  }

  /// Says something about a line in every case, and goes on with the next one.
  void expectRefused(std::string_view line, std::string_view code) {
    const int32_t contact = host_.openContact("u");
    ASSERT_EQ(host_.apply(contact, std::string(line) + "\n" + std::string(kMessage), 5),
              BridgeStatus::kOk);
    const std::string response = host_.response();
    EXPECT_NE(response.find("\"refused\":[{\"line\":1,\"code\":\"" + std::string(code) + "\""),
              std::string::npos)
        << response.substr(0, 300) << " for " << line.substr(0, 100);
    EXPECT_EQ(response.find("\"line\":2"), std::string::npos);
    EXPECT_EQ(host_.bridge().closeContact(contact), BridgeStatus::kOk);
  }

  NoZones zones_;
  BridgeHost host_{&zones_};
};

TEST_F(HostileInput, TruncatedMessages) {
  for (size_t length = 1; length < kMessage.size(); ++length) {
    expectRefused(kMessage.substr(0, length), "invalid_json");
  }
}

TEST_F(HostileInput, TruncatedDefinitions) {
  for (size_t length = 0; length < kSet.size(); ++length) {
    ASSERT_EQ(host_.define(kSet.substr(0, length)), BridgeStatus::kRefused) << length;
  }
  EXPECT_EQ(host_.define(kSet), BridgeStatus::kOk);
}

TEST_F(HostileInput, DeepNesting) {
  const std::string open =
      R"({"type":"track","userId":"u","event":"X","timestamp":1,"properties":)";
  for (const size_t depth : {64U, 1'000U, 30'000U}) {
    expectRefused(open + repeated("[", depth), "invalid_json");
    expectRefused(open + repeated("[", depth) + repeated("]", depth) + "}", "too_deep");
  }
  for (const std::string_view bracket : {"[", "{\"a\":", "[{\"of\":"}) {
    EXPECT_EQ(host_.define(repeated(bracket, 100'000)), BridgeStatus::kRefused);
  }
  EXPECT_EQ(host_.define(repeated("[", 1'000'000) + repeated("]", 1'000'000)),
            BridgeStatus::kRefused);
}

TEST_F(HostileInput, BytesThatAreNoUtf8) {
  for (const std::string_view bytes : {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                       "\xE2\x82", "\x80", "\xF8\x88\x80\x80\x80"}) {
    expectRefused(
        R"({"type":"track","userId":"u","event":")" + std::string(bytes) + R"(","timestamp":1})",
        "invalid_utf8");
    EXPECT_EQ(host_.define(R"({"version":1,"id":"a","name":")" + std::string(bytes) + R"("})"),
              BridgeStatus::kRefused);
    EXPECT_NE(host_.response().find("invalid_utf8"), std::string::npos);
  }
}

TEST_F(HostileInput, NulBytes) {
  const std::string nul(1, '\0');
  expectRefused(nul, "invalid_json");
  expectRefused(R"({"type":"track","userId":"u)" + nul + R"(","event":"X","timestamp":1})",
                "invalid_json");
  expectRefused(std::string(kMessage) + nul, "invalid_json");
  EXPECT_EQ(host_.define(nul), BridgeStatus::kRefused);
  // An escaped one is a letter like any other, also in an id.
  const std::string id = "u" + nul;
  const int32_t contact = host_.openContact(id);
  host_.apply(contact, R"({"type":"track","userId":"u\u0000","event":"X","timestamp":1})", 5);
  EXPECT_EQ(host_.response(), "");
}

TEST_F(HostileInput, LongLines) {
  const std::string megabytes(10'000'000, 'x');
  expectRefused(megabytes, "message_too_large");
  expectRefused(R"({"type":"track","userId":"u","event":")" + megabytes + R"(","timestamp":1})",
                "message_too_large");
  EXPECT_EQ(host_.define("\"" + megabytes + "\""), BridgeStatus::kRefused);
  const int32_t contact = host_.openContact(megabytes);
  EXPECT_GE(contact, 0);
}

TEST_F(HostileInput, LengthsBeyondTheReservedInputAreEmpty) {
  host_.bridge().reserveInput(10);
  EXPECT_EQ(host_.bridge().define(UINT32_MAX, 0), BridgeStatus::kRefused);
  EXPECT_EQ(host_.bridge().openContact(UINT32_MAX), -1);
}

TEST_F(HostileInput, MutatedTextsAreAnswered) {
  std::mt19937 random(5);
  const auto mutated = [&random](std::string text) {
    for (uint32_t count = random() % 4; count < 4; ++count) {
      const size_t place = random() % text.size();
      switch (random() % 4) {
        case 0:
          text[place] = static_cast<char>(random() % 256);
          break;
        case 1:
          text.erase(place, 1 + random() % 8);
          break;
        case 2:
          text.insert(place, text.substr(random() % text.size(), random() % 40));
          break;
        default:
          text[place] = "{}[]\",:0-.e\\"[random() % 12];
          break;
      }
      if (text.empty()) text = "{";
    }
    return text;
  };
  int accepted = 0;
  for (int round = 0; round < 3'000; ++round) {
    const BridgeStatus status = host_.define(mutated(std::string(kSet)));
    ASSERT_TRUE(status == BridgeStatus::kOk || status == BridgeStatus::kRefused);
    accepted += status == BridgeStatus::kOk ? 1 : 0;
    const int32_t contact = host_.openContact("u");
    ASSERT_EQ(host_.apply(contact, mutated(std::string(kMessage)), 5), BridgeStatus::kOk);
    host_.bridge().nextChangeAt(contact);
    const bool hasSegment = host_.bridge().has(contact, 0) >= 0;
    ASSERT_EQ(host_.bridge().explain(contact, 0, std::nan(""), 0, 0),
              hasSegment ? BridgeStatus::kOk : BridgeStatus::kUnknownHandle);
    ASSERT_EQ(host_.bridge().closeContact(contact), BridgeStatus::kOk);
  }
  EXPECT_GT(accepted, 0);
}

}  // namespace

}  // namespace fosterflow
