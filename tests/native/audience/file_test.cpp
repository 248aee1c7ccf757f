#include <gtest/gtest.h>

#include <cstring>

#include "audience/file_checksum.h"
#include "audiences.h"
#include "rounds.h"

namespace fosterflow {
namespace {

class FileTest : public Audiences {
 protected:
  void fill() {
    Texts lines;
    for (int number = 0; number < 12; ++number) {
      const std::string contact = "c" + std::to_string(number % 5);
      lines.push_back(track(number * 700,
                            R"(,"messageId":"m)" + std::to_string(number) +
                                R"(","properties":{"n":)" + std::to_string(number) +
                                R"(.5,"t":"b","o":{"deep":2,"list":[1,null,"x"]}})",
                            contact));
    }
    lines.push_back(identify(5, R"({"plan":"pro","address":{"city":"Austin"}})", "c1"));
    lines.push_back(alias("c0", "c3"));
    lines.push_back(
        R"({"type":"channel","userId":"c2","channel":"email","reachable":true,"timestamp":1})");
    load(lines);
  }
};

TEST_F(FileTest, OpensAsItWas) {
  fill();
  const std::string bytes = saved();
  ASSERT_EQ(open(bytes), AudienceFile::Fault::kNone);
  expectSameForAll();
  EXPECT_EQ(saved(), bytes);
  append({track(1, "", "c0"), alias("c4", "c1"), identify(9, R"({"plan":"free"})", "c1")});
  expectSameForAll();
}

TEST_F(FileTest, OpensEmpty) {
  const std::string bytes = saved();
  EXPECT_EQ(open(bytes), AudienceFile::Fault::kNone);
  EXPECT_EQ(audience_->store().contactCount(), 0U);
}

TEST_F(FileTest, RefusesWhatIsDamaged) {
  fill();
  const std::string bytes = saved();
  for (size_t length = 0; length < bytes.size(); length += 3) {
    EXPECT_NE(open(bytes.substr(0, length)), AudienceFile::Fault::kNone) << length;
  }
  for (size_t place = 0; place < bytes.size(); ++place) {
    std::string damaged = bytes;
    damaged[place] = static_cast<char>(damaged[place] ^ 0x10);
    EXPECT_NE(open(damaged), AudienceFile::Fault::kNone) << place;
  }
  EXPECT_NE(open(bytes + std::string(8, '\0')), AudienceFile::Fault::kNone);
}

TEST_F(FileTest, RefusesAnotherVersion) {
  std::string bytes = saved();
  bytes[AudienceFile::kMagic.size()] = 2;
  EXPECT_EQ(open(bytes), AudienceFile::Fault::kVersion);
}

// Bytes that somebody made up, with a checksum that is right: refused, or opened and asked without
// harm, which the sanitizers watch over.
TEST_F(FileTest, SurvivesWhatIsMadeUp) {
  fill();
  const std::string bytes = saved();
  size_t opened = 0;
  for (size_t place = 16; place + 8 < bytes.size(); place += kSlowness) {
    for (const int change : {0x01, 0x80, 0xFF}) {
      std::string forged = bytes.substr(0, bytes.size() - 8);
      forged[place] = static_cast<char>(forged[place] ^ change);
      FileChecksum sum;
      sum.add(forged);
      const uint64_t value = sum.value();
      forged.append(reinterpret_cast<const char*>(&value), sizeof(value));
      if (open(forged) != AudienceFile::Fault::kNone) continue;
      ++opened;
      if (opened % 16 != 0) continue;
      for (const std::string_view when : kConditions) membersOf(when, 10'000);
      append({track(1, "", "c0"), alias("c4", "c1")});
      audience_->store().compact();
      membersOf(kConditions[0], 10'000);
    }
  }
  EXPECT_GT(opened, static_cast<size_t>(rounds(16)));
}

}  // namespace
}  // namespace fosterflow
