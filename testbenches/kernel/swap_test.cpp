// SPDX-License-Identifier: Apache-2.0
// Swapping through the disk's queue. Six frames hold three page tables and three pages, unless a
// test says otherwise; watermarks are 0, so that only faults reclaim.
#include <gmock/gmock.h>

#include "testbenches/kernel/invariants.h"

namespace tlmmu::kernel::testing {
namespace {

constexpr std::uint64_t page(std::uint64_t n) {
  return n << kPageShift;
}

/// Stores n to page n, for each page of [from, to).
void store_pages(KernelBench& bench, ProcessId p, std::uint64_t from, std::uint64_t to) {
  for (std::uint64_t n = from; n < to; ++n) bench.store(p, page(n), n);
}

TEST(KernelSwap, more_pages_than_frames_keep_their_contents) {
  KernelBench bench(settings_of(6));
  const ProcessId p = bench.start();
  store_pages(bench, p, 0, 50);
  for (std::uint64_t n = 0; n < 50; ++n) EXPECT_EQ(bench.load(p, page(n)), n);
  EXPECT_GE(bench.counters().swap_outs, 47U);
  EXPECT_GE(bench.faults(FaultKind::major_swap), 47U);
  check_invariants(bench);
}

TEST(KernelSwap, the_valid_bit_of_a_swapped_page_is_0_and_the_pte_holds_its_slot) {
  KernelBench bench(settings_of(6));
  const ProcessId p = bench.start();
  store_pages(bench, p, 0, 4);
  const Pte pte = bench.leaf(p, page(0));
  EXPECT_FALSE(pte.flags().v());
  EXPECT_EQ(kind_of(pte), PteKind::swapped);
  EXPECT_EQ(block_of(pte), DiskBlock(0));
  EXPECT_EQ(pte.flags().raw(), kAnonymousFlags);
}

TEST(KernelSwap, a_clean_page_whose_slot_is_current_is_dropped_without_a_write) {
  KernelBench bench(settings_of(6));
  const ProcessId p = bench.start();
  store_pages(bench, p, 0, 6);
  for (int round = 0; round < 3; ++round) {
    for (std::uint64_t n = 0; n < 6; ++n) bench.load(p, page(n));
  }
  EXPECT_EQ(bench.counters().swap_outs, 6U) << "each page is written once";
  EXPECT_GT(bench.counters().dropped_clean, 10U);
  check_invariants(bench);
}

TEST(KernelSwap, a_page_written_again_keeps_its_slot) {
  KernelBench bench(settings_of(6));
  const ProcessId p = bench.start();
  for (std::uint64_t round = 0; round < 4; ++round) {
    for (std::uint64_t n = 0; n < 6; ++n) bench.store(p, page(n), round * 10 + n);
  }
  EXPECT_EQ(bench.kernel.state().blocks.counts().in_use, 6U);
  for (std::uint64_t n = 0; n < 6; ++n) EXPECT_EQ(bench.load(p, page(n)), 30 + n);
}

TEST(KernelSwap, text_is_dropped_and_never_written) {
  KernelBench bench(settings_of(6));
  const ProcessId p = bench.start();
  for (int round = 0; round < 2; ++round) {
    for (std::uint64_t n = 0; n < 6; ++n) {
      EXPECT_EQ(bench.fetch(p, page(n)), 0xd15c'0000U + 4095 - n);
    }
  }
  EXPECT_EQ(bench.counters().swap_outs, 0U);
  EXPECT_EQ(bench.counters().dropped_text, 9U);
  EXPECT_EQ(bench.faults(FaultKind::major_file), 12U);
  check_invariants(bench);
}

TEST(KernelSwap, text_that_was_copied_for_a_store_goes_to_swap) {
  KernelBench bench(settings_of(7));
  const ProcessId p = bench.start();
  bench.fetch(p, page(0));
  bench.store(p, page(0), 5);
  store_pages(bench, p, 1, 8);
  EXPECT_EQ(kind_of(bench.leaf(p, page(0))), PteKind::swapped);
  EXPECT_EQ(bench.fetch(p, page(0)), 5U) << "still executable";
  EXPECT_EQ(bench.load(p, page(0) + 8), 0xd15c'0000U + 4095);
}

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

TEST(KernelSwap, a_memory_full_of_page_tables_ends_in_a_kill) {
  KernelBench bench(settings_of(8));
  const ProcessId p = bench.start();
  for (std::uint64_t n = 0; n < 10; ++n) bench.access(p, n << 30U, AccessType::store);
  EXPECT_EQ(bench.machine.kills.size(), 1U);
  EXPECT_EQ(bench.frame_counts().free, 8U);
}

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
