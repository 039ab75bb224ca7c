// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/hdd_timing.h"

#include <gtest/gtest.h>

#include "models/base/random.h"

namespace tlmmu {
namespace {

/// 6,000 rpm: a revolution of 10 ms, 100 blocks of 100 us each; 2 heads, 1,000 cylinders.
HddConfig round_hdd() {
  HddConfig config;
  config.rpm = 6000;
  config.seek_track_to_track = milliseconds(1);
  config.seek_average = milliseconds(5);
  config.seek_full = milliseconds(10);
  config.write_settle = microseconds(500);
  config.cylinders = 1000;
  config.heads = 2;
  config.blocks_per_track = 100;
  return config;
}
constexpr Picoseconds kRevolution = milliseconds(10);
constexpr Picoseconds kBlock = microseconds(100);

struct Mechanism {
  MediumStats stats;
  HddTiming timing;
  std::vector<Picoseconds> ready;

  explicit Mechanism(const HddConfig& config = round_hdd()) : timing(config, stats) {}
  /// When the last block of a run that begins at `now` is there.
  Picoseconds run(Picoseconds now, std::uint64_t first, std::uint64_t count = 1,
                  DiskDirection direction = DiskDirection::read) {
    timing.begin({direction, BlockNumber(first), count}, now, ready);
    return ready.back();
  }
};

TEST(HddTiming, a_revolution_at_7200_rpm_takes_8333_us) {
  HddConfig config = round_hdd();
  config.rpm = 7200;
  EXPECT_EQ(Mechanism(config).timing.revolution().value() / 1'000'000, 8333U);
}

TEST(HddTiming, a_block_is_there_once_it_has_passed_the_head) {
  Mechanism disk;
  EXPECT_EQ(disk.run(Picoseconds(0), 0), kBlock);
  EXPECT_EQ(disk.run(kBlock, 1), kBlock * 2);
  EXPECT_EQ(disk.run(kBlock * 2, 50), kBlock * 51);
}

TEST(HddTiming, a_block_just_missed_costs_a_whole_revolution) {
  Mechanism disk;
  EXPECT_EQ(disk.run(Picoseconds(0), 7), kBlock * 8);
  EXPECT_EQ(disk.run(kBlock * 7 + Picoseconds(1), 7), kRevolution + kBlock * 8);
  EXPECT_EQ(disk.stats.rotation, kBlock * 7 + kRevolution - Picoseconds(1));
}

TEST(HddTiming, the_delay_at_random_times_is_half_a_revolution_on_average) {
  constexpr std::uint64_t kSeed = 11;
  SCOPED_TRACE(::testing::Message() << "seed " << kSeed);
  Random random(kSeed);
  Mechanism disk;
  Picoseconds now;
  constexpr unsigned kRuns = 20'000;
  for (unsigned i = 0; i < kRuns; ++i) {
    now = disk.run(now + Picoseconds(random.below(kRevolution.value())), random.below(100));
  }
  const double mean = static_cast<double>(disk.stats.rotation.value()) / kRuns;
  EXPECT_NEAR(mean / static_cast<double>(kRevolution.value()), 0.5, 0.01);
}

TEST(HddTiming, a_seek_takes_the_time_of_its_distance) {
  Mechanism disk;
  const std::uint64_t last_cylinder = 999 * 2 * 100;
  disk.run(Picoseconds(0), last_cylinder);
  EXPECT_EQ(disk.stats.seek, milliseconds(10));
  disk.run(milliseconds(40), last_cylinder + 1);
  EXPECT_EQ(disk.stats.seek, milliseconds(10));
  disk.run(milliseconds(60), last_cylinder - 200);
  EXPECT_EQ(disk.stats.seek, milliseconds(11));
}

TEST(HddTiming, a_head_switch_takes_a_track_to_track_seek) {
  Mechanism disk;
  disk.run(Picoseconds(0), 100);
  EXPECT_EQ(disk.stats.seek, milliseconds(1));
}

TEST(HddTiming, a_write_settles_after_a_long_seek_only) {
  Mechanism disk;
  disk.run(Picoseconds(0), 400, 1, DiskDirection::write);
  const Picoseconds two_cylinders = disk.stats.seek;
  Mechanism other;
  other.run(Picoseconds(0), 400, 1, DiskDirection::read);
  EXPECT_EQ(two_cylinders, other.stats.seek + microseconds(500));
  disk.run(milliseconds(50), 300, 1, DiskDirection::write);
  EXPECT_EQ(disk.stats.seek, two_cylinders + milliseconds(1));
}

TEST(HddTiming, a_sequential_run_loses_no_revolution_at_a_track_switch) {
  Mechanism disk;
  // 1 ms of head switch are 10 blocks of skew: each track but the first costs 1.1 revolutions.
  const Picoseconds end = disk.run(Picoseconds(0), 0, 1000);
  EXPECT_EQ(end, kRevolution * 10 + milliseconds(1) * 9);
  EXPECT_EQ(disk.stats.rotation, Picoseconds(0));
}

TEST(HddTiming, the_skew_rounds_up_to_whole_blocks) {
  HddConfig config = round_hdd();
  config.seek_track_to_track = milliseconds(1) + Picoseconds(1);
  Mechanism disk(config);
  const Picoseconds end = disk.run(Picoseconds(0), 0, 200);
  EXPECT_EQ(end, kRevolution * 2 + kBlock * 11);
}

TEST(HddTiming, a_track_of_uneven_blocks_still_closes_after_one_revolution) {
  HddConfig config = round_hdd();
  config.blocks_per_track = 7;
  Mechanism disk(config);
  EXPECT_EQ(disk.run(Picoseconds(0), 0, 7), kRevolution);
}

TEST(HddTiming, the_mechanism_is_one_channel_that_is_busy_all_the_way) {
  Mechanism disk;
  const Picoseconds end = disk.run(Picoseconds(0), 54'321, 150, DiskDirection::write);
  EXPECT_EQ(disk.stats.channel_busy[0], end);
  EXPECT_EQ(disk.stats.seek + disk.stats.rotation + disk.stats.transfer, end);
  EXPECT_EQ(disk.timing.free_at(BlockNumber(0)), end);
  EXPECT_EQ(disk.timing.arm_place(), (54'321U + 149) / 200);
}

}  // namespace
}  // namespace tlmmu
