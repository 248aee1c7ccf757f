#include "values/case_folding.h"

#include <gtest/gtest.h>

namespace fosterflow {
namespace {

TEST(CaseFolding, FoldsLetters) {
  EXPECT_EQ(foldCase('A'), uint32_t{'a'});
  EXPECT_EQ(foldCase('Z'), uint32_t{'z'});
  EXPECT_EQ(foldCase('a'), uint32_t{'a'});
  EXPECT_EQ(foldCase('@'), uint32_t{'@'});
  EXPECT_EQ(foldCase('['), uint32_t{'['});
  EXPECT_EQ(foldCase(0u), 0u);
  EXPECT_EQ(foldCase(0xC0u), 0xE0u);    // À
  EXPECT_EQ(foldCase(0xD7u), 0xD7u);    // ×, between two runs
  EXPECT_EQ(foldCase(0xDEu), 0xFEu);    // Þ
  EXPECT_EQ(foldCase(0xDFu), 0xDFu);    // ß
  EXPECT_EQ(foldCase(0xB5u), 0x3BCu);   // µ, the micro sign
  EXPECT_EQ(foldCase(0x100u), 0x101u);  // Ā, first of a run two apart
  EXPECT_EQ(foldCase(0x101u), 0x101u);
  EXPECT_EQ(foldCase(0x12Eu), 0x12Fu);          // Į, the last of it
  EXPECT_EQ(foldCase(0x130u), 0x130u);          // İ: only in the full and Turkic foldings
  EXPECT_EQ(foldCase(0x131u), 0x131u);          // ı
  EXPECT_EQ(foldCase(0x178u), 0xFFu);           // Ÿ
  EXPECT_EQ(foldCase(0x17Fu), uint32_t{'s'});   // ſ
  EXPECT_EQ(foldCase(0x1C4u), 0x1C6u);          // Ǆ
  EXPECT_EQ(foldCase(0x1C5u), 0x1C6u);          // ǅ
  EXPECT_EQ(foldCase(0x23Au), 0x2C65u);         // Ⱥ
  EXPECT_EQ(foldCase(0x3A3u), 0x3C3u);          // Σ
  EXPECT_EQ(foldCase(0x3C2u), 0x3C3u);          // ς
  EXPECT_EQ(foldCase(0x410u), 0x430u);          // А
  EXPECT_EQ(foldCase(0x1E9Eu), 0xDFu);          // ẞ, status S
  EXPECT_EQ(foldCase(0x1FBCu), 0x1FB3u);        // ᾼ, status S
  EXPECT_EQ(foldCase(0x2126u), 0x3C9u);         // Ω, the ohm sign
  EXPECT_EQ(foldCase(0x212Au), uint32_t{'k'});  // K, the kelvin sign
  EXPECT_EQ(foldCase(0x212Bu), 0xE5u);          // Å, the angstrom sign
  EXPECT_EQ(foldCase(0x2160u), 0x2170u);        // Ⅰ
  EXPECT_EQ(foldCase(0x24B6u), 0x24D0u);        // Ⓐ
  EXPECT_EQ(foldCase(0xFF21u), 0xFF41u);        // Ａ
}

TEST(CaseFolding, FoldsCherokeeToCapitals) {
  EXPECT_EQ(foldCase(0x13A0u), 0x13A0u);
  EXPECT_EQ(foldCase(0xAB70u), 0x13A0u);
  EXPECT_EQ(foldCase(0xABBFu), 0x13EFu);
  EXPECT_EQ(foldCase(0x13F8u), 0x13F0u);
  EXPECT_EQ(foldCase(0x13FDu), 0x13F5u);
}

TEST(CaseFolding, FoldsTheSupplementaryPlane) {
  EXPECT_EQ(foldCase(0x10400u), 0x10428u);  // Deseret
  EXPECT_EQ(foldCase(0x10427u), 0x1044Fu);
  EXPECT_EQ(foldCase(0x10428u), 0x10428u);
  EXPECT_EQ(foldCase(0x1E900u), 0x1E922u);  // Adlam
  EXPECT_EQ(foldCase(0x16EA0u), 0x16EBBu);  // Beria Erfe, new in Unicode 17
  EXPECT_EQ(foldCase(0x1F600u), 0x1F600u);
  EXPECT_EQ(foldCase(0x10000u), 0x10000u);
  EXPECT_EQ(foldCase(0x20041u), 0x20041u);
  EXPECT_EQ(foldCase(0x10FFFFu), 0x10FFFFu);
}

TEST(CaseFolding, CountsAsManyFoldingsAsUnicode17) {
  int foldings = 0;
  for (uint32_t codePoint = 0; codePoint < 0x110000; ++codePoint) {
    const uint32_t folded = foldCase(codePoint);
    if (folded == codePoint) continue;
    ++foldings;
    EXPECT_EQ(foldCase(folded), folded) << codePoint;
    EXPECT_LT(folded, 0x110000u);
    EXPECT_FALSE(folded >= 0xD800 && folded < 0xE000) << codePoint;
  }
  EXPECT_EQ(foldings, 1512);
}

TEST(CaseFolding, FoldsTexts) {
  EXPECT_EQ(foldCase(std::string_view("Straße ÉCOLE Σίσυφος 😀")), "straße école σίσυφοσ 😀");
  EXPECT_EQ(foldCase(std::string_view("STRASSE")), "strasse");
  EXPECT_EQ(foldCase(std::string_view("\u212Aelvin")), "kelvin");
  EXPECT_EQ(foldCase(std::string_view("\u023A")), "\u2C65");  // longer than before
  EXPECT_EQ(foldCase(std::string_view("\U00010400")), "\U00010428");
  EXPECT_EQ(foldCase(std::string_view("")), "");
  EXPECT_EQ(foldCase(std::string_view("a\0B", 3)), std::string("a\0b", 3));
}

TEST(CaseFolding, ComparesTexts) {
  EXPECT_TRUE(equalIgnoringCase("", ""));
  EXPECT_TRUE(equalIgnoringCase("Kelvin", "\u212AELVIN"));
  EXPECT_TRUE(equalIgnoringCase("ΣΊΣΥΦΟΣ", "σίσυφος"));
  EXPECT_TRUE(equalIgnoringCase("\u1E9E", "ß"));
  EXPECT_TRUE(equalIgnoringCase("\u017F", "S"));
  EXPECT_FALSE(equalIgnoringCase("ß", "ss"));
  EXPECT_FALSE(equalIgnoringCase("İ", "i"));
  EXPECT_FALSE(equalIgnoringCase("I", "ı"));
  EXPECT_FALSE(equalIgnoringCase("é", "e\u0301"));
  EXPECT_FALSE(equalIgnoringCase("a", "ab"));
  EXPECT_FALSE(equalIgnoringCase("ab", "a"));
  EXPECT_FALSE(equalIgnoringCase("", "a"));
}

TEST(CaseFolding, StaysInsideBrokenTexts) {
  for (const char* text : {"\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xFF", "\x80", "A\xE2"}) {
    (void)foldCase(std::string_view(text));
    EXPECT_TRUE(equalIgnoringCase(text, text));
  }
}

}  // namespace
}  // namespace fosterflow
