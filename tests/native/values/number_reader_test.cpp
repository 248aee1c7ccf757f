#include "values/number_reader.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include "rounds.h"
#include "values/double_bits.h"

namespace fosterflow {
namespace {

/// The C library's strtod is the judge: glibc and musl round correctly.
void expectAsStrtod(const std::string& text) {
  const double wanted = std::strtod(text.c_str(), nullptr);
  double number = 77;
  const NumberError error = readJsonNumber(text, number);
  if (std::isinf(wanted)) {
    ASSERT_EQ(error, NumberError::kOutOfRange) << text;
  } else {
    ASSERT_EQ(error, NumberError::kNone) << text;
    ASSERT_EQ(bitsOf(number), bitsOf(wanted)) << text;
  }
}

double randomDouble(std::mt19937_64& random) {
  while (true) {
    const double number = doubleOf(random());
    if (std::isfinite(number)) return number;
  }
}

std::string printed(double number, int digits) {
  char buffer[64];
  std::snprintf(buffer, sizeof(buffer), "%.*e", digits - 1, number);
  return buffer;
}

TEST(NumberReader, ReadsWhatProgramsWrite) {
  std::mt19937_64 random(21);
  for (int i = 0; i < rounds(20'000); ++i) {
    const double number = randomDouble(random);
    for (const int digits : {15, 16, 17, 18, 19, 20, 25}) expectAsStrtod(printed(number, digits));
  }
}

TEST(NumberReader, ReadsDecimalsOfEveryLengthAndPlace) {
  std::mt19937_64 random(22);
  for (int i = 0; i < rounds(50'000); ++i) {
    std::string text = std::to_string(random() >> (random() % 64));
    if (random() % 4 == 0) text += std::to_string(random());
    const size_t decimals = random() % 45;
    while (text.size() <= decimals) text.insert(0, "0");
    if (decimals > 0) text.insert(text.size() - decimals, ".");
    if (text[0] == '.' || (text.size() > 1 && text[0] == '0' && text[1] != '.')) continue;
    if (random() % 2 == 0) text += "e" + std::to_string(static_cast<int>(random() % 60) - 30);
    expectAsStrtod(text);
  }
}

TEST(NumberReader, RoundsMiddlesToEven) {
  // The middle of two doubles in all its digits, cut off at several places and with a hair added.
  std::mt19937_64 random(23);
  for (int i = 0; i < rounds(1'000); ++i) {
    double lower = std::abs(randomDouble(random));
    if (i % 4 == 0) lower = doubleOf(random() >> (12 + random() % 50));  // a subnormal
    const double upper = std::nextafter(lower, HUGE_VAL);
    if (std::isinf(upper)) continue;
    const long double middle =
        (static_cast<long double>(lower) + static_cast<long double>(upper)) / 2;
    char buffer[1'024];
    std::snprintf(buffer, sizeof(buffer), "%.780Le", middle);
    const std::string text = buffer;
    const size_t exponent = text.find('e');
    expectAsStrtod(text);
    for (const size_t cut : {20u, 40u, 200u, 700u, 760u, 769u, 770u, 771u, 775u}) {
      expectAsStrtod(text.substr(0, cut) + text.substr(exponent));
    }
    expectAsStrtod(text.substr(0, exponent) + "1" + text.substr(exponent));
    expectAsStrtod(text.substr(0, exponent) + std::string(300, '0') + "1" + text.substr(exponent));
    expectAsStrtod(text.substr(0, exponent) + std::string(300, '0') + text.substr(exponent));
  }
}

TEST(NumberReader, RoundsAtTheEndsOfTheRange) {
  for (const char* text : {"1.7976931348623157e308",
                           "1.7976931348623158e308",
                           "1.7976931348623159e308",
                           "1.797693134862315807e308",
                           "1.797693134862315808e308",
                           "179769313486231580793e289",
                           "1e308",
                           "9e308",
                           "1e309",
                           "1e310",
                           "1e311",
                           "0.00001e313",
                           "0.00001e315",
                           "4.9e-324",
                           "2.5e-324",
                           "2.4703282292062327e-324",
                           "2.4703282292062328e-324",
                           "2.470328229206232720882843964e-324",
                           "2.470328229206232720882843965e-324",
                           "2.4e-324",
                           "1e-324",
                           "1e-325",
                           "1e-326",
                           "1000000e-331",
                           "2.2250738585072014e-308",
                           "2.2250738585072011e-308",
                           "2.2250738585072012e-308",
                           "6.8e-318",
                           "9007199254740993",
                           "9007199254740993e22",
                           "9007199254740991e22",
                           "9007199254740992e-22",
                           "18446744073709551615",
                           "18446744073709551616",
                           "9999999999999999999",
                           "9999999999999999999e-27",
                           "9999999999999999999e-28",
                           "1e-27",
                           "3e-28",
                           "0",

                           "0.0",
                           "0.000e5",
                           "0e400",
                           "1e23",
                           "8.5e22",
                           "89255.0e-22",
                           "104110013277974872254e-225"}) {
    expectAsStrtod(text);
    expectAsStrtod(std::string("-") + text);
  }
}

TEST(NumberReader, BalancesZerosWithExponents) {
  for (const size_t zeros : {1u, 30u, 400u, 800u, 70'000u, 700'000u}) {
    double number = 0;
    const std::string exponent = std::to_string(zeros + 1);
    ASSERT_EQ(readJsonNumber("0." + std::string(zeros, '0') + "25e" + exponent, number),
              NumberError::kNone);
    EXPECT_EQ(number, 2.5);
    ASSERT_EQ(readJsonNumber("25" + std::string(zeros, '0') + "e-" + exponent, number),
              NumberError::kNone);
    EXPECT_EQ(number, 2.5);
    ASSERT_EQ(readJsonNumber("2." + std::string(zeros, '0'), number), NumberError::kNone);
    EXPECT_EQ(number, 2);
  }
}

TEST(NumberReader, AllowsSpacesBehindOnly) {
  double number = 0;
  EXPECT_EQ(readJsonNumber("1.5 \t\r\n", number), NumberError::kNone);
  EXPECT_EQ(number, 1.5);
  for (const char* text :
       {"", " ", " 1", "1 2", "1\f", "- 1", "-", "1.", "1. 5", "1e 5", "e5", "."}) {
    EXPECT_EQ(readJsonNumber(text, number), NumberError::kSyntax) << text;
  }
  EXPECT_EQ(readJsonNumber(std::string_view("1\0", 2), number), NumberError::kSyntax);
  EXPECT_EQ(number, 1.5);
}

}  // namespace
}  // namespace fosterflow
