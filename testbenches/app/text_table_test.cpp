// SPDX-License-Identifier: Apache-2.0
#include "models/app/text_table.h"

#include <gtest/gtest.h>

namespace tlmmu::text {
namespace {

TEST(TextTable, digits_are_grouped_by_three) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

TEST(TextTable, a_share_of_nothing_is_a_dash) {
  EXPECT_EQ(percent(1, 4), "25.00 %");
  EXPECT_EQ(percent(0, 0), "-");
  EXPECT_EQ(quotient(7, 4), "1.75");
  EXPECT_EQ(quotient(7, 0), "-");
}

TEST(TextTable, times_and_sizes_use_the_largest_unit_that_fits) {
  EXPECT_EQ(time(0), "0 ps");
  EXPECT_EQ(time(4210), "4.21 ns");
  EXPECT_EQ(time(8'000'000'000), "8 ms");
  EXPECT_EQ(bytes(512), "512 B");
  EXPECT_EQ(bytes(16U << 20U), "16 MiB");
}

TEST(TextTable, a_bar_is_proportional_and_shows_whatever_is_not_zero) {
  EXPECT_EQ(bar(1, 2, 10), "#####");
  EXPECT_EQ(bar(1, 1000, 10), ".");
  EXPECT_EQ(bar(0, 10, 10), "");
  EXPECT_EQ(bar(10, 10, 10), "##########");
}

}  // namespace
}  // namespace tlmmu::text
