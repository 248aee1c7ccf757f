#include <gtest/gtest.h>

#include <chrono>
#include <cstring>
#include <random>

#include "rounds.h"
#include "snapshot/checksum.h"
#include "snapshot/snapshots.h"

namespace fosterflow {

namespace {

class Damage : public Snapshots {
 protected:
  std::string whole(size_t step = 1) {
    const auto one = contact();
    one->advanceTo(149'500, deltas_);
    const Texts lines = everything();
    for (size_t index = 0; index < lines.size(); index += step) apply(*one, lines[index]);
    apply(*one, alias("v", "u"));
    std::string bytes = snapshotOf(*one);
    deltas_.clear();
    return bytes;
  }

  /// As a forger would: lengths and checksum are right again.
  static void seal(std::string& bytes, size_t dataBytes) {
    const auto length = static_cast<uint32_t>(dataBytes);
    const auto rest = static_cast<uint32_t>(bytes.size() - kSnapshotHeaderBytes - dataBytes);
    std::memcpy(&bytes[8], &length, sizeof(length));
    std::memcpy(&bytes[12], &rest, sizeof(rest));
    const std::string_view all(bytes);
    const uint64_t checksum =
        checksum64(all.substr(kSnapshotHeaderBytes), checksum64(all.substr(0, 16), 0));
    std::memcpy(&bytes[16], &checksum, sizeof(checksum));
  }

  /// Opened or refused; if opened, it answers everything.
  bool survives(const std::string& bytes) {
    const auto opened = open(bytes, {});
    if (opened == nullptr) {
      EXPECT_NE(fault_.error, SnapshotError::kNone);
      EXPECT_LE(fault_.place, bytes.size());
      return false;
    }
    opened->wake(deltas_);
    opened->advanceTo(1'000'000, deltas_);
    snapshotOf(*opened);
    deltas_.clear();
    return true;
  }
};

TEST_F(Damage, OfAnyByteIsSeen) {
  const std::string bytes = whole();
  ASSERT_NE(open(bytes), nullptr);
  deltas_.clear();
  const size_t texts = interner_.size();
  for (size_t place = 0; place < bytes.size(); ++place) {
    std::string damaged = bytes;
    damaged[place] = static_cast<char>(damaged[place] ^ (1 << place % 8));
    ASSERT_EQ(open(damaged), nullptr) << place;
    ASSERT_EQ(fault_.error, place == 4 ? SnapshotError::kVersion : SnapshotError::kDamaged);
  }
  EXPECT_EQ(interner_.size(), texts);
  EXPECT_TRUE(deltas_.empty());
}

TEST_F(Damage, OfTheEndIsSeen) {
  const std::string bytes = whole();
  for (size_t length = 0; length < bytes.size(); ++length) {
    ASSERT_EQ(open(bytes.substr(0, length)), nullptr) << length;
    ASSERT_EQ(fault_.error, SnapshotError::kDamaged);
  }
  EXPECT_EQ(open(bytes + '\0'), nullptr);
}

TEST_F(Damage, OfAnyByteUnderARightChecksumIsSurvived) {
  const std::string bytes = whole(5);
  const size_t dataBytes = dataOf(bytes).size();
  size_t opened = 0;
  for (size_t place = kSnapshotHeaderBytes; place < bytes.size(); place += kSlowness) {
    std::string damaged = bytes;
    damaged[place] = static_cast<char>(damaged[place] ^ (1 << place * 5 % 8));
    seal(damaged, dataBytes);
    if (survives(damaged)) ++opened;
  }
  EXPECT_GT(opened, static_cast<size_t>(rounds(100))) << "a digit of a number may be another";
}

TEST_F(Damage, OfRandomPlacesUnderARightChecksumIsSurvived) {
  const std::string bytes = whole();
  const size_t dataBytes = dataOf(bytes).size();
  std::mt19937 random(17);
  for (int round = 0; round < 3'000; ++round) {
    std::string damaged = bytes;
    size_t length = dataBytes;
    for (size_t count = random() % 5; count < 5; ++count) {
      const size_t place =
          kSnapshotHeaderBytes + random() % (damaged.size() - kSnapshotHeaderBytes);
      switch (random() % 4) {
        case 0:
          damaged[place] = static_cast<char>(random());
          break;
        case 1:
          damaged[place] = random() % 2 == 0 ? '\xFF' : '\0';
          break;
        case 2: {
          const size_t gone = std::min<size_t>(1 + random() % 9, damaged.size() - place);
          damaged.erase(place, gone);
          break;
        }
        default:
          damaged.insert(place,
                         damaged.substr(kSnapshotHeaderBytes + random() % 2'000, random() % 30));
          break;
      }
    }
    const size_t sections = damaged.size() - kSnapshotHeaderBytes;
    if (random() % 2 == 0) length = length + sections + kSnapshotHeaderBytes - bytes.size();
    seal(damaged, std::min(length, sections));
    survives(damaged);
  }
}

TEST_F(Damage, OfNothingButNoise) {
  std::mt19937 random(19);
  for (int round = 0; round < 3'000; ++round) {
    std::string bytes(kSnapshotHeaderBytes, '\0');
    std::memcpy(&bytes[0], "FFSN\1", 5);
    for (size_t count = random() % 200; count > 0; --count) {
      bytes.push_back(static_cast<char>(random() % 3 == 0 ? random() : random() % 4));
    }
    seal(bytes, random() % (bytes.size() - kSnapshotHeaderBytes + 1));
    survives(bytes);
  }
}

TEST_F(Damage, AFewBytesCannotTakeMuchMemoryOrTime) {
  // Ten thousand equal events of 250 properties and a long array take few bytes, and are no fault;
  // opening only counts what they would take.
  const auto one = contact();
  std::string more = R"(,"properties":{"list":[0)";
  for (int index = 0; index < 5'000; ++index) more += ",0";
  more += "]";
  for (int index = 0; index < 250; ++index) more += ",\"p" + std::to_string(index) + "\":1";
  more += "}";
  apply(*one, track(1, more));
  apply(*one, track(1, more));
  const auto other = open(snapshotOf(*one));
  ASSERT_NE(other, nullptr);
  EXPECT_GT(other->packed()->liveBytes(), 2 * 5'250 * sizeof(ValueNode));
}

}  // namespace

}  // namespace fosterflow
