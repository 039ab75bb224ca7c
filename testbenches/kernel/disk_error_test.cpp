// SPDX-License-Identifier: Apache-2.0
// Transfers that the disk fails.
#include <gmock/gmock.h>

#include "testbenches/kernel/swap_bench.h"

namespace tlmmu::kernel::testing {
namespace {

TEST(KernelSwap, a_write_error_moves_the_page_to_another_slot) {
  KernelBench bench(settings_of(6));
  for (std::uint64_t block = 0; block < 5; ++block) bench.machine.bad_writes.insert(block);
  const ProcessId p = bench.start();
  store_pages(bench, p, 0, 20);
  for (std::uint64_t n = 0; n < 20; ++n) EXPECT_EQ(bench.load(p, page(n)), n);
  EXPECT_EQ(bench.counters().write_errors, 5U);
  EXPECT_EQ(bench.counters().write_retries, 5U);
  EXPECT_EQ(bench.kernel.state().blocks.counts().bad, 5U);
  EXPECT_TRUE(bench.machine.kills.empty());
  check_invariants(bench);
}

TEST(KernelSwap, a_page_that_no_slot_takes_stays_in_memory) {
  Settings settings = settings_of(6);
  settings.disk.blocks = 3;
  KernelBench bench(settings);
  bench.machine.bad_writes = {0, 1, 2};
  const ProcessId p = bench.start();
  store_pages(bench, p, 0, 3);
  EXPECT_EQ(bench.access(p, page(3), AccessType::store), nullptr) << "nothing can be freed";
  EXPECT_EQ(bench.counters().swap_outs_undone, 3U);
  EXPECT_EQ(bench.machine.kills.back().reason, KillReason::out_of_memory);
  EXPECT_EQ(bench.frame_counts().free, 6U);
  check_invariants(bench);
}

TEST(KernelSwap, an_error_while_a_page_is_taken_back_loses_nothing) {
  KernelBench bench(settings_of(6));
  bench.machine.bad_writes = {1, 2};
  const ProcessId p = bench.start();
  store_pages(bench, p, 0, 3);
  ASSERT_EQ(bench.kernel.schedule(), p);
  bench.kernel.page_fault({p, VirtualAddress(page(3)), AccessType::store});
  bench.finish_transfer();
  bench.store(p, page(3), 3);
  EXPECT_EQ(bench.load(p, page(1)), 1U);
  bench.finish_all_transfers();
  check_invariants(bench);
  store_pages(bench, p, 4, 10);
  for (std::uint64_t n = 0; n < 10; ++n) EXPECT_EQ(bench.load(p, page(n)), n);
}

TEST(KernelSwap, a_swap_read_error_kills_the_process_and_frees_its_slots) {
  KernelBench bench(settings_of(6));
  bench.machine.bad_reads.insert(0);
  const ProcessId p = bench.start();
  store_pages(bench, p, 0, 6);
  for (std::uint64_t n = 0; n < 6; ++n) bench.access(p, page(n), AccessType::load);
  ASSERT_EQ(bench.machine.kills.size(), 1U);
  EXPECT_EQ(bench.machine.kills[0].reason, KillReason::disk_read_error);
  bench.finish_all_transfers();
  EXPECT_EQ(bench.kernel.state().blocks.counts().in_use, 0U);
  EXPECT_EQ(bench.frame_counts().free, 6U);
  check_invariants(bench);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
