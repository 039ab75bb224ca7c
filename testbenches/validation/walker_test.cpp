// SPDX-License-Identifier: Apache-2.0
// The same closed-form numbers out of the walker module's own statistics.
#include <gtest/gtest.h>

#include "models/base/random.h"
#include "testbenches/ptw/walker_bench.h"
#include "testbenches/support/laws.h"

namespace tlmmu {
namespace {

using testing::WalkerBench;

constexpr VirtualAddress kStart{std::uint64_t{5} << 30U};

PtwConfig with_walk_cache(WalkCacheLevelConfig level1, WalkCacheLevelConfig level2) {
  PtwConfig config;
  config.walk_cache = {level1, level2, {0, 1}};
  return config;
}

TEST(Validation6, the_walkers_statistics_say_262657_for_the_scan) {
  WalkerBench bench("bench", with_walk_cache({1, 1}, {1, 1}), PagingModeName::sv39);
  for (Bytes at(0); at < gibibytes(1); at += kPageBytes) {
    bench.tables.map(kStart + at, Ppn(0x100000));
  }
  for (Bytes at(0); at < gibibytes(1); at += kPageBytes) bench.translate(kStart + at);
  const PtwStats& stats = bench.walker.stats();
  EXPECT_EQ(stats.pte_reads, 262'657U);
  EXPECT_EQ(stats.pte_reads_by_level.level[0], 262'144U);
  EXPECT_EQ(stats.pte_reads_by_level.level[1], 512U);
  EXPECT_EQ(stats.pte_reads_by_level.level[2], 1U);
  testing::expect_laws_hold(stats);
}

TEST(Validation7, the_walkers_statistics_say_1_75_reads_per_walk) {
  WalkerBench bench("bench", with_walk_cache({32, 32}, {1, 1}), PagingModeName::sv39);
  const auto table = [](std::uint64_t number) { return kStart + number * mebibytes(2); };
  for (std::uint64_t i = 0; i < 128; ++i) bench.tables.map(table(i), Ppn(0x100000));
  Random random(7);
  for (int i = 0; i < 100'000; ++i) bench.translate(table(random.below(128)));
  const stats::Distribution& reads = bench.walker.stats().pte_reads_per_walk;
  EXPECT_NEAR(static_cast<double>(reads.sum()) / static_cast<double>(reads.count()), 1.75, 0.006);
  testing::expect_laws_hold(bench.walker.stats());
}

}  // namespace
}  // namespace tlmmu
