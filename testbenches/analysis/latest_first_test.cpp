// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/latest_first.h"

#include <gtest/gtest.h>

#include <set>

#include "models/base/random.h"
#include "testbenches/support/seed.h"

namespace tlmmu::analysis {
namespace {

TEST(LatestFirst, gives_back_what_was_put_in_from_the_latest_on) {
  LatestFirst times(100);
  for (const std::uint32_t time : {5U, 99U, 0U, 64U, 63U}) times.add(time);
  EXPECT_TRUE(times.has(63));
  EXPECT_FALSE(times.has(62));
  for (const std::uint32_t time : {99U, 64U, 63U, 5U, 0U}) EXPECT_EQ(times.take_latest(), time);
  EXPECT_FALSE(times.has(0));
}

TEST(LatestFirst, equals_a_sorted_set_of_any_size) {
  const std::uint64_t seed = testing::seed_or(1);
  SCOPED_TRACE("TLMMU_SEED=" + std::to_string(seed));
  Random random(seed);
  for (const std::uint32_t size : {1U, 64U, 65U, 4096U, 4097U, 300'000U}) {
    LatestFirst times(size);
    std::set<std::uint32_t> naive;
    for (int i = 0; i < 2000; ++i) {
      const auto time = static_cast<std::uint32_t>(random.below(size));
      ASSERT_EQ(times.has(time), naive.count(time) == 1) << size;
      if (naive.insert(time).second) times.add(time);
      if (random.below(3) == 0) {
        ASSERT_EQ(times.take_latest(), *naive.rbegin()) << size;
        naive.erase(*naive.rbegin());
      }
    }
  }
}

}  // namespace
}  // namespace tlmmu::analysis
