// SPDX-License-Identifier: Apache-2.0
// What is written to swap, what is not, and what comes back.
#include <gmock/gmock.h>

#include "testbenches/kernel/swap_bench.h"

namespace tlmmu::kernel::testing {
namespace {

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

}  // namespace
}  // namespace tlmmu::kernel::testing
