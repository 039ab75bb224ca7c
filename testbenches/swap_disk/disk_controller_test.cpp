// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/disk_controller.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/base/random.h"
#include "testbenches/swap_disk/controller_bench.h"

namespace tlmmu {
namespace {

using testing::ControllerBench;
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

TEST(DiskController, a_slow_memory_counts_instead_of_the_link) {
  ControllerBench bench(round_ssd());
  bench.memory.block_time = microseconds(2);
  EXPECT_EQ(bench.alone(DiskOperation::read, 5), microseconds(10 + 50 + 4 + 3));
  bench.memory.block_time = microseconds(7);
  EXPECT_EQ(bench.alone(DiskOperation::read, 5), microseconds(10 + 50 + 4 + 7));
  EXPECT_EQ(bench.controller.stats().memory_time, microseconds(9));
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
  bench.expect_laws();
}

}  // namespace
}  // namespace tlmmu
