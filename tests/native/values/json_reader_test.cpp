#include "values/json_reader.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <vector>

#include "rounds.h"
#include "values/json_fixture.h"

namespace fosterflow {
namespace {

class JsonReading : public JsonFixture {
 protected:
  /// Every text must give the same verdict alone, in an array, in an object, and as a value not
  /// stored.
  void expectEverywhere(std::string_view json, std::string_view wanted);
  std::string checkUnstored(std::string_view json);
};

struct KeepNothing : JsonMemberSink {
  ValueTree* treeFor(std::string_view) override { return nullptr; }
};

std::string JsonReading::checkUnstored(std::string_view json) {
  const std::string whole = "{\"skipped\": " + std::string(json) + " }";
  const std::string padded = whole + std::string(JsonReader::kPadding, '}');
  KeepNothing sink;
  bool isObject = false;
  const JsonError error = reader_.readObject({padded.data(), whole.size()}, kDepth, sink, isObject);
  EXPECT_TRUE(isObject);
  return error == JsonError::kNone               ? "fine"
         : error == JsonError::kInvalidUtf8      ? "utf8"
         : error == JsonError::kNumberOutOfRange ? "range"
         : error == JsonError::kTooDeep          ? "deep"
                                                 : "syntax";
}

void JsonReading::expectEverywhere(std::string_view json, std::string_view wanted) {
  const bool isError = wanted == "syntax" || wanted == "utf8" || wanted == "range";
  const std::string text(json);
  const std::string value(wanted);
  EXPECT_EQ(readBack(text), value) << text;
  EXPECT_EQ(readBack(" \t\r\n" + text + " \n"), value) << text;
  EXPECT_EQ(readBack("[" + text + "]"), isError ? value : "[" + value + "]") << text;
  EXPECT_EQ(readBack("[0, " + text + " ,0]"), isError ? value : "[0," + value + ",0]") << text;
  EXPECT_EQ(readBack("{\"k\":" + text + "}"), isError ? value : "{\"k\":" + value + "}") << text;
  EXPECT_EQ(checkUnstored(text), isError ? value : "fine") << text;
  EXPECT_EQ(interner_.size(), 0u) << text;
}

TEST_F(JsonReading, AcceptsEveryKindOfValue) {
  expectEverywhere("null", "null");
  expectEverywhere("true", "true");
  expectEverywhere("false", "false");
  expectEverywhere("0", "0");
  expectEverywhere("-0", "0");
  expectEverywhere("1.5E+2", "150");
  expectEverywhere("\"\"", "\"\"");
  expectEverywhere("[]", "[]");
  expectEverywhere("{}", "{}");
  expectEverywhere("[[],{},[{}]]", "[[],{},[{}]]");
  expectEverywhere(R"({ "a" : [ 1 , 2 ] , "b" : { "c" : null } })",
                   R"({"a":[1,2],"b":{"c":null}})");
  expectEverywhere(R"({"":0})", R"({"":0})");
}

TEST_F(JsonReading, RefusesWhatIsNoJson) {
  for (const char* json : {
           "nul",
           "nulll",
           "null0",
           "Null",
           "tru",
           "truee",
           "True",
           "fals",
           "falsee",
           "nan",
           "NaN",
           "Infinity",
           "-Infinity",
           "undefined",
           "'a'",
           "a",
           "\\u0022a\\u0022",
           "/* c */ 1",
           "1 // c",
           "# 1",
           "[1,]",
           "[,1]",
           "[1,,2]",
           "[,]",
           "[1 2]",
           "[\"a\" \"b\"]",
           "[1:2]",
           "[1",
           "[",
           "]",
           "[1]]",
           "[[1]",
           "[1}",
           "{1]",
           "{",
           "}",
           "{\"a\"}",
           "{\"a\":}",
           "{\"a\" 1}",
           "{\"a\":1,}",
           "{,\"a\":1}",
           "{\"a\":1,,\"b\":2}",
           "{\"a\":1 \"b\":2}",
           "{a:1}",
           "{1:1}",
           "{null:1}",
           "{[]:1}",
           "{\"a\":1:2}",
           "{\"a\",1}",
           "{\"a\":1]",
           "{\"a\":[}",
           "{:1}",
           "{\"a\"::1}",
           "\"",
           "\"a",
           "a\"",
           "\"\\\"",
           "\"a\"b",
           "\"a\"\"b\"",
           "1\"a\"",
           "[\"a\"b]",
           "[1\"a\"]",
           "truefalse",
           "true false",
           "1 2",
           "[] []",
           "{}{}",
           "{} x",
           "[1],[2]",
           "1],[2",
           "1,2",
           "{\"a\":1}}",
           ",",
           ":",
           "[\f]",
           "[\v1]",
           "\xEF\xBB\xBF{}",
           "\xEF\xBB\xBF",
           "\xE2\x80\xA8[]",
           "\xC2\xA0[]",
       }) {
    EXPECT_EQ(readBack(json), "syntax") << json;
  }
  EXPECT_EQ(interner_.size(), 0u);
}

TEST_F(JsonReading, RefusesBadValuesWhereverTheyStand) {
  for (const char* json : {"nul",
                           "truth",
                           "falsy",
                           "+1",
                           "-",
                           "--1",
                           "01",
                           "-01",
                           "00",
                           "1.",
                           ".5",
                           "-.5",
                           "1.e1",
                           "1e",
                           "1e+",
                           "1E-",
                           "1e1.5",
                           "1_000",
                           "0x10",
                           "1a",
                           "1.5f",
                           "1e5e",
                           "0.",
                           "0e",
                           "1.2.3",
                           "- 1",
                           "1\\",
                           "\xEF\xBC\x91",
                           "\"\\x\"",
                           "\"\\a\"",
                           "\"\\'\"",
                           "\"\\u12\"",
                           "\"\\u12G4\"",
                           "\"\\U0041\"",
                           "\"\\u\"",
                           "\"\\ \"",
                           "\"\\\xC3\xA9\"",
                           "\"\\u00\xC3\xA9\"",
                           "\"\t\"",
                           "\"\n\"",
                           "\"\x01\"",
                           "\"\x1F\""}) {
    expectEverywhere(json, "syntax");
  }
}

TEST_F(JsonReading, RefusesZeroBytesOutsideTexts) {
  for (const std::string& json :
       {std::string("[1]\0", 4), std::string("\0[1]", 4), std::string("[1\0]", 4),
        std::string("[\0]", 3), std::string("1\0", 2), std::string("\0", 1),
        std::string("\"a\0b\"", 5), std::string("{\"a\0\":1}", 8), std::string("[null\0]", 7)}) {
    EXPECT_EQ(readBack(json), "syntax");
  }
  expectEverywhere(R"("a\u0000b")", R"("a\u0000b")");
}

TEST_F(JsonReading, SaysWhenThereIsNothing) {
  for (const char* json : {"", " ", "\n", "\t\r\n  "}) EXPECT_EQ(readBack(json), "empty");
}

TEST_F(JsonReading, ReadsEscapes) {
  expectEverywhere(R"("\"\\\/\b\f\n\r\t")", R"("\"\\/\b\f\n\r\t")");
  expectEverywhere(R"("\u0041\u00e9\u20AC\uD83D\uDE00")", "\"Aé€😀\"");
  expectEverywhere(R"("\u000b\u001F\u007f")", "\"\\u000b\\u001f\x7f\"");
  expectEverywhere(R"("\\u0041")", R"("\\u0041")");
  expectEverywhere(R"("\uFFFF\uFDD0\uDBFF\uDFFF")", "\"\xEF\xBF\xBF\xEF\xB7\x90\xF4\x8F\xBF\xBF\"");
  EXPECT_EQ(readBack(R"({"\u0061\n":1})"), R"({"a\n":1})");
  EXPECT_EQ(readBack(R"({"a\\":1,"b\"":2})"), R"({"a\\":1,"b\"":2})");
  EXPECT_EQ(readBack(R"(["a\\","b"])"), R"(["a\\","b"])");
}

TEST_F(JsonReading, ReadsLoneSurrogatesAsReplacementCharacters) {
  expectEverywhere(R"("\ud800")", "\"\uFFFD\"");
  expectEverywhere(R"("\udc00")", "\"\uFFFD\"");
  expectEverywhere(R"("\udfffx")", "\"\uFFFDx\"");
  expectEverywhere(R"("a\uD800b")", "\"a\uFFFDb\"");
  expectEverywhere(R"("\ud800\u0041")", "\"\uFFFDA\"");
  expectEverywhere(R"("\ud800\n")", "\"\uFFFD\\n\"");
  expectEverywhere(R"("\ud800\\")", "\"\uFFFD\\\\\"");
  expectEverywhere(R"("\ud800\"")", "\"\uFFFD\\\"\"");
  expectEverywhere(R"("\ud800\ud800")", "\"\uFFFD\uFFFD\"");
  expectEverywhere(R"("\ud800\ud800\udc00")", "\"\uFFFD\U00010000\"");
  expectEverywhere(R"("\udc00\ud800")", "\"\uFFFD\uFFFD\"");
  expectEverywhere(R"("\udc00\udc00")", "\"\uFFFD\uFFFD\"");
  expectEverywhere(R"("\udbff\udc00\udc00")", "\"\U0010FC00\uFFFD\"");
  expectEverywhere(R"("\ud83d😀")", "\"\uFFFD😀\"");
  expectEverywhere(R"("\ud800\uZZZZ")", "syntax");
  expectEverywhere(R"("\ud800\u")", "syntax");
  expectEverywhere(R"("\ud800\udc0")", "syntax");
  expectEverywhere(R"("\ud800\x")", "syntax");
  EXPECT_EQ(readBack(R"({"\ud800":1})"), "{\"\uFFFD\":1}");
  EXPECT_EQ(readBack(R"({"\ud800":1,"\udc00":2})"), "{\"\uFFFD\":2}");
  EXPECT_EQ(interner_.size(), 0u);
}

TEST_F(JsonReading, RefusesInvalidUtf8) {
  for (const char* bytes : {
           "\x80",
           "\xBF",
           "\xFE",
           "\xFF",
           "\xC0\x80",
           "\xC1\xBF",
           "\xC3",
           "\xC3(",
           "\xE0\x80\x80",
           "\xE0\x9F\xBF",
           "\xE2\x82",
           "\xE2(\xA1",
           "\xE2\x82(",
           "\xED\xA0\x80",
           "\xED\xBF\xBF",
           "\xED\xA0\xBD\xED\xB8\x80",
           "\xF0\x80\x80\x80",
           "\xF0\x8F\xBF\xBF",
           "\xF0\x9F\x98",
           "\xF0(\x8C\xBC",
           "\xF0\x90(\xBC",
           "\xF0\x90\x8C(",
           "\xF4\x90\x80\x80",
           "\xF5\x80\x80\x80",
           "\xF8\x88\x80\x80\x80",
           "\xFC\x84\x80\x80\x80\x80",
           "\xC3\xA9\xA9",
       }) {
    expectEverywhere("\"" + std::string(bytes) + "\"", "utf8");
    expectEverywhere("\"abc" + std::string(bytes) + "abc\"", "utf8");
    EXPECT_EQ(readBack("{\"" + std::string(bytes) + "\":1}"), "utf8");
    EXPECT_EQ(readBack("[1," + std::string(bytes) + "]"), "utf8");
    EXPECT_EQ(readBack("[1]" + std::string(bytes)), "utf8");
    EXPECT_EQ(readBack(bytes), "utf8");
  }
  expectEverywhere("\"\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xF0\x90\x80\x80\"",
                   "\"\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xF0\x90\x80\x80\"");
}

TEST_F(JsonReading, DoesNotReadACutCharacterTogetherWithThePadding) {
  // The bytes behind the text would make it whole.
  const std::string padded = "\"\xF0\x9F" + std::string(JsonReader::kPadding, '\x98');
  ValueTree out(&interner_);
  EXPECT_EQ(reader_.readPadded({padded.data(), 3}, kDepth, out), JsonError::kInvalidUtf8);
}

TEST_F(JsonReading, IgnoresWhatThePaddingHolds) {
  for (const char padding : {'}', ']', '"', ',', ':', '1', '[', '{', '\0', ' ', '\\', '\xFF'}) {
    const auto read = [&](std::string_view json) {
      const std::string padded = std::string(json) + std::string(JsonReader::kPadding, padding);
      ValueTree out(&interner_);
      const bool isFine =
          reader_.readPadded({padded.data(), json.size()}, kDepth, out) == JsonError::kNone;
      return isFine ? canonical(out) : std::string("error");
    };
    EXPECT_EQ(read("[1]"), "[1]") << padding;
    EXPECT_EQ(read("{\"a\":1}"), "{\"a\":1}") << padding;
    EXPECT_EQ(read("1"), "1") << padding;
    EXPECT_EQ(read("true"), "true") << padding;
    EXPECT_EQ(read("\"a\""), "\"a\"") << padding;
    for (const char* cut : {"[[1]", "[{\"a\":1]", "{\"a\":{}", "{\"a\":[1}", "[1", "{\"a\":1",
                            "\"a", "\"a\\", "[[]", "{\"a\":[]", "[\"a\\\"]", "tru", "-", "1."}) {
      EXPECT_EQ(read(cut), "error") << cut << ' ' << padding;
    }
  }
}

TEST_F(JsonReading, CountsDepth) {
  EXPECT_EQ(readBack("1", 0), "1");
  EXPECT_EQ(readBack("[]", 0), "deep");
  EXPECT_EQ(readBack("{}", 0), "deep");
  EXPECT_EQ(readBack("[]", 1), "[]");
  EXPECT_EQ(readBack("[1]", 1), "[1]");
  EXPECT_EQ(readBack("[[]]", 1), "deep");
  EXPECT_EQ(readBack("[{\"a\":[]}]", 2), "deep");
  EXPECT_EQ(readBack("[{\"a\":[]}]", 3), "[{\"a\":[]}]");
  const auto nested = [](size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_EQ(readBack(nested(64), 64), nested(64));
  EXPECT_EQ(readBack(nested(65), 64), "deep");
  EXPECT_EQ(readBack("[" + nested(63) + "," + nested(63) + "]", 64),
            "[" + nested(63) + "," + nested(63) + "]");
}

TEST_F(JsonReading, SurvivesHostileNesting) {
  for (const size_t depth : {999u, 1'001u, 100'000u, 1'000'000u}) {
    EXPECT_EQ(readBack(std::string(depth, '['), 64), "syntax");
    EXPECT_EQ(readBack(std::string(depth, '[') + std::string(depth, ']'), 64), "deep");
    EXPECT_EQ(readBack(std::string(depth, '[') + std::string(depth, ']'), UINT32_MAX) == "deep",
              depth > 1'000);
    std::string objects;
    for (size_t i = 0; i < depth; ++i) objects += "{\"a\":";
    EXPECT_EQ(readBack(objects + "1" + std::string(depth, '}'), 64), "deep");
  }
  EXPECT_EQ(interner_.size(), 0u);
}

TEST_F(JsonReading, ReadsNumbersExactly) {
  expectEverywhere("9007199254740993", "9007199254740992");
  expectEverywhere("9007199254740992.99999999999", "9007199254740992");
  expectEverywhere("12345678901234567890", "12345678901234567000");
  expectEverywhere("18446744073709551616", "18446744073709552000");
  expectEverywhere("-9223372036854775809", "-9223372036854776000");
  expectEverywhere("1e23", "1e+23");
  expectEverywhere("4.9e-324", "5e-324");
  expectEverywhere("2.4e-324", "0");
  expectEverywhere("-1e-400", "0");
  expectEverywhere("2.2250738585072011e-308", "2.225073858507201e-308");
  expectEverywhere("1.7976931348623158e308", "1.7976931348623157e+308");
  expectEverywhere("0e999", "0");
  expectEverywhere("0.0e-999", "0");
  expectEverywhere("1e0000000000000000000000000000003", "1000");
  expectEverywhere("1e-0000000000000000000000000000003", "0.001");
  expectEverywhere("1e-99999999999999999999999999", "0");
  expectEverywhere("0e99999999999999999999999999", "0");
}

TEST_F(JsonReading, RefusesNumbersBeyondTheRange) {
  for (const char* json :
       {"1e309", "-1e309", "1e999", "1.7976931348623159e308", "1e99999999999999999999",
        "1e9223372036854775807", "1e18446744073709551617", "123e1000000"}) {
    expectEverywhere(json, "range");
  }
  expectEverywhere(std::string(400, '9'), "range");
}

TEST_F(JsonReading, ReadsNumbersOfManyDigits) {
  expectEverywhere("1" + std::string(308, '0'), "1e+308");
  expectEverywhere("0." + std::string(2'000, '0') + "1", "0");
  expectEverywhere("0." + std::string(2'000, '0') + "1e2001", "1");
  expectEverywhere("1" + std::string(2'000, '0') + "e-2000", "1");
  expectEverywhere("1." + std::string(5'000, '0'), "1");
  // A hair above the middle between 2^53 and its neighbour, told by digit 1,000.
  expectEverywhere("9007199254740993." + std::string(1'000, '0') + "1", "9007199254740994");
  expectEverywhere("9007199254740993." + std::string(1'000, '0'), "9007199254740992");
}

TEST_F(JsonReading, ReadsRandomNumbersAsStrtodDoes) {
  std::mt19937_64 random(11);
  for (int i = 0; i < rounds(20'000); ++i) {
    std::string text = random() % 2 == 0 ? "-" : "";
    text += std::to_string(random() >> (random() % 64));
    if (random() % 2 == 0) text += "." + std::to_string(random() >> (random() % 64));
    if (random() % 2 == 0) {
      text += "e" + std::to_string(static_cast<int>(random() % 660) - 330);
    }
    const double wanted = std::strtod(text.c_str(), nullptr);
    ValueTree out(&interner_);
    const JsonError error = reader_.read(text, 0, out);
    if (wanted > 1.7976931348623157e308 || wanted < -1.7976931348623157e308) {
      ASSERT_EQ(error, JsonError::kNumberOutOfRange) << text;
    } else {
      ASSERT_EQ(error, JsonError::kNone) << text;
      ASSERT_EQ(out.root()->number, wanted) << text;
    }
  }
}

TEST_F(JsonReading, NeverCrashesOnMutatedTexts) {
  const std::string original =
      R"({"type":"track","event":"A \u00e9 \ud83d\ude00 é","properties":{"a":[1,2.5e3,true,null,"x"],"b":{"c":{}}},"n":-0.5})";
  std::mt19937 random(3);
  constexpr std::string_view kAlphabet = "{}[]\",:\\ue0123456789.-+ntf \n\x80\xFF";
  for (int i = 0; i < rounds(30'000); ++i) {
    std::string text = original;
    for (size_t edits = 1 + random() % 4; edits > 0; --edits) {
      const size_t at = random() % text.size();
      const char character = kAlphabet[random() % kAlphabet.size()];
      switch (random() % 3) {
        case 0:
          text[at] = character;
          break;
        case 1:
          text.insert(at, 1, character);
          break;
        default:
          text.erase(at, 1 + random() % 5);
          break;
      }
      if (text.empty()) text = "x";
    }
    const std::string first = readBack(text);
    // What was read must be JSON that reads back as itself.
    if (first[0] == '{') {
      ASSERT_EQ(readBack(first), first) << text;
    }
  }
  EXPECT_EQ(interner_.size(), 0u);
}

}  // namespace
}  // namespace fosterflow
