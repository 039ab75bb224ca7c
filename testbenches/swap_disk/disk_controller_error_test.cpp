// SPDX-License-Identifier: Apache-2.0
// Commands that cannot be carried out, and what they leave undone.
#include <gtest/gtest.h>

#include <fstream>

#include "models/swap_disk/disk_controller.h"
#include "testbenches/support/temporary_folder.h"
#include "testbenches/swap_disk/controller_bench.h"

namespace tlmmu {
namespace {

using testing::ControllerBench;
using testing::round_ssd;

TEST(DiskController, commands_that_make_no_sense_end_with_an_error_and_are_counted) {
  ControllerBench bench(round_ssd());
  const std::uint64_t blocks = bench.controller.blocks();
  const std::uint64_t top = ~std::uint64_t{0};
  bench.submit(DiskOperation::unknown, 0, 0, 1);
  bench.read(1, 0, 0);
  bench.read(2, 0, kMaximumCommandBlocks + 1);
  bench.submit(DiskOperation::write, 3, 0, 2, top - 4096);
  bench.read(4, blocks, 1);
  bench.read(5, blocks - 1, 2);
  bench.read(6, top, 1);
  bench.run_until_idle();
  for (const std::uint32_t tag : {0U, 1U, 2U, 3U}) {
    EXPECT_EQ(bench.outcome[tag], DiskOutcome::bad_command) << tag;
  }
  for (const std::uint32_t tag : {4U, 5U, 6U}) {
    EXPECT_EQ(bench.outcome[tag], DiskOutcome::out_of_range) << tag;
  }
  EXPECT_EQ(bench.controller.stats().bad_commands, 4U);
  EXPECT_EQ(bench.controller.stats().out_of_range, 3U);
  EXPECT_EQ(bench.controller.stats().blocks_read, 0U);
  bench.expect_laws();
}

TEST(DiskController, the_last_block_can_be_used) {
  ControllerBench bench(round_ssd());
  bench.write(0, bench.controller.blocks() - 1);
  bench.read(1, bench.controller.blocks() - kMaximumCommandBlocks, kMaximumCommandBlocks);
  bench.run_until_idle();
  EXPECT_EQ(bench.outcome[0], DiskOutcome::ok);
  EXPECT_EQ(bench.outcome[1], DiskOutcome::ok);
}

TEST(DiskController, an_address_without_memory_ends_the_command_where_it_met_it) {
  ControllerBench bench(round_ssd());
  const std::uint64_t end = bench.memory.bytes.size();
  bench.submit(DiskOperation::read, 0, 0, 3, end - 2 * 4096);
  bench.submit(DiskOperation::write, 1, 0, 3, end - 4096);
  bench.run_until_idle();
  EXPECT_EQ(bench.outcome[0], DiskOutcome::dma_error);
  EXPECT_EQ(bench.outcome[1], DiskOutcome::dma_error);
  EXPECT_EQ(bench.controller.stats().bytes_to_memory, 2U * 4096);
  EXPECT_EQ(bench.controller.stats().bytes_from_memory, 4096U);
  bench.expect_laws();
}

TEST(DiskController, a_corrupt_block_is_an_error_and_never_delivered) {
  const TemporaryFolder folder;
  SwapDiskConfig config = round_ssd();
  config.backing_file = folder.file("disk");
  ControllerBench bench(config);
  std::fill_n(bench.memory.bytes.begin(), 4096, static_cast<unsigned char>(0x55));
  bench.write(0, 17);
  bench.run_until_idle();
  std::fill_n(bench.memory.bytes.begin(), 4096, static_cast<unsigned char>(0x99));
  const Bytes data = kPageBytes + ChecksumTable::file_size(config.blocks()) + kDiskBlockBytes * 17;
  std::fstream file(config.backing_file, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(data.value()));
  file.put('x');
  file.close();
  bench.read(1, 17);
  bench.run_until_idle();
  EXPECT_EQ(bench.outcome[1], DiskOutcome::data_error);
  EXPECT_EQ(bench.memory.bytes[0], 0x99);
  EXPECT_EQ(bench.controller.stats().checksum_errors, 1U);
  bench.expect_laws();
}

}  // namespace
}  // namespace tlmmu
