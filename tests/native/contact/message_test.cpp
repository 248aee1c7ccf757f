#include "contact/message.h"

#include "contact/lines.h"
#include "contact/messaging.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

class Messages : public Messaging {
 protected:
  std::string dataOf(std::string_view json) {
    std::string text;
    const Message& message = read(json);
    appendCanonicalJson(text, message.data->root(), interner_);
    return text;
  }
};

TEST_F(Messages, AreTakenApart) {
  const Message& message = read(
      R"({"type":"track","messageId":"m","userId":"u","anonymousId":"a","event":"X","timestamp":"1970-01-01T00:00:01Z","properties":{"p":1}})");
  EXPECT_EQ(message.type, MessageType::kTrack);
  EXPECT_EQ(interner_.text(message.contact), "u");
  EXPECT_EQ(interner_.text(message.messageId), "m");
  EXPECT_EQ(interner_.text(message.name), "X");
  EXPECT_EQ(message.timestamp, 1'000);
  EXPECT_FALSE(message.wasCut);
}

TEST_F(Messages, TheNameOfAPageReplacesTheProperty) {
  EXPECT_EQ(
      dataOf(
          R"({"type":"page","userId":"u","name":"N","properties":{"a":{"name":1},"name":{"x":"y"},"z":2}})"),
      R"({"a":{"name":1},"name":"N","z":2})");
  EXPECT_EQ(dataOf(R"({"type":"screen","userId":"u","name":"N"})"), R"({"name":"N"})");
  EXPECT_EQ(dataOf(R"({"type":"screen","userId":"u","name":5,"properties":{"name":"P"}})"),
            R"({"name":"P"})");
  EXPECT_EQ(dataOf(R"({"type":"track","event":"X","userId":"u","name":"N","properties":{}})"),
            "{}");
}

TEST_F(Messages, OneDoesNotLeakIntoTheNext) {
  read(
      R"({"type":"track","messageId":"m","userId":"u","event":"X","timestamp":1,"properties":{"p":1}})");
  const Message& message = read(R"({"type":"track","anonymousId":"a","event":"Y"})");
  EXPECT_EQ(message.messageId, kNoSymbol);
  EXPECT_EQ(interner_.text(message.contact), "a");
  EXPECT_EQ(message.timestamp, std::nullopt);
  EXPECT_TRUE(message.data->empty());
}

TEST_F(Messages, ARefusedMessageHasAName) {
  EXPECT_EQ(refusalOf("{"), Refusal::kInvalidJson);
  EXPECT_EQ(refusalOf(""), Refusal::kInvalidJson);
  EXPECT_EQ(refusalOf("7"), Refusal::kNotAnObject);
  EXPECT_EQ(refusalOf(R"({"type":"group","userId":"u"})"), Refusal::kUnknownType);
  EXPECT_EQ(refusalOf(std::string(70'000, ' ')), Refusal::kTooLarge);
  for (int refusal = 1; refusal <= static_cast<int>(Refusal::kOutOfMemory); ++refusal) {
    EXPECT_FALSE(refusalName(static_cast<Refusal>(refusal)).empty());
    EXPECT_EQ(refusalText(static_cast<Refusal>(refusal)).back(), '.');
  }
}

TEST_F(Messages, PropertiesAreCutByPath) {
  std::string properties = R"({"b":{"z":1},"a":[1,{"x":2}],"e":{},"n":null)";
  for (int count = 0; count < 253; ++count) properties += ",\"k" + std::to_string(count) + "\":0";
  const std::string start = R"({"type":"track","event":"X","userId":"u","properties":)";
  EXPECT_FALSE(read(start + properties + "}}").wasCut);  // 256 leaves
  const Message& message = read(start + properties + R"(,"zz":{"zz":1}}})");
  EXPECT_TRUE(message.wasCut);
  std::string text;
  appendCanonicalJson(text, message.data->root(), interner_);
  EXPECT_EQ(text.find("zz"), std::string::npos);
  EXPECT_NE(text.find(R"("a":[1,{"x":2}],"b":{"z":1},"e":{})"), std::string::npos);
  EXPECT_NE(text.find(R"("n":null)"), std::string::npos);
}

TEST_F(Messages, ReadersGiveTheirTextsBack) {
  refusalOf("{}");
  const size_t before = interner_.size();
  read(
      R"({"type":"page","userId":"someone","name":"N","properties":{"name":{"x":"y"},"more":"texts"}})");
  refusalOf(R"({"type":"page","userId":"someone else","name":"N","properties":["texts"]})");
  refusalOf("{}");
  EXPECT_EQ(interner_.size(), before);
}

TEST(Lines, SkipBlankOnesAndCountAll) {
  const auto all = [](std::string_view text, uint64_t first = 1) {
    Texts found;
    Lines lines(text, first);
    std::string_view line;
    while (lines.next(line)) {
      found.push_back(std::to_string(lines.number()) + ":" + std::string(line));
    }
    found.push_back(std::to_string(lines.nextLine()));
    return found;
  };
  EXPECT_EQ(all(""), Texts{"1"});
  EXPECT_EQ(all("a\n\n \t\r\nb\r\nc"), (Texts{"1:a", "4:b", "5:c", "6"}));
  EXPECT_EQ(all("\xEF\xBB\xBF"
                "a\nb\n"),
            (Texts{"1:a", "2:b", "3"}));
  EXPECT_EQ(all("\xEF\xBB\xBF"
                "a",
                2),
            (Texts{"2:\xEF\xBB\xBF"
                   "a",
                   "3"}));
}

}  // namespace

}  // namespace fosterflow
