// SPDX-License-Identifier: Apache-2.0
// Processes that wait for a frame.
#include <gmock/gmock.h>

#include "testbenches/kernel/swap_bench.h"

namespace tlmmu::kernel::testing {
namespace {

TEST(KernelSwap, frames_of_an_ended_process_wait_for_the_disk_to_let_go) {
  KernelBench bench(settings_of(6));
  const ProcessId p = bench.start();
  store_pages(bench, p, 0, 3);
  ASSERT_EQ(bench.kernel.schedule(), p);
  bench.kernel.page_fault({p, VirtualAddress(page(3)), AccessType::store});
  bench.kernel.exit(p);
  EXPECT_EQ(bench.frame_counts().free, 3U);
  EXPECT_EQ(bench.frame_counts().writing, 3U);
  check_invariants(bench);
  bench.finish_all_transfers();
  EXPECT_EQ(bench.frame_counts().free, 6U);
  EXPECT_EQ(bench.kernel.state().blocks.counts().in_use, 0U);
  check_invariants(bench);
}

TEST(KernelSwap, a_process_waits_for_a_frame_that_another_has_not_used_yet) {
  KernelBench bench(settings_of(7));  // two processes' tables and one page
  const ProcessId a = bench.start(), b = bench.start();
  ASSERT_EQ(bench.kernel.schedule(), a);
  bench.kernel.page_fault({a, VirtualAddress(0), AccessType::fetch});
  bench.finish_all_transfers();  // the only frame is a's, and a has not run
  ASSERT_EQ(bench.kernel.schedule(), b);
  EXPECT_EQ(bench.kernel.page_fault({b, VirtualAddress(0), AccessType::store}),
            FaultAnswer::blocked);
  EXPECT_TRUE(bench.machine.kills.empty());
  ASSERT_EQ(bench.kernel.schedule(), a);
  EXPECT_NE(bench.attempt({a, VirtualAddress(0), AccessType::fetch}), nullptr);
  bench.kernel.timer(a);
  ASSERT_EQ(bench.kernel.schedule(), b) << "woken by a's return";
  EXPECT_EQ(bench.kernel.page_fault({b, VirtualAddress(0), AccessType::store}),
            FaultAnswer::resume);
  EXPECT_EQ(bench.counters().dropped_text, 1U);
  check_invariants(bench);
}

TEST(KernelSwap, a_process_that_waits_holds_no_frame_that_others_may_need) {
  KernelBench bench(settings_of(8));  // two processes' tables and two pages
  const ProcessId a = bench.start(), b = bench.start();
  bench.fetch(a, page(0));
  bench.kernel.timer(a);
  ASSERT_EQ(bench.kernel.schedule(), b);
  bench.kernel.page_fault({b, VirtualAddress(page(0)), AccessType::fetch});
  ASSERT_EQ(bench.kernel.schedule(), a);
  EXPECT_EQ(bench.kernel.page_fault({a, VirtualAddress(page(0)), AccessType::store}),
            FaultAnswer::blocked);  // for a frame to copy the text into
  EXPECT_EQ(bench.kernel.state().pinned, 0U);
  bench.store(b, page(1), 1);  // takes the frame of a's text
  bench.kernel.timer(b);
  bench.store(a, page(0), 2);
  EXPECT_EQ(bench.load(a, page(0)), 2U);
  EXPECT_EQ(bench.load(b, page(1)), 1U);
  EXPECT_TRUE(bench.machine.kills.empty());
  check_invariants(bench);
}

TEST(KernelSwap, an_exit_wakes_who_waits_for_a_frame) {
  KernelBench bench(settings_of(9));
  const ProcessId a = bench.start(), b = bench.start();
  store_pages(bench, a, 0, 1);
  bench.store(b, page(0), 1);
  bench.store(b, page(1), 1);
  while (bench.kernel.schedule() != a) bench.kernel.timer(b);
  EXPECT_EQ(bench.kernel.page_fault({a, VirtualAddress(page(1)), AccessType::store}),
            FaultAnswer::blocked);
  ASSERT_EQ(bench.kernel.schedule(), b);
  bench.kernel.exit(b);
  EXPECT_EQ(bench.kernel.schedule(), a) << "before any transfer has ended";
  EXPECT_EQ(bench.kernel.page_fault({a, VirtualAddress(page(1)), AccessType::store}),
            FaultAnswer::resume);
}

TEST(KernelSwap, many_processes_with_one_spare_frame_all_finish) {
  KernelBench bench(settings_of(26), 8);  // 8 x 3 tables and two pages
  std::vector<ProcessId> all;
  all.reserve(8);
  for (int i = 0; i < 8; ++i) all.push_back(bench.start());
  for (std::uint64_t n = 0; n < 6; ++n) {
    for (const ProcessId p : all) bench.store(p, page(n), 10U * std::uint64_t{p.value()} + n);
  }
  for (const ProcessId p : all) {
    EXPECT_EQ(bench.load(p, page(2)), 10U * std::uint64_t{p.value()} + 2);
  }
  EXPECT_TRUE(bench.machine.kills.empty());
  check_invariants(bench);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
