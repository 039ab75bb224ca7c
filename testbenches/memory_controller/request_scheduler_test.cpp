// SPDX-License-Identifier: Apache-2.0
#include "models/memory_controller/request_scheduler.h"

#include <gmock/gmock.h>

#include "models/base/random.h"
#include "testbenches/support/laws.h"

namespace tlmmu {
namespace {

constexpr Picoseconds kCycle(833);

/// A controller without latency of its own, over DDR4-2400 without refresh, unless told otherwise.
struct Bench {
  Bench() {
    config.frontend_latency = Picoseconds(0);
    dram.timing.tREFI = Cycles(0);
  }
  void start() { scheduler.emplace(config, dram, stats, nullptr); }
  std::uint64_t cycles(BurstKind kind, std::uint64_t offset, std::uint64_t length,
                       Cycles at = Cycles(0)) {
    if (!scheduler) start();
    const Picoseconds wait = scheduler->serve(
        {Origin::data, Completion::awaited, kind, offset, length, kCycle * at.value()});
    EXPECT_EQ(wait % kCycle, Picoseconds(0));
    return wait / kCycle;
  }
  std::uint64_t read(std::uint64_t offset, std::uint64_t length, Cycles at = Cycles(0)) {
    return cycles(BurstKind::read, offset, length, at);
  }
  std::uint64_t write(std::uint64_t offset, std::uint64_t length, Cycles at = Cycles(0)) {
    return cycles(BurstKind::write, offset, length, at);
  }

  MemoryControllerConfig config;
  DramConfig dram;
  MemoryControllerStats stats;
  std::optional<RequestScheduler> scheduler;
};

constexpr std::uint64_t kClosed = 17 + 17 + 4;  // tRCD + tCL + burst

TEST(RequestScheduler, a_read_waits_for_its_last_data) {
  Bench bench;
  EXPECT_EQ(bench.read(0, 64), kClosed);
  EXPECT_EQ(bench.read(0, 8, Cycles(1000)), 17U + 4);
}

TEST(RequestScheduler, the_frontend_latency_comes_on_top) {
  Bench bench;
  bench.config.frontend_latency = kCycle * 12;
  EXPECT_EQ(bench.read(0, 64), 12 + kClosed);
}

TEST(RequestScheduler, a_request_between_clock_edges_waits_for_the_next_one) {
  Bench bench;
  bench.start();
  const Picoseconds wait = bench.scheduler->serve(
      {Origin::data, Completion::awaited, BurstKind::read, 0, 64, Picoseconds(1)});
  EXPECT_EQ(wait, kCycle * (kClosed + 1) - Picoseconds(1));
}

TEST(RequestScheduler, a_request_takes_the_bursts_that_it_touches) {
  Bench bench;
  bench.read(0, 64);
  EXPECT_EQ(bench.stats.bursts, 1U);
  bench.read(63, 2);
  EXPECT_EQ(bench.stats.bursts, 3U);
  bench.read(100, 1);
  EXPECT_EQ(bench.stats.bursts, 4U);
  bench.write(1, 4096);
  EXPECT_EQ(bench.stats.bursts, 4U + 65);
}

TEST(RequestScheduler, the_bursts_of_a_request_overlap_in_bank_groups) {
  Bench bench;
  // four ACTs tRRD_S apart open one row in each group; then a burst each 4 cycles
  EXPECT_EQ(bench.read(0, 256), kClosed + 12);
  EXPECT_EQ(bench.read(0, 4096, Cycles(1000)), 17U + 64 * 4);
}

TEST(RequestScheduler, channels_work_side_by_side) {
  Bench bench;
  bench.dram.geometry.channels = 2;
  EXPECT_EQ(bench.read(0, 128), kClosed);
  EXPECT_EQ(bench.scheduler->dram_stats().channels[0].reads, 1U);
  EXPECT_EQ(bench.scheduler->dram_stats().channels[1].reads, 1U);
}

TEST(RequestScheduler, a_write_goes_on_once_the_queue_has_it) {
  Bench bench;
  EXPECT_EQ(bench.write(0, 64), 0U);
  // the DRAM is busy with it all the same: the read waits for WR and tWTR_L
  EXPECT_EQ(bench.read(0, 64), 17U + 16 + 4 + 9 + 17 + 4);
}

TEST(RequestScheduler, a_full_write_queue_makes_writes_wait) {
  Bench bench;
  bench.config.write_queue = 2;
  EXPECT_EQ(bench.write(0, 64), 0U);
  EXPECT_EQ(bench.write(0, 64), 0U);
  EXPECT_EQ(bench.write(0, 64), 17U + 16 + 4);  // until the first one's data has gone
  EXPECT_EQ(bench.write(0, 64, Cycles(10'000)), 0U);
}

TEST(RequestScheduler, without_a_write_queue_a_write_waits_for_its_last_data) {
  Bench bench;
  bench.config.write_queue = 0;
  EXPECT_EQ(bench.write(0, 64), 17U + 16 + 4);
}

TEST(RequestScheduler, the_mapping_decides_what_conflicts) {
  Bench apart;
  apart.read(0, 64);
  apart.read(1U << 17U, 64, Cycles(1000));
  EXPECT_EQ(apart.stats.of(Origin::data).rows[static_cast<unsigned>(RowOutcome::conflict)], 1U);
  Bench together;
  together.config.address_mapping = "bank row bank_group column offset";
  together.read(0, 64);
  together.read(1U << 13U, 64, Cycles(1000));
  EXPECT_EQ(together.stats.of(Origin::data).rows[static_cast<unsigned>(RowOutcome::closed)], 2U);
}

TEST(RequestScheduler, posted_time_is_counted_apart) {
  Bench bench;
  bench.start();
  const auto wait = bench.scheduler->serve(
      {Origin::walk, Completion::posted, BurstKind::read, 0, 64, Picoseconds(0)});
  EXPECT_EQ(bench.stats.of(Origin::walk).time, Picoseconds(0));
  EXPECT_EQ(bench.stats.of(Origin::walk).posted_time, wait);
}

TEST(RequestScheduler, an_access_from_behind_never_ends_before_it_begins) {
  Bench bench;
  bench.read(0, 64, Cycles(5000));
  EXPECT_GE(bench.read(1U << 17U, 64, Cycles(10)), 5000U - 10);
}

TEST(RequestScheduler, keeps_every_law_over_random_requests) {
  Bench bench;
  bench.dram = DramConfig(DramPreset::ddr5_4800);
  bench.config.row_policy = RowPolicy::timeout;
  bench.config.write_queue = 4;
  bench.start();
  constexpr std::uint64_t kSeed = 99;
  Random random(kSeed);
  Picoseconds now;
  for (int i = 0; i < 3000; ++i) {
    now += Picoseconds(random.below(100'000));
    const std::uint64_t offset = random.below(mebibytes(1).value());
    const auto wait = bench.scheduler->serve(
        {static_cast<Origin>(random.below(kOrigins)), static_cast<Completion>(random.below(2)),
         random.below(3) == 0 ? BurstKind::write : BurstKind::read, offset, 1 + random.below(300),
         now});
    if (random.below(2) == 0) now += wait;
  }
  bench.scheduler->catch_up(now);
  testing::expect_laws_hold(bench.stats);
  const DramStats dram = bench.scheduler->dram_stats();
  testing::expect_laws_hold(dram);
  EXPECT_EQ(dram.total().bursts(), bench.stats.bursts) << "seed " << kSeed;
  EXPECT_EQ(dram.total().rows, bench.stats.total().rows) << "seed " << kSeed;
  EXPECT_GT(dram.total().precharges_by_policy, 0U);
  EXPECT_GT(dram.total().refreshes, 0U);
}

}  // namespace
}  // namespace tlmmu
