#include "values/sha256.h"

#include <gtest/gtest.h>

namespace fosterflow {
namespace {

TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(sha256Hex("", 64), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256Hex("abc", 64),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 64),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256Hex("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
                      "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                      64),
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(sha256Hex(std::string(1'000'000, 'a'), 64),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PadsTextsOfEveryLengthAroundABlock) {
  // A chain over all lengths: any slip in the padding changes the end. Checked with Python's
  // hashlib.
  std::string chain;
  for (size_t length = 0; length <= 130; ++length) {
    chain = sha256Hex(chain + std::string(length, 'x'), 64);
  }
  EXPECT_EQ(chain, "aa78c164dabd63d46f7221d2f3cb37042d72f34c07a7b21f1df436f858ea0e6b");
}

TEST(Sha256, CutsToTheDigitsAskedFor) {
  EXPECT_EQ(sha256Hex("abc", 16), "ba7816bf8f01cfea");
  EXPECT_EQ(sha256Hex("abc", 1), "b");
  EXPECT_EQ(sha256Hex("abc", 0), "");
  EXPECT_EQ(sha256Hex("abc", 100).size(), 64u);
  EXPECT_EQ(sha256("abc")[0], 0xBA);
  EXPECT_EQ(sha256("abc")[31], 0xAD);
}

}  // namespace
}  // namespace fosterflow
