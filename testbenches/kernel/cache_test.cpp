// SPDX-License-Identifier: Apache-2.0
// Page cache, buffer cache, readahead, shared memory.
#include <gmock/gmock.h>

#include "testbenches/kernel/invariants.h"
#include "testbenches/kernel/program.h"

namespace tlmmu::kernel::testing {
namespace {

class KernelCaches : public ::testing::Test {
 protected:
  void start(const Settings& settings) { bench = std::make_unique<ProgramBench>(settings); }
  void SetUp() override { start(settings_of(400)); }
  void TearDown() override { check_invariants(*bench); }

  void push_out_everything(ProcessId p) {
    const std::uint64_t pages = bench->kernel.state().frames.total() + 20;
    const std::uint64_t at = bench->map_pages(p, pages);
    for (std::uint64_t i = 0; i < pages; ++i) bench->store(p, at + (i << kPageShift), 1);
    bench->unmap(p, at, pages);
    bench->finish_all_transfers();
  }

  std::unique_ptr<ProgramBench> bench;
};

TEST_F(KernelCaches, text_is_one_copy_for_all_and_read_once) {
  const ProcessId a = bench->run(), b = bench->run();
  bench->fetch(a, kTextAt);
  bench->fetch(b, kTextAt);
  EXPECT_EQ(bench->counters().file_ins, 1U);
  EXPECT_EQ(bench->counters().page_cache_hits, 1U);
  EXPECT_EQ(bench->leaf(a, kTextAt).ppn(), bench->leaf(b, kTextAt).ppn());
  EXPECT_EQ(bench->faults(FaultKind::major_file), 1U);
}

TEST_F(KernelCaches, two_who_want_the_same_page_wait_for_one_read) {
  const ProcessId a = bench->run(), b = bench->run();
  ASSERT_TRUE(bench->run_until(a));
  bench->kernel.page_fault({a, VirtualAddress(kTextAt), AccessType::fetch});
  ASSERT_EQ(bench->kernel.schedule(), b);
  bench->kernel.page_fault({b, VirtualAddress(kTextAt), AccessType::fetch});
  EXPECT_EQ(bench->machine.queue.size(), 1U);
  EXPECT_EQ(bench->counters().joined_reads, 1U);
  bench->finish_transfer();
  bench->fetch(a, kTextAt);
  bench->fetch(b, kTextAt);
  EXPECT_EQ(bench->counters().reads_started, 1U);
}

TEST_F(KernelCaches, pages_stay_cached_when_their_process_ends) {
  const ProcessId a = bench->run();
  bench->fetch(a, kTextAt);
  bench->kernel.exit(a);
  EXPECT_EQ(bench->frame_counts().cached, 1U);
  const ProcessId b = bench->run();
  bench->fetch(b, kTextAt);
  EXPECT_EQ(bench->counters().file_ins, 1U);
  EXPECT_EQ(bench->frame_counts().cached, 0U);
}

TEST_F(KernelCaches, a_store_to_private_data_copies_and_the_file_stays) {
  const ProcessId p = bench->run();
  const std::uint64_t before = bench->load(p, kDataAt);
  bench->store(p, kDataAt, 5);
  EXPECT_EQ(bench->load(p, kDataAt), 5U);
  EXPECT_EQ(bench->counters().copied, 1U);
  EXPECT_EQ(bench->load(bench->run(), kDataAt), before);
}

TEST_F(KernelCaches, a_store_to_a_shared_file_is_written_back_and_read_again) {
  start(settings_of(40));
  const ProcessId p = bench->run();
  const std::uint64_t at = bench->map_file(p, bench->file, 2, Sharing::shared);
  bench->store(p, at, 42);
  push_out_everything(p);
  EXPECT_EQ(bench->counters().file_outs, 1U);
  EXPECT_EQ(bench->content_of(bench->file, 0), 42U) << "on disk";
  EXPECT_EQ(bench->load(p, at), 42U);
}

TEST_F(KernelCaches, a_clean_file_page_is_dropped_without_a_write) {
  start(settings_of(40));
  const ProcessId p = bench->run();
  bench->fetch(p, kTextAt);
  push_out_everything(p);
  EXPECT_EQ(bench->counters().dropped_file, 1U);
  EXPECT_EQ(bench->counters().file_outs, 0U);
  EXPECT_EQ(bench->fetch(p, kTextAt), bench->content_of(bench->file, 0));
}

TEST_F(KernelCaches, readahead_fetches_the_pages_that_come_next) {
  Settings settings = settings_of(400);
  settings.file_readahead = 3;
  start(settings);
  const ProcessId p = bench->run();
  bench->fetch(p, kTextAt);
  bench->finish_all_transfers();
  EXPECT_EQ(bench->counters().reads_ahead, 3U);
  for (std::uint64_t i = 1; i < 4; ++i) bench->fetch(p, kTextAt + (i << kPageShift));
  EXPECT_EQ(bench->faults(FaultKind::major_file), 1U);
  EXPECT_EQ(bench->counters().reads_ahead_used, 3U);
}

TEST_F(KernelCaches, readahead_of_swap_takes_slots_that_were_written_together) {
  Settings settings = settings_of(60);
  settings.swap_readahead = 7;
  settings.watermarks = Watermarks::from_min(4);
  start(settings);
  const ProcessId p = bench->run();
  for (std::uint64_t i = 0; i < 64; ++i) bench->store(p, kBssAt + (i << kPageShift), i);
  push_out_everything(p);
  for (std::uint64_t i = 0; i < 64; ++i) {
    EXPECT_EQ(bench->load(p, kBssAt + (i << kPageShift)), i);
    bench->finish_all_transfers();
  }
  EXPECT_GT(bench->counters().reads_ahead_used, 10U);
  EXPECT_LT(bench->faults(FaultKind::major_swap), 50U);
}

TEST_F(KernelCaches, the_inode_of_a_mapped_file_is_a_block_in_the_buffer_cache) {
  const ProcessId p = bench->run();
  bench->map_file(p, bench->file, 2, Sharing::shared);
  EXPECT_EQ(bench->counters().buffer_misses, 1U);
  EXPECT_EQ(bench->frame_counts().cached, 1U);
  bench->map_file(p, bench->file, 2, Sharing::shared);
  EXPECT_EQ(bench->counters().buffer_misses, 1U);
  EXPECT_EQ(bench->counters().buffer_hits, 2U) << "once after the read, once again";
}

TEST_F(KernelCaches, a_read_error_kills_everybody_who_waits_for_the_page_and_no_other) {
  const ProcessId a = bench->run(), b = bench->run(), c = bench->run();
  bench->machine.bad_reads.insert(bench->kernel.state().files.at(bench->file).block_of(0).value());
  ASSERT_TRUE(bench->run_until(a));
  bench->kernel.page_fault({a, VirtualAddress(kTextAt), AccessType::fetch});
  ASSERT_EQ(bench->kernel.schedule(), b);
  bench->kernel.page_fault({b, VirtualAddress(kTextAt), AccessType::fetch});
  bench->finish_transfer();
  EXPECT_FALSE(bench->kernel.is_alive(a) || bench->kernel.is_alive(b));
  bench->store(c, kBssAt, 1);
  EXPECT_EQ(bench->load(c, kBssAt), 1U);
}

class KernelSegments : public KernelCaches {
 protected:
  std::uint64_t attach(ProcessId p, std::uint64_t pages) {
    const CallAnswer got =
        bench->call(p, [&] { return bench->kernel.shmget(p, SegmentKey(5), kPageBytes * pages); });
    EXPECT_TRUE(got.ok());
    segment = SegmentId(static_cast<std::uint32_t>(got.value));
    return bench->call(p, [&] { return bench->kernel.shmat(p, segment, std::nullopt); }).value;
  }
  SegmentId segment;
};

TEST_F(KernelSegments, a_segment_is_the_same_memory_wherever_it_is_attached) {
  const ProcessId a = bench->run(), b = bench->run();
  const std::uint64_t in_a = attach(a, 3), in_b = attach(b, 3);
  EXPECT_EQ(bench->kernel.state().segments.at(segment).attachments, 2U);
  bench->store(a, in_a + 0x1000, 7);
  EXPECT_EQ(bench->load(b, in_b + 0x1000), 7U);
  bench->store(b, in_b, 8);
  EXPECT_EQ(bench->load(a, in_a), 8U);
}

TEST_F(KernelSegments, it_outlives_its_processes_until_it_is_removed) {
  const std::uint64_t free = bench->frame_counts().free;
  const ProcessId a = bench->run();
  bench->store(a, attach(a, 2), 7);
  bench->kernel.exit(a);
  const ProcessId b = bench->run();
  EXPECT_EQ(bench->load(b, attach(b, 2)), 7U);
  bench->call(b, [&] { return bench->kernel.shm_remove(b, segment); });
  EXPECT_TRUE(bench->kernel.state().segments.at(segment).alive) << "still attached";
  bench->kernel.exit(b);
  EXPECT_FALSE(bench->kernel.state().segments.at(segment).alive);
  EXPECT_EQ(bench->frame_counts().free, free);
}

TEST_F(KernelSegments, its_pages_go_to_swap_and_come_back_once_for_all) {
  start(settings_of(60));
  const ProcessId a = bench->run(), b = bench->run();
  const std::uint64_t in_a = attach(a, 4), in_b = attach(b, 4);
  for (std::uint64_t i = 0; i < 4; ++i) bench->store(a, in_a + (i << kPageShift), 10 + i);
  push_out_everything(a);
  EXPECT_EQ(bench->leaf(a, in_a).raw(), 0U) << "the segment knows where the page is";
  EXPECT_GT(bench->counters().scanned_shared, 0U);
  const std::uint64_t ins = bench->counters().swap_ins;
  for (std::uint64_t i = 0; i < 4; ++i) {
    EXPECT_EQ(bench->load(b, in_b + (i << kPageShift)), 10 + i);
    EXPECT_EQ(bench->load(a, in_a + (i << kPageShift)), 10 + i);
  }
  EXPECT_EQ(bench->counters().swap_ins, ins + 4);
}

TEST_F(KernelSegments, detaching_twice_is_refused) {
  const ProcessId a = bench->run();
  const std::uint64_t at = attach(a, 2);
  EXPECT_TRUE(bench->call(a, [&] { return bench->kernel.shmdt(a, VirtualAddress(at)); }).ok());
  EXPECT_EQ(bench->call(a, [&] { return bench->kernel.shmdt(a, VirtualAddress(at)); }).error,
            CallError::invalid_argument);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
