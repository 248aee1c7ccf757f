#include "values/text_match.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "rounds.h"

namespace fosterflow {
namespace {

TEST(TextMatch, MatchesTheWholeText) {
  EXPECT_TRUE(matchesLike("abc", "abc"));
  EXPECT_FALSE(matchesLike("abcd", "abc"));
  EXPECT_FALSE(matchesLike("abc", "abcd"));
  EXPECT_FALSE(matchesLike("abc", "ABC"));
  EXPECT_TRUE(matchesLike("", ""));
  EXPECT_FALSE(matchesLike("", "a"));
  EXPECT_FALSE(matchesLike("a", ""));
}

TEST(TextMatch, TakesAStarForAnyRun) {
  for (const char* text : {"", "a", "abc", "***", "é😀"}) {
    EXPECT_TRUE(matchesLike(text, "*"));
    EXPECT_TRUE(matchesLike(text, "***"));
  }
  EXPECT_TRUE(matchesLike("abc", "a*"));
  EXPECT_TRUE(matchesLike("abc", "*c"));
  EXPECT_TRUE(matchesLike("abc", "a*c"));
  EXPECT_TRUE(matchesLike("abc", "*b*"));
  EXPECT_TRUE(matchesLike("abc", "abc*"));
  EXPECT_FALSE(matchesLike("abc", "*b"));
  EXPECT_FALSE(matchesLike("abc", "b*"));
  EXPECT_TRUE(matchesLike("abcabc", "*abc"));
  EXPECT_TRUE(matchesLike("aab", "*ab"));
  EXPECT_TRUE(matchesLike("mississippi", "m*iss*i*pp*"));
  EXPECT_FALSE(matchesLike("mississippi", "m*iss*iss*iss*"));
  EXPECT_FALSE(matchesLike("ab", "a*ab"));
}

TEST(TextMatch, TakesAQuestionMarkForOneCodePoint) {
  EXPECT_TRUE(matchesLike("a", "?"));
  EXPECT_TRUE(matchesLike("é", "?"));
  EXPECT_TRUE(matchesLike("😀", "?"));
  EXPECT_FALSE(matchesLike("😀", "??"));
  EXPECT_FALSE(matchesLike("", "?"));
  EXPECT_FALSE(matchesLike("ab", "?"));
  EXPECT_TRUE(matchesLike("aéb", "a?b"));
  EXPECT_TRUE(matchesLike("é😀", "*?"));
  EXPECT_TRUE(matchesLike("é😀", "?*?"));
  EXPECT_FALSE(matchesLike("😀", "?*?"));
  EXPECT_TRUE(matchesLike("xé", "*?é"));
  EXPECT_FALSE(matchesLike("é", "*?é"));
  EXPECT_FALSE(matchesLike("e\u0301", "?"));
}

TEST(TextMatch, ReadsBackslashes) {
  EXPECT_TRUE(matchesLike("a*b", R"(a\*b)"));
  EXPECT_FALSE(matchesLike("axb", R"(a\*b)"));
  EXPECT_TRUE(matchesLike("a?", R"(a\?)"));
  EXPECT_FALSE(matchesLike("ab", R"(a\?)"));
  EXPECT_TRUE(matchesLike(R"(a\b)", R"(a\\b)"));
  EXPECT_TRUE(matchesLike("ab", R"(a\b)"));
  EXPECT_TRUE(matchesLike("é", R"(\é)"));
  EXPECT_TRUE(matchesLike(R"(a\)", R"(a\)"));
  EXPECT_TRUE(matchesLike(R"(\)", R"(\)"));
  EXPECT_FALSE(matchesLike("", R"(\)"));
  EXPECT_TRUE(matchesLike(R"(x\)", R"(*\)"));
  EXPECT_TRUE(matchesLike(R"(x\)", R"(*\\)"));
  EXPECT_TRUE(matchesLike("100%", "100%"));
  EXPECT_FALSE(matchesLike("100x", "100%"));
}

TEST(TextMatch, IsNotExponential) {
  std::string pattern;
  for (int i = 0; i < 50; ++i) pattern += "a*";
  EXPECT_FALSE(matchesLike(std::string(5'000, 'a') + "c", pattern + "b"));
  EXPECT_TRUE(matchesLike(std::string(5'000, 'a') + "b", pattern + "b"));
  EXPECT_FALSE(matchesLike(std::string(65'536, 'a'), std::string(5'000, '*') + "?*b"));
  EXPECT_FALSE(matchesLike(std::string(65'536, 'a'), "*" + std::string(200, '?') + "b*?*c"));
}

/// By the definition, with all the patience it takes.
bool slowMatch(std::string_view text, std::string_view pattern) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*') {
    for (size_t i = 0; i <= text.size(); ++i) {
      if (slowMatch(text.substr(i), pattern.substr(1))) return true;
    }
    return false;
  }
  if (text.empty()) return false;
  if (pattern[0] == '?') return slowMatch(text.substr(1), pattern.substr(1));
  const size_t escape = pattern[0] == '\\' && pattern.size() > 1 ? 1 : 0;
  return pattern[escape] == text[0] && slowMatch(text.substr(1), pattern.substr(escape + 1));
}

TEST(TextMatch, AgreesWithTheDefinition) {
  std::mt19937 random(4);
  int matches = 0;
  for (int i = 0; i < rounds(100'000); ++i) {
    const auto pick = [&random](std::string_view alphabet, size_t longest) {
      std::string text;
      for (size_t left = random() % (longest + 1); left > 0; --left) {
        text.push_back(alphabet[random() % alphabet.size()]);
      }
      return text;
    };
    const std::string text = pick("aab*\\", 8);
    const std::string pattern = pick("aab**?\\", 7);
    const bool wanted = slowMatch(text, pattern);
    matches += wanted ? 1 : 0;
    ASSERT_EQ(matchesLike(text, pattern), wanted) << text << ' ' << pattern;
  }
  EXPECT_GT(matches, rounds(5'000));
}

}  // namespace
}  // namespace fosterflow
