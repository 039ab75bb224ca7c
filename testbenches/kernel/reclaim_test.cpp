// SPDX-License-Identifier: Apache-2.0
// The clock, the watermarks and kswapd.
#include <gmock/gmock.h>

#include "testbenches/kernel/invariants.h"

namespace tlmmu::kernel::testing {
namespace {

constexpr std::uint64_t page(std::uint64_t n) {
  return n << kPageShift;
}

/// Faults of a reference string over text pages (dropped at once, so that frames are all that
/// counts), with so many frames for pages.
std::uint64_t clock_faults(const std::vector<std::uint64_t>& string, std::uint64_t frames) {
  KernelBench bench(settings_of(3 + frames));
  const ProcessId p = bench.start();
  for (const std::uint64_t n : string) bench.fetch(p, page(n));
  check_invariants(bench);
  return bench.faults(FaultKind::major_file);
}

TEST(KernelReclaim, clock_has_the_published_faults_on_beladys_string) {
  const std::vector<std::uint64_t> belady{1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5};
  EXPECT_EQ(clock_faults(belady, 3), 9U);
  EXPECT_EQ(clock_faults(belady, 4), 10U);
}

TEST(KernelReclaim, clock_has_the_published_faults_on_silberschatz_string) {
  const std::vector<std::uint64_t> string{7, 0, 1, 2, 0, 3, 0, 4, 2, 3,
                                          0, 3, 2, 1, 2, 0, 1, 7, 0, 1};
  EXPECT_EQ(clock_faults(string, 3), 14U);
  EXPECT_EQ(clock_faults(string, 4), 9U);
}

TEST(KernelReclaim, a_referenced_page_gets_a_second_chance_and_a_fence) {
  KernelBench bench(settings_of(6));
  const ProcessId p = bench.start();
  for (std::uint64_t n = 0; n < 4; ++n)
    bench.fetch(p, page(n));  // 0 went after one turn of the hand
  bench.fetch(p, page(1));    // sets A of 1 again
  bench.machine.fences.clear();
  bench.fetch(p, page(4));  // the hand meets 1, 2, ...
  EXPECT_EQ(kind_of(bench.leaf(p, page(1))), PteKind::valid);
  EXPECT_EQ(kind_of(bench.leaf(p, page(2))), PteKind::file);
  EXPECT_FALSE(bench.leaf(p, page(1)).flags().a());
  ASSERT_EQ(bench.machine.fences.size(), 2U);
  EXPECT_EQ(bench.machine.fences[0].vpn, Vpn(1));  // A cleared
  EXPECT_EQ(bench.machine.fences[1].vpn, Vpn(2));  // dropped
  check_invariants(bench);
}

TEST(KernelReclaim, watermarks_are_a_quarter_and_a_half_above_min) {
  const Watermarks marks = Watermarks::from_min(255);
  EXPECT_EQ(marks.low, 255U + 63);
  EXPECT_EQ(marks.high, 255U + 127);
}

TEST(KernelReclaim, default_min_follows_the_square_root_of_memory) {
  EXPECT_EQ(default_watermark_min(gibibytes(1)), 1024U);      // 4096 KiB
  EXPECT_EQ(default_watermark_min(gibibytes(16)), 4096U);     // 16384 KiB
  EXPECT_EQ(default_watermark_min(gibibytes(1024)), 16384U);  // 64 MiB at most
  EXPECT_EQ(default_watermark_min(mebibytes(4)), 64U);        // 256 KiB
  EXPECT_EQ(default_watermark_min(kibibytes(256)), 8U);       // an eighth of a tiny memory
}

TEST(KernelReclaim, kswapd_wakes_below_low_and_sleeps_at_high) {
  KernelBench bench(settings_of(64, 8));  // low 10, high 12
  const ProcessId p = bench.start();
  std::uint64_t n = 0;
  while (bench.frame_counts().free > 10) bench.store(p, page(n), n), ++n;
  EXPECT_FALSE(bench.kernel.kswapd_awake());
  EXPECT_EQ(bench.counters().kswapd_scanned, 0U);
  bench.store(p, page(n), n);
  EXPECT_TRUE(bench.kernel.kswapd_awake());
  EXPECT_EQ(bench.counters().kswapd_wakeups, 1U);
  while (bench.kernel.kswapd_awake()) {
    bench.kernel.timer(p);
    bench.kernel.schedule();
    EXPECT_EQ(bench.kernel.kswapd_awake(), bench.frame_counts().free < 12);
    if (!bench.machine.queue.empty()) bench.finish_transfer();
  }
  EXPECT_EQ(bench.frame_counts().free, 12U);
  EXPECT_EQ(bench.counters().swap_outs, 3U) << "what is being written counts as good as free";
  EXPECT_EQ(bench.counters().direct_reclaims, 0U);
  check_invariants(bench);
}

TEST(KernelReclaim, a_slice_of_kswapd_looks_at_so_many_frames_only) {
  Settings settings = settings_of(128, 8);
  settings.kswapd_slice = 5;
  KernelBench bench(settings);
  const ProcessId p = bench.start();
  for (std::uint64_t n = 0; !bench.kernel.kswapd_awake(); ++n) bench.store(p, page(n), n);
  for (int i = 0; i < 10; ++i) {
    const std::uint64_t before = bench.counters().kswapd_scanned;
    bench.kernel.timer(p);
    bench.kernel.schedule();
    EXPECT_EQ(bench.counters().kswapd_scanned - before, 5U);  // all referenced: a long first turn
  }
}

TEST(KernelReclaim, with_kswapd_at_work_faults_seldom_reclaim_themselves) {
  KernelBench lazy(settings_of(64, 0)), busy(settings_of(64, 16));
  for (KernelBench* bench : {&lazy, &busy}) {
    const ProcessId p = bench->start();
    for (std::uint64_t n = 0; n < 300; ++n) {
      bench->store(p, page(n), n);
      bench->finish_all_transfers();
    }
    check_invariants(*bench);
  }
  EXPECT_GT(lazy.counters().direct_reclaims, 5U);
  EXPECT_EQ(busy.counters().direct_reclaims, 0U);
}

TEST(KernelReclaim, kswapd_gives_up_when_nothing_can_be_had) {
  Settings settings = settings_of(16, 8);
  settings.disk.blocks = 0;
  KernelBench bench(settings);
  const ProcessId p = bench.start();
  for (std::uint64_t n = 0; n < 13; ++n) bench.store(p, page(n), n);
  for (int i = 0; i < 10; ++i) {
    bench.kernel.timer(p);
    bench.kernel.schedule();
  }
  EXPECT_FALSE(bench.kernel.kswapd_awake());
  EXPECT_TRUE(bench.machine.kills.empty());
  for (std::uint64_t n = 0; n < 13; ++n) EXPECT_EQ(bench.load(p, page(n)), n);
}

TEST(KernelReclaim, a_page_stays_until_the_access_that_needed_it_is_done) {
  KernelBench bench(settings_of(8, 100));  // kswapd would free everything, always
  const ProcessId p = bench.start();
  for (std::uint64_t n = 0; n < 3; ++n) {
    ASSERT_EQ(bench.kernel.schedule(), p);
    const FaultRequest request{p, VirtualAddress(page(n)), AccessType::store};
    ASSERT_EQ(bench.kernel.page_fault(request), FaultAnswer::resume);
    EXPECT_NE(bench.attempt(request), nullptr);
  }
}

TEST(KernelReclaim, watermarks_above_all_memory_do_not_stop_a_process) {
  KernelBench bench(settings_of(8, 100));  // kswapd would free everything, always
  const ProcessId p = bench.start();
  for (std::uint64_t n = 0; n < 20; ++n) bench.store(p, page(n), n);
  for (std::uint64_t n = 0; n < 20; ++n) EXPECT_EQ(bench.load(p, page(n)), n);
  check_invariants(bench);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
