#include "values/json_tokens.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace fosterflow {

namespace {

struct Found {
  std::vector<uint32_t> places;
  bool hasOpenText = false;
  bool hasControlCharacter = false;
  bool operator==(const Found&) const = default;
};

/// With other bytes behind the text, which must not count.
Found found(std::string_view text, char behind = '"') {
  std::string padded(text);
  padded.append(kJsonTokensPadding, behind);
  std::vector<uint32_t> places(text.size());
  const JsonTokens tokens =
      findJsonTokens(reinterpret_cast<const uint8_t*>(padded.data()), text.size(), places.data());
  places.resize(tokens.count);
  return {places, tokens.hasOpenText, tokens.hasControlCharacter};
}

/// One character after the other.
Found expected(std::string_view text) {
  Found result;
  bool inText = false;
  bool inRun = false;
  bool isEscaped = false;
  for (size_t place = 0; place < text.size(); ++place) {
    const char character = text[place];
    const bool isQuote = character == '"' && !isEscaped;
    isEscaped = character == '\\' && !isEscaped;
    if (inText) {
      if (isQuote) inText = false;
      result.hasControlCharacter |= !isQuote && static_cast<unsigned char>(character) < 0x20;
      continue;
    }
    const bool isSeparator = std::string_view("{}[],:").find(character) != std::string_view::npos;
    const bool isBlank = std::string_view(" \t\r\n").find(character) != std::string_view::npos;
    const bool isRun = !isQuote && !isSeparator && !isBlank;
    if (isQuote || isSeparator || (isRun && !inRun)) {
      result.places.push_back(static_cast<uint32_t>(place));
    }
    inRun = isRun;
    inText = isQuote;
  }
  result.hasOpenText = inText;
  return result;
}

}  // namespace

TEST(JsonTokens, BeginAtSeparatorsTextsAndRuns) {
  const Found tokens = found(R"( {"a" : [12,true, "x\"]"]} )");
  EXPECT_EQ(tokens.places, (std::vector<uint32_t>{1, 2, 6, 8, 9, 11, 12, 16, 18, 24, 25}));
  EXPECT_FALSE(tokens.hasOpenText);
  EXPECT_FALSE(tokens.hasControlCharacter);
}

TEST(JsonTokens, NothingBehindTheTextCounts) {
  for (const char behind : {'"', '\\', '{', '1', '\x01', ' '}) {
    EXPECT_EQ(found("[1", behind).places, (std::vector<uint32_t>{0, 1}));
    EXPECT_FALSE(found("[1", behind).hasOpenText);
    EXPECT_FALSE(found("[\"", behind).hasControlCharacter);
    EXPECT_TRUE(found("[\"", behind).hasOpenText);
  }
  EXPECT_TRUE(found("").places.empty());
}

TEST(JsonTokens, SayWhetherAllIsAscii) {
  for (const size_t place : {size_t{0}, size_t{15}, size_t{63}, size_t{64}, size_t{130}}) {
    std::string text(131 + kJsonTokensPadding, 'a');
    std::vector<uint32_t> places(131);
    const auto isAscii = [&] {
      return findJsonTokens(reinterpret_cast<const uint8_t*>(text.data()), 131, places.data())
          .isAscii;
    };
    EXPECT_TRUE(isAscii());
    text[place] = '\xC3';
    EXPECT_FALSE(isAscii()) << place;
  }
}

TEST(JsonTokens, AreThoseThatLookingAtEachCharacterFinds) {
  constexpr std::string_view kCharacters = R"("""\\\\{}[],: aaaaa1-)"
                                           "\t\n\x01\xC3\xA9";
  std::mt19937_64 random(20'261'123);
  for (int round = 0; round < 20'000; ++round) {
    std::string text(random() % 200, ' ');
    // Some texts consist of two characters, so that runs of backslashes cross blocks.
    const size_t kinds = random() % 3 == 0 ? 5 : kCharacters.size();
    for (char& character : text) character = kCharacters[random() % kinds];
    EXPECT_EQ(found(text), expected(text)) << text;
  }
}

}  // namespace fosterflow
