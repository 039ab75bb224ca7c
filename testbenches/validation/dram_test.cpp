// SPDX-License-Identifier: Apache-2.0
// Validation 13: DRAM latency by what the row buffer holds, and sustained sequential bandwidth. The
// closed forms follow from the definitions of the timing parameters in JESD79-4, JESD79-5 and
// JESD209-4; that every rule is tight is shown by testbenches/dram/timing_test.cpp.
#include <gtest/gtest.h>

#include "models/dram/dram.h"
#include "models/memory_controller/address_map.h"
#include "models/memory_controller/memory_controller_config.h"
#include "testbenches/dram/every_preset.h"

namespace tlmmu {
namespace {

class DramValidation : public ::testing::TestWithParam<DramPreset> {
 protected:
  DramConfig config{GetParam()};
  const DramTiming& t = config.timing;
  Cycles burst{config.geometry.burst_length / 2};

  static constexpr BurstAddress at_row(std::uint64_t row) { return {0, 0, 0, 0, row, 0}; }

  /// Latency of a read of row 1 in an idle memory whose bank has `before` open, if anything.
  Cycles unloaded_latency(std::optional<std::uint64_t> before) {
    Dram dram(config, std::nullopt);
    if (before) dram.serve(at_row(*before), BurstKind::read, Cycles(0));
    const Cycles arrival(1000);
    return dram.serve(at_row(1), BurstKind::read, arrival).data_end - arrival;
  }

  /// Cycles for `bursts` sequential bursts with the default mapping; `ahead` of them are under way.
  Cycles sequential(BurstKind kind, std::size_t bursts, std::size_t ahead) {
    Dram dram(config, std::nullopt);
    const DramAddressMap map(MemoryControllerConfig().address_mapping, config.geometry);
    std::vector<Cycles> ends(ahead);
    Cycles last;
    for (std::size_t i = 0; i < bursts; ++i) {
      Cycles& slot = ends[i % ahead];
      const BurstAddress address = map.decode(i * config.geometry.burst_bytes().value());
      slot = dram.serve(address, kind, slot).data_end;
      last = std::max(last, slot);
    }
    return last;
  }

  /// `refresh`: the cycles that each refresh takes from the data bus.
  void expect_peak_less_refresh(BurstKind kind, Cycles refresh) {
    constexpr std::size_t kBursts = 30'000;
    const auto taken = static_cast<double>(sequential(kind, kBursts, 64).value());
    const auto channels = static_cast<double>(config.geometry.channels);
    const double on_the_bus = kBursts * static_cast<double>(burst.value()) / channels;
    const double refreshing =
        static_cast<double>(refresh.value()) / static_cast<double>(t.tREFI.value());
    const double of_peak = on_the_bus / taken;
    EXPECT_GT(of_peak, 0.98 * (1 - refreshing));
    EXPECT_LE(of_peak, 1.0);
  }
};

TEST_P(DramValidation, a_row_hit_takes_tCL_and_the_burst) {
  EXPECT_EQ(unloaded_latency(1), t.tCL + burst);
}

TEST_P(DramValidation, a_closed_row_takes_tRCD_more) {
  EXPECT_EQ(unloaded_latency(std::nullopt), t.tRCD + t.tCL + burst);
}

TEST_P(DramValidation, a_row_conflict_takes_tRP_more_again) {
  EXPECT_EQ(unloaded_latency(2), t.tRP + t.tRCD + t.tCL + burst);
}

TEST_P(DramValidation, sequential_reads_reach_the_peak_less_refresh) {
  expect_peak_less_refresh(BurstKind::read, t.tRFC);
}

TEST_P(DramValidation, sequential_writes_reach_the_peak_less_refresh) {
  // a rank recovers from its last write before it can be precharged for the refresh
  expect_peak_less_refresh(BurstKind::write, t.tWR + t.tRP + t.tRFC);
}

TEST_P(DramValidation, one_read_at_a_time_is_bounded_by_latency) {
  constexpr std::size_t kBursts = 1000;
  EXPECT_GE(sequential(BurstKind::read, kBursts, 1), (t.tCL + burst) * kBursts);
}

INSTANTIATE_TEST_SUITE_P(Presets, DramValidation, testing::kEveryPreset);

}  // namespace
}  // namespace tlmmu
