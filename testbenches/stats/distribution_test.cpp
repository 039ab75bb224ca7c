// SPDX-License-Identifier: Apache-2.0
#include "models/stats/distribution.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "models/base/random.h"

namespace tlmmu::stats {
namespace {

TEST(Distribution, nothing_recorded_is_all_zero) {
  const Distribution empty;
  EXPECT_EQ(empty.count(), 0U);
  EXPECT_EQ(empty.minimum(), 0U);
  EXPECT_EQ(empty.maximum(), 0U);
  EXPECT_EQ(empty.quantile(500), 0U);
  EXPECT_TRUE(empty.bins().empty());
}

TEST(Distribution, small_values_are_exact) {
  Distribution d;
  for (std::uint64_t v = 1; v <= 60; ++v) d.record(v);
  EXPECT_EQ(d.quantile(500), 30U);
  EXPECT_EQ(d.quantile(990), 60U);
  EXPECT_EQ(d.sum(), 1830U);
  EXPECT_EQ(d.bins().size(), 60U);
}

TEST(Distribution, quantiles_of_large_values_are_within_one_part_in_32) {
  Distribution d;
  Random random(1);
  std::vector<std::uint64_t> values;
  for (int i = 0; i < 10'000; ++i) {
    values.push_back(random.below(std::uint64_t{1} << (1 + random.below(50))));
    d.record(values.back());
  }
  std::sort(values.begin(), values.end());
  for (const unsigned permille : {10U, 500U, 900U, 990U, 1000U}) {
    const auto exact = values[values.size() * permille / 1000 - 1];
    EXPECT_GE(d.quantile(permille), exact);
    EXPECT_LE(d.quantile(permille), exact + exact / 32 + 1);
  }
}

TEST(Distribution, the_largest_value_has_a_bin) {
  Distribution d;
  d.record(~std::uint64_t{0});
  ASSERT_EQ(d.bins().size(), 1U);
  EXPECT_EQ(d.bins()[0].high, ~std::uint64_t{0});
  EXPECT_EQ(d.quantile(500), ~std::uint64_t{0});
}

TEST(Distribution, bins_follow_each_other_without_a_gap) {
  Distribution d;
  for (std::uint64_t v = 0; v < 5000; ++v) d.record(v);
  std::uint64_t next = 0;
  for (const auto& bin : d.bins()) {
    EXPECT_EQ(bin.low, next);
    next = bin.high + 1;
  }
}

TEST(Distribution, a_copy_is_independent) {
  Distribution d;
  d.record(5);
  const Distribution copy = d;
  d.record(7);
  EXPECT_EQ(copy.count(), 1U);
  EXPECT_EQ(d.count(), 2U);
}

}  // namespace
}  // namespace tlmmu::stats
