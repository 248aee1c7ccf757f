#include "snapshot/column.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "snapshot/byte_stream.h"
#include "snapshot/decimal.h"
#include "snapshot/message_id.h"

namespace fosterflow {

namespace {

TEST(Columns, HoldNumbersOfAnySize) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 2'000; ++round) {
    std::vector<int64_t> numbers;
    for (uint64_t count = 1 + random() % 130; count > 0; --count) {
      const int64_t size = int64_t{1} << random() % static_cast<uint64_t>(round % 55 + 1);
      numbers.push_back(static_cast<int64_t>(random() % static_cast<uint64_t>(size)) - size / 3);
    }
    std::string bytes;
    BitWriter writer(&bytes);
    writeColumn(writer, numbers);
    writer.write(5, 3);
    writer.finish();
    const size_t length = bytes.size();
    bytes.append(BitReader::kPadding, '\xFF');
    BitReader reader(bytes.data(), bytes.data() + length);
    ColumnReader column(&reader, numbers.size());
    for (const int64_t number : numbers) ASSERT_EQ(column.next(), number);
    EXPECT_EQ(reader.read(3), 5U);
    EXPECT_TRUE(reader.isAtEnd());
    EXPECT_FALSE(reader.failed());
    reader.read(8);
    EXPECT_TRUE(reader.failed());
  }
}

TEST(Columns, AFewLargeNumbersDoNotMakeTheSmallOnesLarge) {
  std::vector<int64_t> numbers(128, 3);
  numbers[0] = 0;
  numbers[64] = int64_t{1} << 50;
  std::string bytes;
  BitWriter writer(&bytes);
  writeColumn(writer, numbers);
  writer.finish();
  EXPECT_LT(bytes.size(), 60U);
}

TEST(Decimals, AreExactOrNone) {
  Decimal decimal;
  for (const double number : {0.0, 1.0, -1.5, 19.99, 0.1, 123'456.789, 9'007'199'254'740'992.0}) {
    ASSERT_TRUE(decimalOf(number, decimal)) << number;
    EXPECT_EQ(numberOf(decimal), number);
  }
  ASSERT_TRUE(decimalOf(19.99, decimal));
  EXPECT_EQ(decimal.digits, 1'999);
  EXPECT_EQ(decimal.scale, 2U);
  for (const double number : {1e300, 5e-324, 0.1234567, M_PI, 1e16}) {
    EXPECT_FALSE(decimalOf(number, decimal)) << number;
  }
  ASSERT_TRUE(decimalOf(-0.0, decimal));
  EXPECT_FALSE(std::signbit(numberOf(decimal)));
}

TEST(Stems, AreTextsWithoutTheirNumbers) {
  const auto split = [](std::string_view text) {
    const Stemmed stemmed = stemmedOf(text);
    std::string again;
    appendStemmed(again, stemmed);
    EXPECT_EQ(again, text);
    return std::string(stemmed.stem) + "|" + std::to_string(stemmed.number);
  };
  EXPECT_EQ(split("SKU-123"), "SKU-|124");
  EXPECT_EQ(split("m007"), "m00|8");
  EXPECT_EQ(split("m0"), "m0|0");
  EXPECT_EQ(split(""), "|0");
  EXPECT_EQ(split("12"), "|13");
  EXPECT_EQ(split("12345678901234567890"), "12345|678901234567891");
  EXPECT_EQ(split("x9000000000000000"), "x9000000000000000|0");
}

TEST(Uuids, AreReadInTheirOneSpelling) {
  Uuid uuid;
  constexpr std::string_view kText = "01234567-89ab-4cde-8f01-23456789abcd";
  ASSERT_TRUE(readUuid(kText, uuid));
  EXPECT_TRUE(uuid.isRandom());
  char text[36];
  writeUuid(uuid, text);
  EXPECT_EQ(std::string_view(text, 36), kText);
  for (const std::string_view other :
       {"01234567-89AB-4cde-8f01-23456789abcd", "01234567089ab-4cde-8f01-23456789abcd",
        "01234567-89ab-4cde-8f01-23456789abc", "0123456g-89ab-4cde-8f01-23456789abcd"}) {
    EXPECT_FALSE(readUuid(other, uuid)) << other;
  }
}

TEST(Bytes, ThatAreNoUtf8AreSeen) {
  for (const std::string_view text : {"", "a", "é", "\xEF\xBF\xBF", "\xF0\x9F\x98\x80"}) {
    EXPECT_TRUE(isUtf8(text));
  }
  for (const std::string_view text :
       {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80", "\xE0\x9F\xBF",
        "\xF8\x88\x80\x80\x80", "\xC3"}) {
    EXPECT_FALSE(isUtf8(text));
  }
}

TEST(Bytes, HoldSignedNumbers) {
  for (const int64_t number :
       {int64_t{0}, int64_t{-1}, int64_t{63}, int64_t{-64}, INT64_MAX, INT64_MIN}) {
    std::string bytes;
    appendSignedVarint(bytes, number);
    ByteReader reader(bytes.data(), bytes.data() + bytes.size());
    EXPECT_EQ(reader.signedVarint(), number);
    EXPECT_EQ(reader.left(), 0U);
    EXPECT_FALSE(reader.failed());
  }
  const std::string endless(11, '\xFF');
  ByteReader reader(endless.data(), endless.data() + endless.size());
  reader.varint();
  EXPECT_TRUE(reader.failed());
}

}  // namespace

}  // namespace fosterflow
