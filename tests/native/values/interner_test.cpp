#include "values/interner.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

#include "rounds.h"

namespace fosterflow {
namespace {

TEST(Interner, GivesEqualTextsOneSymbol) {
  Interner interner;
  const Symbol first = interner.intern("price");
  const Symbol second = interner.intern(std::string("pri") + "ce");
  EXPECT_EQ(first, second);
  EXPECT_NE(first, kNoSymbol);
  EXPECT_NE(first, interner.intern("Price"));
  EXPECT_EQ(interner.size(), 2u);
}

TEST(Interner, KnowsTheEmptyTextAndTextsWithZeros) {
  Interner interner;
  const Symbol empty = interner.intern("");
  EXPECT_NE(empty, kNoSymbol);
  EXPECT_EQ(interner.text(empty), "");
  const std::string withZero("a\0b", 3);
  const Symbol zero = interner.intern(withZero);
  EXPECT_NE(zero, interner.intern("a"));
  EXPECT_EQ(interner.text(zero), withZero);
}

TEST(Interner, FindsWithoutAddingAReference) {
  Interner interner;
  EXPECT_EQ(interner.find("x"), kNoSymbol);
  const Symbol symbol = interner.intern("x");
  EXPECT_EQ(interner.find("x"), symbol);
  interner.release(symbol);
  EXPECT_EQ(interner.find("x"), kNoSymbol);
  EXPECT_EQ(interner.size(), 0u);
}

TEST(Interner, KeepsATextUntilTheLastReferenceIsBack) {
  Interner interner;
  const Symbol symbol = interner.intern("x");
  interner.retain(symbol);
  interner.release(symbol);
  EXPECT_EQ(interner.text(symbol), "x");
  interner.release(symbol);
  EXPECT_EQ(interner.size(), 0u);
}

TEST(Interner, IgnoresNoSymbol) {
  Interner interner;
  interner.retain(kNoSymbol);
  interner.release(kNoSymbol);
  EXPECT_EQ(interner.text(kNoSymbol), "");
  EXPECT_EQ(interner.size(), 0u);
}

TEST(Interner, UsesFreedSymbolsAgain) {
  Interner interner;
  const Symbol first = interner.intern("first");
  interner.release(first);
  EXPECT_EQ(interner.intern("second"), first);
  EXPECT_EQ(interner.text(first), "second");
}

TEST(Interner, TellsTextsOfEveryLengthApart) {
  Interner interner;
  std::map<std::string, Symbol> symbols;
  for (size_t length = 0; length < 40; ++length) {
    for (size_t changed = 0; changed <= length; ++changed) {
      std::string text(length, 'a');
      if (changed < length) text[changed] = 'b';
      const Symbol symbol = interner.intern(text);
      const auto [entry, isNew] = symbols.emplace(text, symbol);
      EXPECT_EQ(entry->second, symbol) << text;
    }
  }
  EXPECT_EQ(interner.size(), symbols.size());
}

TEST(Interner, AgreesWithAMapUnderRandomUse) {
  Interner interner;
  std::map<std::string, std::pair<Symbol, int>> model;
  std::mt19937 random(7);
  for (int step = 0; step < rounds(50'000); ++step) {
    const std::string text = "text-" + std::to_string(random() % 2'000);
    const auto entry = model.find(text);
    if (random() % 2 == 0) {
      const Symbol symbol = interner.intern(text);
      if (entry != model.end()) {
        ASSERT_EQ(symbol, entry->second.first);
        ++entry->second.second;
      } else {
        model[text] = {symbol, 1};
      }
    } else if (entry != model.end()) {
      ASSERT_EQ(interner.find(text), entry->second.first);
      ASSERT_EQ(interner.text(entry->second.first), text);
      interner.release(entry->second.first);
      if (--entry->second.second == 0) model.erase(entry);
    } else {
      ASSERT_EQ(interner.find(text), kNoSymbol);
    }
    ASSERT_EQ(interner.size(), model.size());
  }
}

}  // namespace
}  // namespace fosterflow
