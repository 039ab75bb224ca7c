// SPDX-License-Identifier: Apache-2.0
// The presets against the data sheets that swap_disk_config.cpp names.
#include <gtest/gtest.h>

#include "models/base/random.h"
#include "testbenches/swap_disk/controller_bench.h"

namespace tlmmu {
namespace {

using testing::ControllerBench;
using testing::preset;

double seconds(Picoseconds time) {
  return static_cast<double>(time.value()) * 1e-12;
}

/// Operations per second with `depth` random commands of one block in the queue throughout.
double random_rate(DiskPreset name, DiskOperation operation, std::uint64_t depth, unsigned count) {
  SwapDiskConfig config = preset(name);
  if (config.is_hdd()) config.capacity = kDiskBlockBytes * config.hdd.blocks();
  config.queue_depth = depth;
  ControllerBench bench(config);
  Random random(1);
  for (std::uint32_t tag = 0; tag < count;) {
    if (bench.submit(operation, tag, random.below(config.blocks())) == DiskAcceptance::accepted) {
      ++tag;
    } else {
      bench.step();
    }
  }
  bench.run_until_idle();
  return count / seconds(bench.now);
}

/// Bytes per second of commands of 256 blocks each, one after the other, 8 in the queue; the first
/// quarter fills the pipeline and does not count.
double sequential_rate(DiskPreset name, DiskOperation operation, unsigned count) {
  SwapDiskConfig config = preset(name);
  config.queue_depth = 8;
  ControllerBench bench(config);
  for (std::uint32_t tag = 0; tag < count;) {
    if (bench.submit(operation, tag, std::uint64_t{tag} * 256, 256) == DiskAcceptance::accepted) {
      ++tag;
    } else {
      bench.step();
    }
  }
  bench.run_until_idle();
  const std::uint32_t warm_up = count / 4;
  return (count - warm_up) * 256 * 4096 / seconds(bench.now - bench.ended[warm_up - 1]);
}

void expect_within(double value, double expected, double tolerance) {
  EXPECT_NEAR(value, expected, expected * tolerance);
}

TEST(DiskPreset, nvme_ssd_reaches_its_data_sheet) {
  expect_within(random_rate(DiskPreset::nvme_ssd, DiskOperation::read, 1, 200), 19'000, 0.05);
  expect_within(random_rate(DiskPreset::nvme_ssd, DiskOperation::read, 32, 8000), 600'000, 0.15);
  expect_within(sequential_rate(DiskPreset::nvme_ssd, DiskOperation::read, 40), 3.5e9, 0.05);
  expect_within(sequential_rate(DiskPreset::nvme_ssd, DiskOperation::write, 40), 3.3e9, 0.05);
}

TEST(DiskPreset, sata_ssd_reaches_its_data_sheet) {
  expect_within(random_rate(DiskPreset::sata_ssd, DiskOperation::read, 1, 200), 10'000, 0.05);
  expect_within(random_rate(DiskPreset::sata_ssd, DiskOperation::read, 32, 4000), 98'000, 0.05);
  expect_within(sequential_rate(DiskPreset::sata_ssd, DiskOperation::read, 20), 550e6, 0.05);
  expect_within(sequential_rate(DiskPreset::sata_ssd, DiskOperation::write, 20), 520e6, 0.05);
}

TEST(DiskPreset, hdd_7200rpm_takes_average_seek_and_half_a_revolution_per_random_read) {
  // 8.5 ms seek + 4.17 ms rotation + 0.034 ms transfer + 0.3 ms overhead: 77 a second.
  expect_within(random_rate(DiskPreset::hdd_7200rpm, DiskOperation::read, 1, 2000),
                1000 / (8.5 + 4.167 + 0.034 + 0.3), 0.02);
}

TEST(DiskPreset, hdd_7200rpm_streams_a_track_per_revolution_and_head_switch) {
  expect_within(sequential_rate(DiskPreset::hdd_7200rpm, DiskOperation::read, 20),
                244 * 4096 / (8.333e-3 + 1.4e-3), 0.05);
}

}  // namespace
}  // namespace tlmmu
