// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/disk_controller.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/base/random.h"
#include "testbenches/swap_disk/controller_bench.h"

namespace tlmmu {
namespace {

using testing::ControllerBench;
using ::testing::ElementsAre;
using testing::round_ssd;

TEST(DiskController, a_read_passes_overhead_medium_and_link) {
  ControllerBench bench(round_ssd());
  EXPECT_EQ(bench.alone(DiskOperation::read, 5), microseconds(10 + 50 + 4 + 2 + 1));
  bench.expect_laws();
}

TEST(DiskController, a_write_passes_overhead_link_and_medium) {
  ControllerBench bench(round_ssd());
  EXPECT_EQ(bench.alone(DiskOperation::write, 5), microseconds(10 + 2 + 1 + 4 + 200));
  bench.expect_laws();
}

TEST(DiskController, memory_and_link_overlap_and_the_slower_counts) {
  ControllerBench bench(round_ssd());
  bench.memory.block_time = microseconds(2);
  EXPECT_EQ(bench.alone(DiskOperation::read, 5), microseconds(10 + 50 + 4 + 3));
  bench.memory.block_time = microseconds(7);
  EXPECT_EQ(bench.alone(DiskOperation::read, 5), microseconds(10 + 50 + 4 + 7));
  EXPECT_EQ(bench.controller.stats().memory_time, microseconds(9));
  bench.expect_laws();
}

TEST(DiskController, blocks_of_one_read_overlap_on_the_channels_and_follow_on_the_link) {
  ControllerBench bench(round_ssd());
  EXPECT_EQ(bench.alone(DiskOperation::read, 0, 8), microseconds(10 + 54 + 2 + 8));
  EXPECT_EQ(bench.alone(DiskOperation::read, 0, 16), microseconds(10 + 54 + 54 + 8));
  EXPECT_EQ(bench.alone(DiskOperation::write, 0, 8), microseconds(10 + 2 + 8 + 204));
  bench.expect_laws();
}

TEST(DiskController, what_was_written_is_read) {
  ControllerBench bench(round_ssd());
  Random random(3);
  for (std::size_t i = 0; i < 8 * 4096; ++i) {
    bench.memory.bytes[i] = static_cast<unsigned char>(random.next());
  }
  const auto written = bench.memory.bytes;
  bench.submit(DiskOperation::write, 0, 100, 8, 0);
  bench.run_until_idle();
  bench.submit(DiskOperation::read, 1, 100, 8, mebibytes(1).value());
  bench.run_until_idle();
  EXPECT_TRUE(std::equal(written.begin(), written.begin() + 8 * 4096,
                         bench.memory.bytes.begin() + static_cast<int>(mebibytes(1).value())));
  EXPECT_EQ(bench.controller.stats().bytes_from_memory, 8U * 4096);
  EXPECT_EQ(bench.controller.stats().bytes_to_memory, 8U * 4096);
  bench.expect_laws();
}

/// Reads per second of modelled time, with 64 reads of one block in the queue throughout, once
/// the queue is in its stride.
double throughput(std::uint64_t channels, std::uint64_t link_bandwidth) {
  SwapDiskConfig config = round_ssd();
  config.ssd.channels = channels;
  config.link_bandwidth = link_bandwidth;
  config.link_overhead = Picoseconds(0);
  ControllerBench bench(config);
  constexpr std::uint32_t kReads = 256;
  for (std::uint32_t tag = 0; tag < kReads;) {
    if (bench.read(tag, tag) == DiskAcceptance::accepted) {
      ++tag;
    } else {
      bench.step();
    }
  }
  bench.run_until_idle();
  bench.expect_laws();
  constexpr std::uint32_t kWarmUp = 64;
  const Picoseconds begin = bench.ended[bench.order[kWarmUp - 1]];
  return (kReads - kWarmUp) / (static_cast<double>((bench.now - begin).value()) * 1e-12);
}

TEST(DiskController, channels_multiply_the_throughput_until_the_link_is_full) {
  const double one = throughput(1, 4096);
  EXPECT_NEAR(one, 1e6 / 54, 1e6 / 54 * 0.01);
  for (const std::uint64_t channels : {2U, 8U, 32U}) {
    EXPECT_NEAR(throughput(channels, 4096) / one, static_cast<double>(channels),
                0.05 * static_cast<double>(channels));
  }
  // 256 MB/s are 62,500 blocks a second; 8 channels could read 148,148.
  EXPECT_NEAR(throughput(8, 256), 62'500, 625);
}

TEST(DiskController, a_hard_disk_serves_one_command_at_a_time) {
  ControllerBench bench(testing::preset(DiskPreset::hdd_7200rpm));
  for (std::uint32_t tag = 0; tag < 4; ++tag) bench.read(tag, 1'000'000 * tag);
  bench.run_until_idle();
  const SwapDiskStats& stats = bench.controller.stats();
  EXPECT_EQ(stats.phases.service.sum(), stats.medium.channel_busy[0].value());
  EXPECT_GT(stats.phases.queue_wait.sum(), 0U);
  bench.expect_laws();
}

TEST(DiskController, a_full_queue_is_busy_until_a_completion_is_taken) {
  SwapDiskConfig config = round_ssd();
  config.queue_depth = 2;
  ControllerBench bench(config);
  EXPECT_EQ(bench.read(0, 0), DiskAcceptance::accepted);
  EXPECT_EQ(bench.read(1, 1), DiskAcceptance::accepted);
  EXPECT_EQ(bench.read(2, 2), DiskAcceptance::busy);
  EXPECT_EQ(bench.controller.free_entries(), 0U);
  bench.controller.run(milliseconds(1));
  EXPECT_EQ(bench.controller.completions(), 2U);
  EXPECT_EQ(bench.read(2, 2), DiskAcceptance::busy);
  EXPECT_EQ(bench.controller.take_completion()->tag, 0U);
  EXPECT_EQ(bench.read(3, 2), DiskAcceptance::accepted);
  EXPECT_EQ(bench.controller.stats().rejected_busy, 2U);
  EXPECT_EQ(bench.controller.stats().maximum_in_queue, 2U);
  bench.expect_laws();
}

TEST(DiskController, a_flush_ends_after_everything_before_it_and_waits_for_nothing_else) {
  ControllerBench bench(round_ssd());
  bench.write(0, 0);
  bench.write(1, 8);  // the same channel
  bench.flush(2);
  bench.write(3, 8);
  bench.flush(4);
  bench.read(5, 1);
  bench.run_until_idle();
  EXPECT_THAT(bench.order, ElementsAre(5, 0, 1, 2, 3, 4));
  EXPECT_EQ(bench.ended[2], bench.ended[1]);
  EXPECT_EQ(bench.alone(DiskOperation::flush, 0, 0), microseconds(10));
  EXPECT_EQ(bench.controller.stats().flushes, 3U);
  bench.expect_laws();
}

TEST(DiskController, a_flush_also_waits_for_commands_that_fail) {
  ControllerBench bench(round_ssd());
  bench.submit(DiskOperation::write, 0, 0, 1, mebibytes(64).value());
  bench.flush(1);
  bench.run_until_idle();
  EXPECT_THAT(bench.order, ElementsAre(0, 1));
  EXPECT_EQ(bench.outcome[0], DiskOutcome::dma_error);
  EXPECT_EQ(bench.outcome[1], DiskOutcome::ok);
  bench.expect_laws();
}

TEST(DiskController, commands_on_one_channel_wait_for_each_other) {
  ControllerBench bench(round_ssd());
  bench.read(0, 0);
  bench.read(1, 8);
  bench.read(2, 1);
  bench.run_until_idle();
  EXPECT_EQ(bench.ended[0], microseconds(10 + 54 + 3));
  EXPECT_EQ(bench.ended[2], microseconds(10 + 54 + 6));
  EXPECT_EQ(bench.ended[1], microseconds(10 + 54 + 54 + 3));
  const DiskPhaseStats& phases = bench.controller.stats().phases;
  EXPECT_EQ(phases.queue_wait.maximum(), microseconds(54).value());
  EXPECT_EQ(phases.service.maximum(), microseconds(54).value());
  bench.expect_laws();
}

TEST(DiskController, a_submission_ahead_of_time_takes_effect_at_its_time) {
  ControllerBench bench(round_ssd());
  bench.now = microseconds(500);
  bench.read(0, 0);
  bench.now = microseconds(100);
  bench.read(1, 0);
  bench.run_until_idle();
  EXPECT_EQ(bench.ended[1], microseconds(100 + 67));
  EXPECT_EQ(bench.ended[0], microseconds(500 + 67));
}

struct QueueWatcher : events::Sink {
  std::vector<std::pair<unsigned, unsigned>> seen;
  Picoseconds last;
  void on(const events::Stamp& stamp, const events::DiskQueue& queue) override {
    EXPECT_GE(stamp.at, last);
    last = stamp.at;
    seen.emplace_back(queue.waiting, queue.in_service);
  }
};

TEST(DiskController, every_change_of_the_queue_is_an_event_in_order_of_time) {
  QueueWatcher watcher;
  SwapDiskConfig config = round_ssd();
  config.ssd.channels = 1;
  ControllerBench bench(config, events::Emitter(&watcher, events::UnitId{}));
  bench.read(0, 0);
  bench.read(1, 1);
  bench.run_until_idle();
  using Pair = std::pair<unsigned, unsigned>;
  EXPECT_THAT(watcher.seen,
              ElementsAre(Pair(1, 0), Pair(2, 0), Pair(1, 1), Pair(0, 2), Pair(0, 1), Pair(0, 0)));
}

TEST(DiskController, many_commands_at_once_deliver_what_was_written) {
  constexpr std::uint64_t kSeed = 29;
  SCOPED_TRACE(::testing::Message() << "seed " << kSeed);
  constexpr std::uint64_t kHalf = 512;  // pages of memory written from, and read to
  for (const DiskPreset name : {DiskPreset::hdd_7200rpm, DiskPreset::nvme_ssd}) {
    Random random(kSeed);
    ControllerBench bench(testing::preset(name));
    for (std::size_t i = 0; i < kHalf * 4096; ++i) {
      bench.memory.bytes[i] = static_cast<unsigned char>(random.next());
    }
    // Page p goes to block 3 p in commands of one page each, and comes back in another order.
    const auto run_all = [&](DiskOperation operation, std::uint64_t stride, std::uint64_t base) {
      for (std::uint64_t i = 0; i < kHalf;) {
        const std::uint64_t page = i * stride % kHalf;
        const auto answer = bench.submit(operation, static_cast<std::uint32_t>(i), 3 * page, 1,
                                         (base + page) * 4096);
        if (answer == DiskAcceptance::accepted) {
          ++i;
        } else {
          bench.step();
        }
      }
      bench.run_until_idle();
    };
    run_all(DiskOperation::write, 7, 0);
    run_all(DiskOperation::read, 11, kHalf);
    const auto middle = bench.memory.bytes.begin() + kHalf * 4096;
    EXPECT_TRUE(std::equal(bench.memory.bytes.begin(), middle, middle));
    EXPECT_EQ(bench.controller.stats().reads, kHalf);
    bench.expect_laws();
  }
}

TEST(DiskController, random_commands_keep_every_law_and_all_end) {
  for (const DiskPreset name :
       {DiskPreset::hdd_7200rpm, DiskPreset::sata_ssd, DiskPreset::nvme_ssd}) {
    constexpr std::uint64_t kSeed = 23;
    SCOPED_TRACE(::testing::Message() << "seed " << kSeed);
    SwapDiskConfig config = testing::preset(name);
    config.capacity = mebibytes(64);
    ControllerBench bench(config);
    Random random(kSeed);
    for (std::uint32_t tag = 0; tag < 200; ++tag) {
      const auto operation = static_cast<DiskOperation>(random.below(10) == 0  ? 2
                                                        : random.below(2) == 0 ? 0
                                                                               : 1);
      bench.submit(operation, tag, random.below(config.blocks() + 10), random.below(6),
                   random.below(mebibytes(4).value() + 20'000));
      for (std::uint64_t steps = random.below(6); steps > 0; --steps) bench.step();
      if (tag % 50 == 0) bench.expect_laws();
    }
    bench.run_until_idle();
    bench.expect_laws();
    EXPECT_EQ(bench.controller.stats().in_queue, 0U);
    EXPECT_EQ(bench.controller.free_entries(), bench.controller.depth());
  }
}

}  // namespace
}  // namespace tlmmu
