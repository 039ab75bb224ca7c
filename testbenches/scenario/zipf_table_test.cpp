// SPDX-License-Identifier: Apache-2.0
#include "models/workload/scenario/zipf_table.h"

#include <gmock/gmock.h>

#include <cmath>

namespace tlmmu::scenario {
namespace {

TEST(ZipfTable, has_weights_in_proportion_to_the_power_of_the_rank) {
  for (const std::uint32_t thousandths : {1, 500, 850, 1000, 2500}) {
    const ZipfTable table(1000, thousandths);
    for (const std::uint64_t rank : {1, 2, 3, 10, 37, 999, 1000}) {
      const double expected =
          std::pow(2.0, 32) * std::pow(static_cast<double>(rank), -thousandths / 1000.0);
      EXPECT_NEAR(static_cast<double>(table.weight(rank - 1)), expected, 1 + expected * 1e-6)
          << rank << " " << thousandths;
    }
  }
}

TEST(ZipfTable, never_loses_a_rank) {
  const ZipfTable table(5000, 4000);
  EXPECT_EQ(table.weight(0), std::uint64_t{1} << 32U);
  EXPECT_GE(table.weight(4999), 1U);
}

TEST(ZipfTable, of_one_rank_knows_no_other) {
  Random random(1);
  const ZipfTable table(1, 1000);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(table.sample(random), 0U);
}

TEST(ZipfTable, samples_the_first_and_the_last_rank_of_a_long_table) {
  Random random(3);
  const ZipfTable table(10'000, 1);  // nearly uniform
  std::uint64_t least = 10'000;
  std::uint64_t most = 0;
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t rank = table.sample(random);
    least = std::min(least, rank);
    most = std::max(most, rank);
  }
  EXPECT_EQ(least, 0U);
  EXPECT_EQ(most, 9'999U);
}

TEST(ZipfTable, samples_each_rank_as_often_as_its_weight_says) {
  constexpr std::uint64_t kSamples = 40'000;
  const ZipfTable table(8, 1000);
  std::vector<std::uint64_t> hits(8);
  Random random(2);
  for (std::uint64_t i = 0; i < kSamples; ++i) ++hits.at(table.sample(random));
  double sum = 0;
  for (std::uint64_t rank = 1; rank <= 8; ++rank) sum += 1.0 / static_cast<double>(rank);
  for (std::uint64_t rank = 1; rank <= 8; ++rank) {
    const double expected = kSamples / sum / static_cast<double>(rank);
    EXPECT_NEAR(static_cast<double>(hits[rank - 1]), expected, 5 * std::sqrt(expected)) << rank;
  }
}

}  // namespace
}  // namespace tlmmu::scenario
