// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "models/dram/dram.h"
#include "testbenches/dram/random_bursts.h"

namespace tlmmu {
namespace {

using testing::RandomBurst;
using testing::RandomBursts;

using Name = events::DramCommandName;

constexpr std::uint64_t kInterval = 9363;  // tREFI of DDR4-2400

constexpr BurstAddress at_row(std::uint64_t row) {
  return {0, 0, 0, 0, row, 0};
}

std::vector<std::uint64_t> times_of(const CommandLog& log, Name name) {
  std::vector<std::uint64_t> times;
  for (const IssuedCommand& issued : log) {
    if (issued.command.command == name) times.push_back(issued.at.value());
  }
  return times;
}

TEST(DramRefresh, an_idle_rank_is_refreshed_each_interval) {
  CommandLog log;
  Dram dram(DramConfig(), std::nullopt, &log);
  dram.catch_up(Cycles(4 * kInterval));
  EXPECT_THAT(times_of(log, Name::refresh),
              ::testing::ElementsAre(kInterval, 2 * kInterval, 3 * kInterval, 4 * kInterval));
}

TEST(DramRefresh, hours_of_idle_time_cost_nothing_and_count_exactly) {
  Dram dram(DramConfig(), std::nullopt);
  constexpr std::uint64_t kIntervals = 1'000'000'000'000;
  dram.catch_up(Cycles(kInterval * kIntervals + 17));
  EXPECT_EQ(dram.stats().total().refreshes, kIntervals);
}

TEST(DramRefresh, an_access_that_meets_a_refresh_waits_for_tRFC) {
  Dram dram(DramConfig(), std::nullopt);
  const BurstTiming timing = dram.serve(at_row(1), BurstKind::read, Cycles(9400));
  EXPECT_EQ(timing.outcome, RowOutcome::closed);
  EXPECT_EQ(timing.data_end, Cycles(kInterval + 420 + 17 + 17 + 4));
}

TEST(DramRefresh, an_access_after_a_long_pause_waits_only_for_the_last_refresh) {
  Dram dram(DramConfig(), std::nullopt);
  dram.serve(at_row(1), BurstKind::read, Cycles(0));
  const BurstTiming timing = dram.serve(at_row(1), BurstKind::read, Cycles(kInterval * 1000 + 1));
  EXPECT_EQ(timing.data_end, Cycles(kInterval * 1000 + 420 + 17 + 17 + 4));
  EXPECT_EQ(dram.stats().total().refreshes, 1000U);
}

TEST(DramRefresh, closes_the_open_rows_first) {
  CommandLog log;
  Dram dram(DramConfig(), std::nullopt, &log);
  dram.serve(at_row(1), BurstKind::read, Cycles(9330));  // ACT; PRE is legal 39 cycles later
  dram.catch_up(Cycles(20'000));
  EXPECT_THAT(times_of(log, Name::precharge), ::testing::ElementsAre(9330 + 39));
  EXPECT_THAT(times_of(log, Name::refresh), ::testing::ElementsAre(9330 + 39 + 17, 2 * kInterval));
  EXPECT_EQ(dram.stats().total().precharges_for_refresh, 1U);
}

TEST(DramRefresh, never_comes_between_the_commands_of_one_access) {
  CommandLog log;
  Dram dram(DramConfig(), std::nullopt, &log);
  dram.serve(at_row(1), BurstKind::read, Cycles(9362));
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(log[0].at, Cycles(9362));
  EXPECT_EQ(log[1].at, Cycles(9362 + 17));
}

TEST(DramRefresh, a_late_refresh_does_not_move_those_that_fall_due_after_it) {
  DramConfig config;
  config.timing.tREFI = Cycles(500);
  config.timing.tRFC = Cycles(440);
  CommandLog log;
  Dram dram(config, std::nullopt, &log);
  dram.serve(at_row(1), BurstKind::write, Cycles(499));
  dram.catch_up(Cycles(5000));
  // PRE at 499 + tRCD + tCWL + burst + tWR = 554, REF at 571; each next one up to 60 cycles earlier
  EXPECT_THAT(times_of(log, Name::refresh),
              ::testing::ElementsAre(571, 1011, 1500, 2000, 2500, 3000, 3500, 4000, 4500, 5000));
}

TEST(DramRefresh, the_ranks_of_a_channel_take_turns) {
  DramConfig config;
  config.geometry.ranks = 4;
  config.timing.tREFI = Cycles(8000);
  CommandLog log;
  Dram dram(config, std::nullopt, &log);
  dram.catch_up(Cycles(15'999));
  EXPECT_THAT(times_of(log, Name::refresh), ::testing::ElementsAre(8000, 10'000, 12'000, 14'000));
}

TEST(DramRefresh, an_interval_of_zero_switches_it_off) {
  DramConfig config;
  config.timing.tREFI = Cycles(0);
  Dram dram(config, std::nullopt);
  dram.serve(at_row(1), BurstKind::read, Cycles(0));
  EXPECT_EQ(dram.serve(at_row(1), BurstKind::read, Cycles(1'000'000'000)).outcome, RowOutcome::hit);
  EXPECT_EQ(dram.stats().total().refreshes, 0U);
}

/// Looking often or only when an access needs it must come to the same, also with a row policy.
void expect_same_with_and_without_catching_up(RowIdleLimit limit) {
  const DramConfig config;
  Dram lazy(config, limit);
  Dram eager(config, limit);
  constexpr std::uint64_t kSeed = 11;
  RandomBursts random(kSeed, config.geometry, config.timing.tREFI);
  Cycles present;
  for (int i = 0; i < 4000; ++i) {
    RandomBurst burst = random.next();
    burst.arrival = present = std::max(present, burst.arrival);
    eager.catch_up(present);
    const BurstTiming a = lazy.serve(burst.address, burst.kind, burst.arrival);
    const BurstTiming b = eager.serve(burst.address, burst.kind, burst.arrival);
    ASSERT_EQ(a.outcome, b.outcome) << "burst " << i << ", seed " << kSeed;
    ASSERT_EQ(a.data_end, b.data_end) << "burst " << i << ", seed " << kSeed;
  }
  lazy.catch_up(present);
  EXPECT_EQ(lazy.stats().total().refreshes, eager.stats().total().refreshes);
  EXPECT_EQ(lazy.stats().total().precharges(), eager.stats().total().precharges());
}

TEST(DramRefresh, is_the_same_whether_looked_at_often_or_late) {
  expect_same_with_and_without_catching_up(std::nullopt);
  expect_same_with_and_without_catching_up(Cycles(0));
  expect_same_with_and_without_catching_up(Cycles(120));
}

}  // namespace
}  // namespace tlmmu
