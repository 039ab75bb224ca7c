// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/disk_faults.h"

#include <gmock/gmock.h>

#include "testbenches/swap_disk/controller_bench.h"

namespace tlmmu {
namespace {

using testing::ControllerBench;
using testing::round_ssd;

/// The numbers, from 1, of the commands among `count` that `struck` finds something wrong with.
template <class Struck>
std::vector<unsigned> strikes(const DiskFaultsConfig& config, unsigned count, Struck struck) {
  DiskFaults faults(config);
  std::vector<unsigned> numbers;
  for (unsigned i = 1; i <= count; ++i) {
    if (struck(faults.next(DiskOperation::read))) numbers.push_back(i);
  }
  return numbers;
}

bool fails(const CommandFaults& faults) {
  return faults.medium_error;
}

TEST(DiskFaults, none_are_there_unless_asked_for) {
  const auto any = [](const CommandFaults& faults) {
    return faults.medium_error || faults.unsignaled || faults.delay > Picoseconds(0);
  };
  EXPECT_THAT(strikes({}, 1000, any), ::testing::IsEmpty());
}

TEST(DiskFaults, strike_the_command_that_they_are_told) {
  DiskFaultsConfig config;
  config.read_error.at = 7;
  EXPECT_THAT(strikes(config, 1000, fails), ::testing::ElementsAre(7));
}

TEST(DiskFaults, of_reads_do_not_count_writes) {
  DiskFaultsConfig config;
  config.read_error.at = 2;
  DiskFaults faults(config);
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(faults.next(DiskOperation::write).medium_error);
  EXPECT_FALSE(faults.next(DiskOperation::read).medium_error);
  EXPECT_TRUE(faults.next(DiskOperation::read).medium_error);
}

TEST(DiskFaults, by_chance_are_as_many_as_the_chance_says) {
  DiskFaultsConfig config;
  config.read_error.per_million = 100'000;
  EXPECT_NEAR(static_cast<double>(strikes(config, 100'000, fails).size()), 10'000, 300);
}

TEST(DiskFaults, repeat_themselves_with_the_same_seed_only) {
  DiskFaultsConfig config;
  config.read_error.per_million = 100'000;
  const auto first = strikes(config, 1000, fails);
  EXPECT_EQ(strikes(config, 1000, fails), first);
  config.seed = 2;
  EXPECT_NE(strikes(config, 1000, fails), first);
}

TEST(DiskFaults, of_one_kind_do_not_move_those_of_another) {
  DiskFaultsConfig config;
  config.read_error.per_million = 100'000;
  const auto alone = strikes(config, 1000, fails);
  config.lost_interrupt.per_million = 500'000;
  config.latency_spike.per_million = 500'000;
  EXPECT_EQ(strikes(config, 1000, fails), alone);
}

TEST(DiskFaults, a_read_that_fails_delivers_nothing_and_does_not_use_the_link) {
  SwapDiskConfig config = round_ssd();
  config.faults.read_error.at = 1;
  ControllerBench bench(config);
  bench.read(1, 5);
  bench.run_until_idle();
  EXPECT_EQ(bench.outcome[1], DiskOutcome::medium_error);
  EXPECT_EQ(bench.ended[1], microseconds(10 + 50 + 4));
  EXPECT_EQ(bench.controller.stats().bytes_to_memory, 0U);
  EXPECT_EQ(bench.controller.stats().faults.read_errors, 1U);
  bench.read(2, 5);
  bench.run_until_idle();
  EXPECT_EQ(bench.outcome[2], DiskOutcome::ok);
  bench.expect_laws();
}

TEST(DiskFaults, a_write_that_fails_takes_its_time_and_keeps_the_old_contents) {
  SwapDiskConfig config = round_ssd();
  config.faults.write_error.at = 2;
  ControllerBench bench(config);
  bench.memory.bytes[0] = 1;
  bench.write(1, 5);
  bench.run_until_idle();
  bench.memory.bytes[0] = 2;
  const Picoseconds start = bench.now;
  bench.write(2, 5);
  bench.run_until_idle();
  EXPECT_EQ(bench.outcome[2], DiskOutcome::medium_error);
  EXPECT_EQ(bench.ended[2] - start, microseconds(10 + 2 + 1 + 4 + 200));
  bench.read(3, 5);
  bench.run_until_idle();
  EXPECT_EQ(bench.memory.bytes[0], 1);
  EXPECT_EQ(bench.controller.stats().blocks_not_kept, 1U);
  bench.expect_laws();
}

TEST(DiskFaults, a_latency_spike_delays_its_command_and_no_other) {
  SwapDiskConfig config = round_ssd();
  config.faults.latency_spike.at = 1;
  config.faults.spike_time = milliseconds(3);
  ControllerBench bench(config);
  bench.read(1, 5);
  bench.read(2, 6);
  bench.run_until_idle();
  EXPECT_EQ(bench.ended[1], milliseconds(3) + microseconds(10 + 50 + 4 + 2 + 1));
  EXPECT_EQ(bench.ended[2], microseconds(10 + 50 + 4 + 2 + 1));
  EXPECT_EQ(bench.controller.stats().faults.spike_time, milliseconds(3));
  bench.expect_laws();
}

TEST(DiskFaults, a_completion_whose_interrupt_is_lost_waits_with_the_line_low) {
  SwapDiskConfig config = round_ssd();
  config.faults.lost_interrupt.at = 1;
  ControllerBench bench(config);
  DiskController& disk = bench.controller;
  bench.read(1, 5);
  disk.run(milliseconds(1));
  EXPECT_EQ(disk.completions(), 1U);
  EXPECT_FALSE(disk.signals());
  bench.now = milliseconds(1);
  bench.read(2, 6);
  disk.run(milliseconds(2));
  EXPECT_TRUE(disk.signals());
  EXPECT_EQ(disk.take_completion()->tag, 1U);
  EXPECT_TRUE(disk.signals());
  EXPECT_EQ(disk.take_completion()->tag, 2U);
  EXPECT_FALSE(disk.signals());
  EXPECT_EQ(disk.stats().faults.lost_interrupts, 1U);
  bench.expect_laws();
}

TEST(DiskFaults, by_chance_of_every_kind_keep_every_law) {
  SwapDiskConfig config = round_ssd();
  for (DiskFaultRate* rate : {&config.faults.read_error, &config.faults.write_error,
                              &config.faults.latency_spike, &config.faults.lost_interrupt}) {
    rate->per_million = 200'000;
  }
  ControllerBench bench(config);
  Random random(11);
  for (std::uint32_t tag = 0; tag < 2000; ++tag) {
    const auto block = random.below(4000);
    random.below(2) == 0 ? bench.read(tag, block) : bench.write(tag, block);
    if (random.below(4) == 0) bench.step();
  }
  bench.run_until_idle();
  const DiskFaultStats& faults = bench.controller.stats().faults;
  EXPECT_GT(faults.read_errors, 0U);
  EXPECT_GT(faults.write_errors, 0U);
  EXPECT_GT(faults.latency_spikes, 0U);
  EXPECT_GT(faults.lost_interrupts, 0U);
  bench.expect_laws();
}

}  // namespace
}  // namespace tlmmu
