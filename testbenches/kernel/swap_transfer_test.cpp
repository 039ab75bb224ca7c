// SPDX-License-Identifier: Apache-2.0
// What happens while pages are on their way to or from the disk.
#include <gmock/gmock.h>

#include "testbenches/kernel/swap_bench.h"

namespace tlmmu::kernel::testing {
namespace {

TEST(KernelSwap, other_processes_run_while_a_page_is_on_its_way) {
  KernelBench bench(settings_of(11));
  const ProcessId a = bench.start(), b = bench.start();
  bench.store(b, page(0), 1);
  store_pages(bench, a, 0, 6);
  ASSERT_EQ(kind_of(bench.leaf(a, page(0))), PteKind::swapped);
  while (bench.kernel.schedule() != a) bench.kernel.timer(b);
  const FaultRequest request{a, VirtualAddress(page(0)), AccessType::load};
  while (bench.kernel.page_fault(request) == FaultAnswer::blocked &&
         bench.kernel.state().processes.at(a).waits_for == WaitReason::frame) {
    bench.finish_all_transfers();
    while (bench.kernel.schedule() != a) bench.kernel.timer(b);
  }
  EXPECT_EQ(bench.kernel.schedule(), b) << "a waits, b has the CPU";
  EXPECT_EQ(bench.machine.queue.back().direction, TransferDirection::read);
  bench.finish_all_transfers();
  bench.kernel.timer(b);
  EXPECT_EQ(bench.kernel.schedule(), a);
  EXPECT_NE(bench.attempt(request), nullptr);
}

TEST(KernelSwap, a_page_that_is_being_written_is_taken_back_without_a_read) {
  KernelBench bench(settings_of(6));
  const ProcessId p = bench.start();
  store_pages(bench, p, 0, 3);
  ASSERT_EQ(bench.kernel.schedule(), p);
  ASSERT_EQ(bench.kernel.page_fault({p, VirtualAddress(page(3)), AccessType::store}),
            FaultAnswer::blocked);  // all three pages are on their way out
  EXPECT_EQ(bench.frame_counts().writing, 3U);
  bench.finish_transfer();  // the first of them; its frame serves page 3
  EXPECT_EQ(bench.kernel.schedule(), p);
  *bench.access(p, page(3), AccessType::store) = 3;
  for (const std::uint64_t n : {std::uint64_t{1}, std::uint64_t{2}}) {
    EXPECT_EQ(bench.load(p, page(n)), n);
  }
  EXPECT_EQ(bench.counters().swap_cache_hits, 2U);
  EXPECT_EQ(bench.faults(FaultKind::major_swap), 0U);
  check_invariants(bench);
  *bench.access(p, page(1), AccessType::store) = 77;  // while the disk still reads the frame
  bench.finish_all_transfers();
  check_invariants(bench);
  store_pages(bench, p, 4, 10);
  EXPECT_EQ(bench.load(p, page(1)), 77U);
  EXPECT_EQ(bench.load(p, page(2)), 2U);
  check_invariants(bench);
}

TEST(KernelSwap, a_write_the_disk_has_not_seen_is_cancelled_when_its_page_is_wanted) {
  KernelBench bench(settings_of(6));
  bench.machine.depth = 1;
  const ProcessId p = bench.start();
  store_pages(bench, p, 0, 3);
  ASSERT_EQ(bench.kernel.schedule(), p);
  bench.kernel.page_fault({p, VirtualAddress(page(3)), AccessType::store});
  EXPECT_EQ(bench.machine.queue.size(), 1U);
  EXPECT_GT(bench.counters().queue_full, 0U);
  bench.finish_transfer();
  EXPECT_EQ(bench.load(p, page(2)), 2U);
  EXPECT_EQ(bench.counters().transfers_cancelled, 1U);
  check_invariants(bench);
  bench.finish_all_transfers();
  check_invariants(bench);
}

TEST(KernelSwap, a_disk_that_takes_one_request_at_a_time_serves_everybody) {
  KernelBench bench(settings_of(20));
  bench.machine.depth = 1;
  std::vector<ProcessId> all;
  all.reserve(4);
  for (int i = 0; i < 4; ++i) all.push_back(bench.start());
  for (std::uint64_t n = 0; n < 10; ++n) {
    for (const ProcessId p : all) bench.store(p, page(n), 100U * std::uint64_t{p.value()} + n);
  }
  for (std::uint64_t n = 0; n < 10; ++n) {
    for (const ProcessId p : all)
      EXPECT_EQ(bench.load(p, page(n)), 100U * std::uint64_t{p.value()} + n);
  }
  EXPECT_GT(bench.counters().queue_full, 0U);
  check_invariants(bench);
}

TEST(KernelSwap, no_more_than_nr_async_pages_are_on_their_way_to_swap) {
  for (const std::uint64_t limit : {1U, 2U, 5U}) {
    Settings settings = settings_of(16);
    settings.nr_async_pages = limit;
    KernelBench bench(settings);
    const ProcessId p = bench.start();
    store_pages(bench, p, 0, 40);
    EXPECT_EQ(bench.counters().max_writes_in_flight, limit);
    EXPECT_GT(bench.counters().throttled, 0U);
    for (std::uint64_t n = 0; n < 40; ++n) EXPECT_EQ(bench.load(p, page(n)), n);
    check_invariants(bench);
  }
}

TEST(KernelSwap, one_direct_reclaim_starts_at_most_its_batch) {
  Settings settings = settings_of(16);
  settings.direct_reclaim_batch = 3;
  KernelBench bench(settings);
  const ProcessId p = bench.start();
  store_pages(bench, p, 0, 13);
  ASSERT_EQ(bench.kernel.schedule(), p);
  bench.kernel.page_fault({p, VirtualAddress(page(13)), AccessType::store});
  EXPECT_EQ(bench.counters().swap_outs, 3U);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
