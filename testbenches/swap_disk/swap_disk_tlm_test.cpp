// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <map>

#include "models/base/error.h"
#include "testbenches/support/temporary_folder.h"
#include "testbenches/swap_disk/swap_disk_bench.h"

namespace tlmmu {
namespace {

using swap_disk_test::Bench;
using swap_disk_test::Memory;
using swap_disk_test::small_ssd;

constexpr std::uint64_t kBase = Memory::kBase;
constexpr Picoseconds kWriteTime = microseconds(10 + 1 + 204);
constexpr Picoseconds kReadTime = microseconds(10 + 54 + 1);
constexpr Picoseconds kTick{1};

TEST(SwapDisk, the_interrupt_line_is_high_while_completions_wait) {
  Bench bench;
  bench.driver.submit(disk::Operation::read, 7, 0, kBase);
  bench.run(kReadTime - kTick);
  EXPECT_FALSE(bench.interrupt.read());
  bench.run(kTick);
  bench.run(kTick);
  EXPECT_TRUE(bench.interrupt.read());
  const disk::Completion completion = bench.driver.complete();
  EXPECT_EQ(completion.tag, 7U);
  EXPECT_EQ(completion.outcome, disk::Outcome::ok);
  EXPECT_EQ(completion.more, 0U);
  bench.run(kTick);
  EXPECT_FALSE(bench.interrupt.read());
  EXPECT_EQ(bench.driver.complete().outcome, disk::Outcome::none);
}

TEST(SwapDisk, dma_moves_real_bytes_both_ways) {
  Bench bench;
  for (unsigned i = 0; i < 3 * 4096; ++i) {
    bench.memory.bytes[i] = static_cast<unsigned char>(i % 251);
  }
  bench.driver.submit(disk::Operation::write, 1, 1000, kBase, 3);
  bench.run(kWriteTime + microseconds(3));
  EXPECT_EQ(bench.driver.complete().outcome, disk::Outcome::ok);
  bench.driver.submit(disk::Operation::read, 2, 1000, kBase + 0x10'000, 3);
  bench.run(kReadTime + microseconds(3));
  EXPECT_EQ(bench.driver.complete().outcome, disk::Outcome::ok);
  EXPECT_TRUE(std::equal(bench.memory.bytes.begin(), bench.memory.bytes.begin() + 0x3000,
                         bench.memory.bytes.begin() + 0x10'000));
  EXPECT_EQ(bench.disk.stats().bytes_from_memory, 3U * 4096);
  EXPECT_EQ(bench.disk.stats().bytes_to_memory, 3U * 4096);
  bench.expect_laws();
}

TEST(SwapDisk, the_interrupt_line_stays_high_until_the_last_completion_was_read) {
  Bench bench;
  bench.driver.submit(disk::Operation::read, 1, 0, kBase);
  bench.driver.submit(disk::Operation::read, 2, 1, kBase);
  bench.run(kReadTime * 2);
  EXPECT_EQ(bench.driver.status().completions, 2U);
  EXPECT_EQ(bench.driver.complete().more, 1U);
  bench.run(kTick);
  EXPECT_TRUE(bench.interrupt.read());
  EXPECT_EQ(bench.driver.complete().more, 0U);
  bench.run(kTick);
  EXPECT_FALSE(bench.interrupt.read());
}

TEST(SwapDisk, a_submission_to_a_full_queue_is_busy_and_counted) {
  Bench bench;
  for (std::uint32_t tag = 0; tag < 4; ++tag) {
    bench.driver.submit(disk::Operation::read, tag, tag, kBase);
    EXPECT_EQ(bench.driver.status().last_submission, disk::Acceptance::accepted);
    EXPECT_EQ(bench.driver.status().free_entries, 3 - tag);
  }
  bench.driver.submit(disk::Operation::read, 9, 0, kBase);
  EXPECT_EQ(bench.driver.status().last_submission, disk::Acceptance::busy);
  bench.run(kReadTime * 4);
  for (std::uint32_t tag = 0; tag < 4; ++tag) EXPECT_EQ(bench.driver.complete().tag, tag);
  EXPECT_EQ(bench.driver.complete().outcome, disk::Outcome::none);
  EXPECT_EQ(bench.driver.status().free_entries, 4U);
  EXPECT_EQ(bench.disk.stats().rejected_busy, 1U);
  bench.expect_laws();
}

TEST(SwapDisk, a_submission_takes_effect_at_the_local_time_of_the_driver) {
  Bench bench;
  bench.driver.submit(disk::Operation::read, 1, 0, kBase, 1, microseconds(30));
  bench.run(microseconds(30) + kReadTime - kTick);
  EXPECT_EQ(bench.driver.status().completions, 0U);
  bench.run(kTick * 2);
  EXPECT_EQ(bench.driver.status().completions, 1U);
}

TEST(SwapDisk, dma_happens_at_the_simulation_time_at_which_the_block_is_ready) {
  Bench bench;
  bench.driver.submit(disk::Operation::read, 1, 0, kBase, 2);
  bench.driver.submit(disk::Operation::write, 2, 8, kBase);
  bench.run(milliseconds(1));
  using ::testing::ElementsAre;
  EXPECT_THAT(bench.memory.times,
              ElementsAre(microseconds(10), microseconds(64), microseconds(65)));
}

TEST(SwapDisk, the_status_can_be_read_by_words) {
  Bench bench;
  std::uint64_t word = 0;
  const auto read_word = [&](std::uint64_t offset) {
    return bench.driver.access(tlm::TLM_READ_COMMAND, disk::kStatusOffset + Bytes(offset), word);
  };
  EXPECT_EQ(read_word(0), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(word, 4U | (std::uint64_t{4} << 32U));
  EXPECT_EQ(read_word(16), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(word, 4096U);
  EXPECT_EQ(read_word(24), tlm::TLM_ADDRESS_ERROR_RESPONSE);
}

TEST(SwapDisk, registers_refuse_other_offsets_lengths_and_directions) {
  Bench bench;
  std::uint32_t half = 0;
  std::uint64_t word = 0;
  disk::Submission submission;
  disk::Completion completion;
  auto access = [&](tlm::tlm_command command, Bytes offset, auto& content) {
    return bench.driver.access(command, offset, content);
  };
  const auto read = tlm::TLM_READ_COMMAND;
  const auto write = tlm::TLM_WRITE_COMMAND;
  EXPECT_EQ(access(read, disk::kSubmissionOffset, submission), tlm::TLM_COMMAND_ERROR_RESPONSE);
  EXPECT_EQ(access(write, disk::kSubmissionOffset, word), tlm::TLM_BURST_ERROR_RESPONSE);
  EXPECT_EQ(access(write, Bytes(8), word), tlm::TLM_ADDRESS_ERROR_RESPONSE);
  EXPECT_EQ(access(write, disk::kCompletionOffset, completion), tlm::TLM_COMMAND_ERROR_RESPONSE);
  EXPECT_EQ(access(read, disk::kCompletionOffset, word), tlm::TLM_BURST_ERROR_RESPONSE);
  EXPECT_EQ(access(read, disk::kStatusOffset, half), tlm::TLM_BURST_ERROR_RESPONSE);
  EXPECT_EQ(access(read, disk::kStatusOffset + Bytes(4), word), tlm::TLM_ADDRESS_ERROR_RESPONSE);
  EXPECT_EQ(access(read, Bytes(0x100), word), tlm::TLM_ADDRESS_ERROR_RESPONSE);
  auto& no_data = bench.driver.transaction.without_data(read, PhysicalAddress(0x40), 8);
  sc_core::sc_time delay;
  bench.driver.out->b_transport(no_data, delay);
  EXPECT_EQ(no_data.get_response_status(), tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
  EXPECT_EQ(bench.disk.stats().submitted, 0U);
}

TEST(SwapDisk, bad_commands_complete_with_their_outcome) {
  Bench bench;
  bench.driver.submit(static_cast<disk::Operation>(77), 0, 0, kBase);
  bench.driver.submit(disk::Operation::read, 1, 4096, kBase);
  bench.driver.submit(disk::Operation::write, 2, 0, 0x1000);
  bench.driver.submit(disk::Operation::read, 3, 0, kBase + mebibytes(1).value() - 4095);
  bench.run(milliseconds(1));
  std::map<std::uint32_t, disk::Outcome> outcomes;
  for (int i = 0; i < 4; ++i) {
    const disk::Completion completion = bench.driver.complete();
    outcomes[completion.tag] = completion.outcome;
  }
  EXPECT_EQ(outcomes[0], disk::Outcome::bad_command);
  EXPECT_EQ(outcomes[1], disk::Outcome::out_of_range);
  EXPECT_EQ(outcomes[2], disk::Outcome::dma_error);
  EXPECT_EQ(outcomes[3], disk::Outcome::dma_error);
  bench.expect_laws();
}

TEST(SwapDisk, contents_survive_the_machine_in_a_backing_file) {
  const TemporaryFolder folder;
  SwapDiskConfig settings = small_ssd();
  settings.backing_file = folder.file("disk");
  {
    BlockStore store(settings.backing_file, settings.blocks());
    std::vector<unsigned char> block(4096, 0x5a);
    store.write(BlockNumber(3), block.data());
  }
  Bench bench(settings);
  bench.driver.submit(disk::Operation::read, 1, 3, kBase);
  bench.run(milliseconds(1));
  EXPECT_EQ(bench.driver.complete().outcome, disk::Outcome::ok);
  EXPECT_EQ(bench.memory.bytes[4095], 0x5a);
}

TEST(SwapDisk, a_full_host_disk_stops_the_simulation_with_a_host_error) {
  const TemporaryFolder folder;
  SwapDiskConfig settings = small_ssd();
  settings.backing_file = folder.file("disk");
  Bench bench(settings);
  // The host lets no file grow or be written beyond 4 KiB any more.
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{4096, 4096};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  bench.driver.submit(disk::Operation::write, 1, 0, kBase);
  bench.run(milliseconds(1));
  try {
    bench.disk.rethrow_failure();
    FAIL() << "no failure";
  } catch (const HostError& error) {
    EXPECT_THAT(error.what(),
                ::testing::HasSubstr("swap disk: cannot write " + settings.backing_file));
  }
}

TEST(SwapDisk, nonblocking_transport_is_a_reported_error) {
  Bench bench;
  tlm::tlm_phase phase = tlm::BEGIN_REQ;
  sc_core::sc_time delay;
  auto& payload = bench.driver.transaction.payload();
  EXPECT_THROW(bench.driver.out->nb_transport_fw(payload, phase, delay), sc_core::sc_report);
}

}  // namespace
}  // namespace tlmmu
