// SPDX-License-Identifier: Apache-2.0
// Numbers that can be calculated, out of the statistics of a walker in hardware, which the model
// follows in lockstep. Its walk cache has four entries at each level.
#include <gtest/gtest.h>

#include "models/base/random.h"
#include "models/cosim/rtl_page_table_walker.h"
#include "testbenches/ptw/walker_bench.h"
#include "testbenches/support/laws.h"

namespace tlmmu {
namespace {

using Bench = testing::WalkerBenchOf<cosim::RtlPageTableWalker>;

constexpr VirtualAddress kStart{std::uint64_t{5} << 30U};

PtwConfig lockstep() {
  PtwConfig config;
  config.implementation = WalkerImplementation::lockstep;
  return config;
}

TEST(RtlClosedForm, a_scan_reads_every_pte_of_its_tables_once) {
  constexpr std::uint64_t kPages = 16'384, kPagesOfTable = 512;
  Bench bench("bench", lockstep(), PagingModeName::sv39);
  const auto page = [](std::uint64_t i) { return kStart + i * kPageBytes; };
  for (std::uint64_t i = 0; i < kPages; ++i) bench.tables.map(page(i), Ppn(0x100000));
  for (std::uint64_t i = 0; i < kPages; ++i) bench.translate(page(i));
  const PtwStats& stats = bench.walker.stats();
  EXPECT_EQ(stats.pte_reads_by_level.level[0], kPages);
  EXPECT_EQ(stats.pte_reads_by_level.level[1], kPages / kPagesOfTable);
  EXPECT_EQ(stats.pte_reads_by_level.level[2], 1U);
  testing::expect_laws_hold(stats);
}

TEST(RtlClosedForm, random_pages_of_128_tables_find_their_table_in_one_walk_of_32) {
  constexpr std::uint64_t kTables = 128, kEntries = 4, kWalks = 20'000;
  Bench bench("bench", lockstep(), PagingModeName::sv39);
  const auto table = [](std::uint64_t number) { return kStart + number * mebibytes(2); };
  for (std::uint64_t i = 0; i < kTables; ++i) bench.tables.map(table(i), Ppn(0x100000));
  Random random(7);
  for (std::uint64_t i = 0; i < kWalks; ++i) bench.translate(table(random.below(kTables)));
  const stats::Distribution& reads = bench.walker.stats().pte_reads_per_walk;
  const double mean = static_cast<double>(reads.sum()) / static_cast<double>(reads.count());
  EXPECT_NEAR(mean, 2 - static_cast<double>(kEntries) / kTables, 0.004);
  testing::expect_laws_hold(bench.walker.stats());
}

}  // namespace
}  // namespace tlmmu
