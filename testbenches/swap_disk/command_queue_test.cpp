// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/command_queue.h"

#include <gtest/gtest.h>

#include "models/base/random.h"
#include "testbenches/swap_disk/controller_bench.h"

namespace tlmmu {
namespace {

/// A medium whose arm stands at the block it served last; each block is its own place and channel.
struct StubMedium : DiskTiming {
  MediumStats numbers;
  std::uint64_t arm = 0;
  std::map<std::uint64_t, Picoseconds> busy_until;

  StubMedium() : DiskTiming(numbers) {}
  Picoseconds free_at(BlockNumber block) const override {
    const auto found = busy_until.find(block.value());
    return found == busy_until.end() ? Picoseconds(0) : found->second;
  }
  void begin(const BlockRun&, Picoseconds, std::vector<Picoseconds>&) override {}
  std::uint64_t place(BlockNumber block) const override { return block.value(); }
  std::uint64_t arm_place() const override { return arm; }
};

/// Pushes these blocks and takes all; the blocks in the order they were taken.
std::vector<std::uint64_t> served(DiskScheduler scheduler, std::uint64_t arm,
                                  const std::vector<std::uint64_t>& blocks) {
  StubMedium medium;
  medium.arm = arm;
  CommandQueue queue(scheduler, blocks.size());
  for (unsigned i = 0; i < blocks.size(); ++i) queue.push({i, BlockNumber(blocks[i])});
  std::vector<std::uint64_t> result;
  while (const auto slot = queue.take(medium, Picoseconds(0))) {
    result.push_back(blocks[*slot]);
    medium.arm = blocks[*slot];
  }
  return result;
}

using Blocks = std::vector<std::uint64_t>;

// The request string of Silberschatz, "Disk Scheduling": head at 53.
const Blocks kTextbook{98, 183, 37, 122, 14, 124, 65, 67};

std::uint64_t total_movement(std::uint64_t arm, const Blocks& blocks) {
  std::uint64_t sum = 0;
  for (const std::uint64_t block : blocks) {
    sum += block < arm ? arm - block : block - arm;
    arm = block;
  }
  return sum;
}

TEST(CommandQueue, fifo_serves_in_order_of_arrival) {
  const Blocks order = served(DiskScheduler::fifo, 53, kTextbook);
  EXPECT_EQ(order, kTextbook);
  EXPECT_EQ(total_movement(53, order), 640U);  // Silberschatz: FCFS 640 cylinders
}

TEST(CommandQueue, the_elevator_goes_up_as_far_as_there_are_requests_then_down) {
  const Blocks order = served(DiskScheduler::elevator, 53, kTextbook);
  EXPECT_EQ(order, (Blocks{65, 67, 98, 122, 124, 183, 37, 14}));
  EXPECT_EQ(total_movement(53, order), 130U + 169U);
}

TEST(CommandQueue, the_elevator_keeps_its_direction_while_requests_arrive) {
  StubMedium medium;
  medium.arm = 50;
  CommandQueue queue(DiskScheduler::elevator, 8);
  queue.push({0, BlockNumber(40)});
  EXPECT_EQ(queue.take(medium, Picoseconds(0)), 0U);  // nothing above: it turned
  medium.arm = 40;
  queue.push({1, BlockNumber(41)});
  queue.push({2, BlockNumber(5)});
  EXPECT_EQ(queue.take(medium, Picoseconds(0)), 2U);
  medium.arm = 5;
  EXPECT_EQ(queue.take(medium, Picoseconds(0)), 1U);
}

TEST(CommandQueue, of_equal_places_the_one_that_came_first_is_served_first) {
  EXPECT_EQ(served(DiskScheduler::elevator, 0, {7, 7, 3, 7}), (Blocks{3, 7, 7, 7}));
}

TEST(CommandQueue, a_command_whose_channel_is_busy_lets_others_pass) {
  for (const DiskScheduler scheduler : {DiskScheduler::fifo, DiskScheduler::elevator}) {
    StubMedium medium;
    medium.busy_until[1] = nanoseconds(100);
    medium.busy_until[3] = nanoseconds(50);
    CommandQueue queue(scheduler, 3);
    queue.push({0, BlockNumber(1)});
    queue.push({1, BlockNumber(2)});
    queue.push({2, BlockNumber(3)});
    EXPECT_EQ(queue.take(medium, Picoseconds(0)), 1U);
    EXPECT_EQ(queue.take(medium, Picoseconds(0)), std::nullopt);
    EXPECT_EQ(queue.earliest(medium), nanoseconds(50));
    EXPECT_EQ(queue.take(medium, nanoseconds(50)), 2U);
    EXPECT_EQ(queue.take(medium, nanoseconds(99)), std::nullopt);
    EXPECT_EQ(queue.take(medium, nanoseconds(100)), 0U);
    EXPECT_EQ(queue.earliest(medium), std::nullopt);
  }
}

/// Time on the mechanism until `commands` random reads that arrived together are done.
SwapDiskStats random_reads(DiskScheduler scheduler) {
  SwapDiskConfig config = testing::preset(DiskPreset::hdd_7200rpm);
  config.capacity = gibibytes(512);
  config.hdd.scheduler = scheduler;
  testing::ControllerBench bench(config);
  Random random(5);
  for (std::uint32_t round = 0; round < 20; ++round) {
    for (std::uint32_t i = 0; i < 32; ++i) bench.read(i, random.below(config.blocks()));
    bench.run_until_idle();
  }
  bench.expect_laws();
  return bench.controller.stats();
}

TEST(CommandQueue, the_elevator_beats_fifo_in_seek_time_and_response) {
  const SwapDiskStats fifo = random_reads(DiskScheduler::fifo);
  const SwapDiskStats elevator = random_reads(DiskScheduler::elevator);
  EXPECT_LT(elevator.medium.seek * 2, fifo.medium.seek);
  EXPECT_LT(elevator.phases.response.sum(), fifo.phases.response.sum());
  EXPECT_EQ(elevator.reads, fifo.reads);
}

}  // namespace
}  // namespace tlmmu
