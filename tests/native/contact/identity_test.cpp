#include "contact/identity.h"

#include <gtest/gtest.h>

namespace fosterflow {

namespace {

class Identities : public testing::Test {
 protected:
  ~Identities() override {
    for (const Symbol symbol : symbols_) interner_.release(symbol);
  }

  Symbol symbol(std::string_view text) {
    symbols_.push_back(interner_.intern(text));
    return symbols_.back();
  }

  std::string_view idOf(const Identity& identity) { return interner_.text(identity.id()); }

  Interner interner_;
  std::vector<Symbol> symbols_;
};

TEST_F(Identities, TheIdIsTheSmallestThatIsNoPreviousId) {
  Identity identity(&interner_, symbol("m"));
  EXPECT_EQ(idOf(identity), "m");
  identity.join(symbol("a"), symbol("m"));
  EXPECT_EQ(idOf(identity), "m");
  identity.join(symbol("z"), symbol("b"));
  identity.join(symbol("z"), symbol("m"));
  EXPECT_EQ(idOf(identity), "b");
  identity.join(symbol("b"), symbol("m"));
  EXPECT_EQ(idOf(identity), "m");
}

TEST_F(Identities, OfPreviousIdsAloneTheSmallest) {
  Identity identity(&interner_, symbol("y"));
  identity.join(symbol("x"), symbol("y"));
  identity.join(symbol("y"), symbol("x"));
  EXPECT_EQ(idOf(identity), "x");
}

TEST_F(Identities, AnIdJoinedToItselfIsNoPreviousId) {
  Identity identity(&interner_, symbol("a"));
  identity.join(symbol("a"), symbol("a"));
  identity.join(symbol("c"), symbol("b"));
  identity.join(symbol("c"), symbol("a"));
  EXPECT_EQ(idOf(identity), "a");
}

TEST_F(Identities, IdsAreOrderedByCodePoint) {
  Identity identity(&interner_, symbol("\xF0\x9F\x98\x80"));
  identity.join(symbol("p"), symbol("\xEF\xBD\x9E"));
  identity.join(symbol("p"), symbol("\xF0\x9F\x98\x80"));
  EXPECT_EQ(idOf(identity), "\xEF\xBD\x9E");
}

TEST_F(Identities, EachIdGoesOnCounting) {
  Identity identity(&interner_, symbol("a"));
  EXPECT_EQ(identity.nextSequence(symbol("a")), 1U);
  EXPECT_EQ(identity.nextSequence(symbol("a")), 2U);
  Identity other(&interner_, symbol("b"));
  EXPECT_EQ(other.nextSequence(symbol("b")), 1U);
  identity.absorb(other);
  identity.join(symbol("a"), symbol("b"));
  EXPECT_EQ(identity.nextSequence(symbol("b")), 2U);
  EXPECT_EQ(identity.nextSequence(symbol("a")), 3U);
  EXPECT_TRUE(identity.contains(symbol("b")));
  EXPECT_FALSE(identity.contains(symbol("c")));
}

}  // namespace

}  // namespace fosterflow
