// SPDX-License-Identifier: Apache-2.0
#include "models/config/value_syntax.h"

#include <gtest/gtest.h>

namespace tlmmu::config {
namespace {

TEST(ValueSyntax, sizes_have_binary_units_and_may_have_a_fraction) {
  EXPECT_EQ(parse_bytes("4096"), Bytes(4096));
  EXPECT_EQ(parse_bytes("64KiB"), Bytes(65536));
  EXPECT_EQ(parse_bytes("1.5GiB"), Bytes(1610612736));
  EXPECT_EQ(parse_bytes("1TiB"), Bytes(std::uint64_t{1} << 40U));
}

TEST(ValueSyntax, times_are_exact_to_the_picosecond) {
  EXPECT_EQ(parse_time("13.75ns"), Picoseconds(13750));
  EXPECT_EQ(parse_time("8ms"), milliseconds(8));
  EXPECT_EQ(parse_time("0.5ps"), std::nullopt);
}

TEST(ValueSyntax, frequencies_are_whole_hertz) {
  EXPECT_EQ(parse_hertz("2.4GHz"), 2'400'000'000U);
  EXPECT_EQ(parse_hertz("0.1Hz"), std::nullopt);
}

TEST(ValueSyntax, counts_have_decimal_factors) {
  EXPECT_EQ(parse_count("10M"), 10'000'000U);
  EXPECT_EQ(parse_count("7"), 7U);
}

TEST(ValueSyntax, what_is_no_quantity_is_refused) {
  for (const char* text : {"", ".", "5.", ".5KiB", "-1", "4 KiB", "4kib", "1e3", "KiB", "0x10",
                           "1..5GiB", "99999999999999999999999", "99999999999TiB", "1.1B"}) {
    EXPECT_EQ(parse_bytes(text), std::nullopt) << text;
    EXPECT_EQ(parse_time(text), std::nullopt) << text;
    EXPECT_EQ(parse_hertz(text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_time("5"), std::nullopt) << "a time needs a unit";
}

TEST(ValueSyntax, formatted_values_parse_back) {
  for (const std::uint64_t value :
       {0ULL, 1ULL, 1023ULL, 1024ULL, 833ULL, 1ULL << 40U, 13750ULL, ~0ULL}) {
    EXPECT_EQ(parse_bytes(format_bytes(Bytes(value))), Bytes(value));
    EXPECT_EQ(parse_time(format_time(Picoseconds(value))), Picoseconds(value));
    EXPECT_EQ(parse_hertz(format_hertz(value)), value);
  }
  EXPECT_EQ(format_bytes(mebibytes(4)), "4MiB");
  EXPECT_EQ(format_time(nanoseconds(7800)), "7800ns");
}

}  // namespace
}  // namespace tlmmu::config
