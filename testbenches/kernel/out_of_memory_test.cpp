// SPDX-License-Identifier: Apache-2.0
// Swap that is full, and memory that is used up.
#include <gmock/gmock.h>

#include "testbenches/kernel/swap_bench.h"

namespace tlmmu::kernel::testing {
namespace {

TEST(KernelSwap, a_full_swap_takes_the_slots_of_resident_pages) {
  Settings settings = settings_of(11);  // 8 pages in memory
  settings.disk.blocks = 8;             // and 8 on disk
  KernelBench bench(settings);
  const ProcessId p = bench.start();
  for (std::uint64_t round = 0; round < 3; ++round) {
    store_pages(bench, p, 0, 15);
    for (std::uint64_t n = 0; n < 15; ++n) EXPECT_EQ(bench.load(p, page(n)), n);
  }
  EXPECT_GT(bench.counters().slots_taken, 0U);
  EXPECT_TRUE(bench.machine.kills.empty());
  check_invariants(bench);
}

TEST(KernelSwap, out_of_memory_kills_the_largest_and_the_others_go_on) {
  Settings settings = settings_of(20);
  settings.disk.blocks = 4;
  KernelBench bench(settings);
  const ProcessId small = bench.start(), large = bench.start();
  store_pages(bench, small, 0, 2);
  for (std::uint64_t n = 0; n < 40 && bench.kernel.is_alive(large); ++n) {
    bench.access(large, page(n), AccessType::store);
  }
  ASSERT_EQ(bench.machine.kills.size(), 1U);
  EXPECT_EQ(bench.machine.kills[0].process, large);
  EXPECT_EQ(bench.machine.kills[0].reason, KillReason::out_of_memory);
  EXPECT_EQ(bench.load(small, page(1)), 1U);
  check_invariants(bench);
}

TEST(KernelSwap, a_small_process_that_needs_a_frame_survives_the_kill_of_a_large_one) {
  Settings settings = settings_of(20);
  settings.disk.blocks = 0;
  KernelBench bench(settings);
  const ProcessId small = bench.start(), large = bench.start();
  store_pages(bench, small, 0, 1);
  for (std::uint64_t n = 0; bench.frame_counts().free > 0; ++n) bench.store(large, page(n), n);
  bench.kernel.timer(large);
  bench.store(small, page(1), 1);
  EXPECT_FALSE(bench.kernel.is_alive(large));
  EXPECT_EQ(bench.load(small, page(0)), 0U);
  EXPECT_EQ(bench.load(small, page(1)), 1U);
  check_invariants(bench);
}

TEST(KernelSwap, without_a_disk_out_of_memory_is_the_end_but_no_hang) {
  Settings settings = settings_of(8);
  settings.disk.blocks = 0;
  KernelBench bench(settings);
  const ProcessId p = bench.start();
  for (std::uint64_t n = 0; n < 10; ++n) bench.access(p, page(n), AccessType::store);
  EXPECT_EQ(bench.machine.kills.size(), 1U);
  EXPECT_EQ(bench.frame_counts().free, 8U);
  check_invariants(bench);
}

TEST(KernelSwap, a_full_swap_is_not_searched_for_through_all_of_memory_in_each_fault) {
  constexpr std::uint64_t kFrames = 1000;
  Settings settings = settings_of(kFrames, 100);
  settings.disk.blocks = 8;
  KernelBench bench(settings);
  const ProcessId p = bench.start();
  std::uint64_t n = 0;
  while (bench.frame_counts().free > 90) bench.store(p, page(n++), 1);  // below min, swap is full
  for (; bench.frame_counts().free > 10; ++n) {
    const std::uint64_t before = bench.counters().direct_scanned;
    bench.store(p, page(n), 1);
    EXPECT_LE(bench.counters().direct_scanned - before, settings.direct_reclaim_batch);
  }
  EXPECT_TRUE(bench.machine.kills.empty());
  check_invariants(bench);
}

TEST(KernelSwap, a_memory_full_of_page_tables_ends_in_a_kill) {
  KernelBench bench(settings_of(8));
  const ProcessId p = bench.start();
  for (std::uint64_t n = 0; n < 10; ++n) bench.access(p, n << 30U, AccessType::store);
  EXPECT_EQ(bench.machine.kills.size(), 1U);
  EXPECT_EQ(bench.frame_counts().free, 8U);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
