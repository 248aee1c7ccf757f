#include "values/canonical_json.h"

#include <gtest/gtest.h>

#include "values/json_fixture.h"

namespace fosterflow {
namespace {

class CanonicalJson : public JsonFixture {};

TEST_F(CanonicalJson, DropsSpacesAndSortsKeys) {
  EXPECT_EQ(readBack(R"( { "b" : [ 1 , { "d" : null , "c" : true } ] , "a" : "x" } )"),
            R"({"a":"x","b":[1,{"c":true,"d":null}]})");
  EXPECT_EQ(readBack("[ ]"), "[]");
  EXPECT_EQ(readBack("{ }"), "{}");
}

TEST_F(CanonicalJson, SortsKeysByCodePoint) {
  // RFC 8785 sorts by UTF-16 unit, which would put U+FB33 last.
  EXPECT_EQ(
      readBack(R"({"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7})"),
      "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"ö\":7,\"€\":1,\"\xEF\xAC\xB3\":3,\"😀\":5}");
  EXPECT_EQ(readBack(R"({"ab":1,"a":2,"":3,"b":4,"aa":5})"), R"({"":3,"a":2,"aa":5,"ab":1,"b":4})");
}

TEST_F(CanonicalJson, WritesAnAbsentValueAsNull) {
  std::string text;
  appendCanonicalJson(text, nullptr, interner_);
  EXPECT_EQ(text, "null");
}

TEST_F(CanonicalJson, EscapesOnlyWhatItMust) {
  std::string text;
  std::string controls;
  for (char character = 0; character < 0x20; ++character) controls.push_back(character);
  appendJsonText(text, controls);
  EXPECT_EQ(
      text,
      R"("\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f)"
      R"(\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d)"
      R"(\u001e\u001f")");
  text.clear();
  appendJsonText(text, "\"\\/\x7F\u2028é😀<>&'");
  EXPECT_EQ(text, "\"\\\"\\\\/\x7F\u2028é😀<>&'\"");
}

TEST_F(CanonicalJson, ReadsBackAsItself) {
  // The example of RFC 8785, section 3.2.2, with its keys in the same order by either rule.
  const std::string canonicalText = readBack(
      R"({"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
          "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
          "literals":[null,true,false]})");
  EXPECT_EQ(canonicalText,
            "{\"literals\":[null,true,false],"
            "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  EXPECT_EQ(readBack(canonicalText), canonicalText);
}

}  // namespace
}  // namespace fosterflow
