// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "models/dram/dram.h"

namespace tlmmu {
namespace {

constexpr BurstAddress at_row(std::uint64_t row) {
  return {0, 0, 0, 0, row, 0};
}

RowOutcome second_access(RowIdleLimit limit, std::uint64_t row, Cycles arrival) {
  Dram dram(DramConfig(), limit);
  dram.serve(at_row(1), BurstKind::read, Cycles(0));  // RD at 17; PRE is legal from 39 on
  return dram.serve(at_row(row), BurstKind::read, arrival).outcome;
}

TEST(DramRowPolicy, an_open_row_stays_open) {
  EXPECT_EQ(second_access(std::nullopt, 1, Cycles(9000)), RowOutcome::hit);
  EXPECT_EQ(second_access(std::nullopt, 2, Cycles(9000)), RowOutcome::conflict);
}

TEST(DramRowPolicy, closed_precharges_as_soon_as_the_rules_allow) {
  EXPECT_EQ(second_access(Cycles(0), 1, Cycles(39)), RowOutcome::hit);
  EXPECT_EQ(second_access(Cycles(0), 1, Cycles(40)), RowOutcome::closed);
  EXPECT_EQ(second_access(Cycles(0), 2, Cycles(40)), RowOutcome::closed);
}

TEST(DramRowPolicy, closed_makes_the_next_row_wait_for_tRP_only) {
  Dram dram(DramConfig(), Cycles(0));
  dram.serve(at_row(1), BurstKind::read, Cycles(0));
  const auto timing = dram.serve(at_row(2), BurstKind::read, Cycles(40));
  EXPECT_EQ(timing.command, Cycles(39 + 17 + 17));
}

TEST(DramRowPolicy, timeout_counts_from_the_last_use) {
  EXPECT_EQ(second_access(Cycles(100), 1, Cycles(117)), RowOutcome::hit);
  EXPECT_EQ(second_access(Cycles(100), 1, Cycles(118)), RowOutcome::closed);
}

TEST(DramRowPolicy, a_burst_that_waits_keeps_its_row_open) {
  Dram dram(DramConfig(), Cycles(0));
  for (unsigned column = 0; column < 32; ++column) {
    const auto timing = dram.serve({0, 0, 0, 0, 1, column}, BurstKind::read, Cycles(0));
    EXPECT_EQ(timing.outcome, column == 0 ? RowOutcome::closed : RowOutcome::hit);
  }
}

TEST(DramRowPolicy, an_access_from_an_earlier_time_starts_when_its_bank_is_free) {
  Dram dram(DramConfig(), std::nullopt);
  dram.serve(at_row(1), BurstKind::read, Cycles(5000));
  const auto timing = dram.serve(at_row(2), BurstKind::read, Cycles(100));
  EXPECT_EQ(timing.outcome, RowOutcome::conflict);
  EXPECT_EQ(timing.command, Cycles(5000 + 39 + 17 + 17));
}

}  // namespace
}  // namespace tlmmu
