// SPDX-License-Identifier: Apache-2.0
// Dirty pages of files go to the disk while they stay in memory: with time, and for msync.
#include "testbenches/kernel/invariants.h"
#include "testbenches/kernel/program.h"
#include "testbenches/kernel/swap_bench.h"

namespace tlmmu::kernel::testing {
namespace {

Settings writeback_settings() {
  Settings settings = settings_of(400);
  settings.dirty_writeback = milliseconds(5);
  settings.dirty_expire = milliseconds(10);
  return settings;
}

class KernelWriteback : public ::testing::Test {
 protected:
  explicit KernelWriteback(const Settings& settings = writeback_settings())
      : bench(settings), file(*bench.kernel.create_file(16)), p(bench.run()) {
    at = bench.map_file(p, file, 16, Sharing::shared);
    bench.run_until(p);
  }
  ~KernelWriteback() override { check_invariants(bench); }

  std::uint64_t on_disk(std::uint64_t number) { return bench.content_of(file, number); }
  bool is_dirty(std::uint64_t number) { return bench.leaf(p, at + page(number)).flags().d(); }
  /// Time passes, and the kernel is entered at each millisecond.
  void pass(int ms) {
    for (int i = 0; i < ms; ++i) {
      bench.machine.time += milliseconds(1);
      bench.kernel.disk_done(DiskTag(0), TransferResult::ok);  // nobody's
    }
  }
  CallAnswer sync_once(ProcessId process, std::uint64_t pages) {
    return bench.kernel.msync(process, range_at(at, pages));
  }

  ProgramBench bench;
  FileId file;
  ProcessId p;
  std::uint64_t at = 0;
};

TEST_F(KernelWriteback, writes_what_has_been_dirty_long_enough_and_keeps_it) {
  bench.store(p, at, 7);
  pass(14);
  EXPECT_EQ(bench.counters().written_back, 0U);
  pass(6);
  EXPECT_EQ(bench.counters().written_back, 1U) << "the third round after the store";
  EXPECT_FALSE(is_dirty(0));
  bench.finish_all_transfers();
  EXPECT_EQ(on_disk(0), 7U);
  const std::uint64_t traps = bench.counters().fault_traps;
  EXPECT_EQ(bench.load(p, at), 7U);
  EXPECT_EQ(bench.counters().fault_traps, traps) << "it never left memory";
}

TEST_F(KernelWriteback, writes_again_what_is_stored_while_the_disk_works) {
  bench.store(p, at, 7);
  pass(20);
  ASSERT_EQ(bench.machine.queue.size(), 1U);
  bench.store(p, at, 8);
  EXPECT_TRUE(is_dirty(0));
  bench.finish_all_transfers();
  pass(20);
  bench.finish_all_transfers();
  EXPECT_EQ(bench.counters().written_back, 2U);
  EXPECT_EQ(on_disk(0), 8U);
}

TEST_F(KernelWriteback, writes_pages_that_nobody_maps_any_more_and_keeps_them_cached) {
  bench.store(p, at, 7);
  bench.unmap(p, at, 16);
  const std::uint64_t cached = bench.frame_counts().cached;
  pass(20);
  EXPECT_EQ(bench.counters().written_back, 1U);
  check_invariants(bench);
  bench.finish_all_transfers();
  EXPECT_EQ(bench.frame_counts().cached, cached);
  EXPECT_EQ(on_disk(0), 7U);
  pass(40);
  EXPECT_EQ(bench.counters().written_back, 1U) << "it is clean now";
  EXPECT_TRUE(bench.kernel.state().watched_files.empty());
}

TEST_F(KernelWriteback,
       survives_that_its_page_is_unmapped_or_its_process_ends_while_the_disk_works) {
  bench.store(p, at, 7);
  bench.store(p, at + page(1), 8);
  pass(20);
  EXPECT_EQ(bench.machine.queue.size(), 2U);
  bench.unmap(p, at, 1);
  check_invariants(bench);
  bench.kernel.exit(p);
  check_invariants(bench);
  bench.finish_all_transfers();
  EXPECT_EQ(on_disk(0), 7U);
  EXPECT_EQ(on_disk(1), 8U);
}

TEST_F(KernelWriteback, leaves_private_copies_and_clean_pages_alone) {
  const std::uint64_t own = bench.map_file(p, file, 4, Sharing::private_copy);
  bench.store(p, own, 1);
  bench.load(p, at + page(1));
  pass(50);
  EXPECT_EQ(bench.counters().written_back, 0U);
}

TEST_F(KernelWriteback, keeps_to_the_limit_of_pages_on_their_way) {
  Settings settings = writeback_settings();
  settings.nr_async_pages = 2;
  ProgramBench small(settings);
  const FileId other = *small.kernel.create_file(8);
  const ProcessId q = small.run();
  const std::uint64_t start = small.map_file(q, other, 8, Sharing::shared);
  for (std::uint64_t i = 0; i < 8; ++i) small.store(q, start + page(i), i);
  for (int round = 0; round < 20; ++round) {
    small.machine.time += milliseconds(5);
    small.kernel.disk_done(DiskTag(0), TransferResult::ok);
    EXPECT_LE(small.machine.queue.size(), 2U);
    small.finish_all_transfers();
  }
  EXPECT_EQ(small.counters().written_back, 8U);
}

TEST_F(KernelWriteback, that_fails_leaves_the_page_in_memory) {
  bench.store(p, at, 7);
  bench.machine.bad_writes.insert(bench.kernel.state().files.at(file).block_of(0).value());
  pass(20);
  bench.finish_all_transfers();
  EXPECT_EQ(bench.load(p, at), 7U);
  EXPECT_EQ(bench.counters().write_errors, 1U);
  EXPECT_EQ(bench.call(p, [&] { return sync_once(p, 1); }).error, CallError::input_output);
}

TEST_F(KernelWriteback, msync_is_answered_when_everything_is_on_the_disk) {
  for (std::uint64_t i = 0; i < 4; ++i) bench.store(p, at + page(i), 70 + i);
  EXPECT_EQ(sync_once(p, 16).answer, FaultAnswer::blocked);
  EXPECT_EQ(bench.counters().synced, 4U);
  for (int i = 0; i < 3; ++i) {
    bench.finish_transfer();
    if (bench.kernel.schedule() == p) {
      EXPECT_EQ(sync_once(p, 16).answer, FaultAnswer::blocked) << i;
    }
  }
  bench.finish_transfer();
  ASSERT_EQ(bench.kernel.schedule(), p);
  EXPECT_TRUE(sync_once(p, 16).ok());
  for (std::uint64_t i = 0; i < 4; ++i) EXPECT_EQ(on_disk(i), 70 + i);
  EXPECT_TRUE(sync_once(p, 16).ok()) << "nothing is dirty: it does not wait";
  EXPECT_EQ(bench.counters().synced, 4U);
}

TEST_F(KernelWriteback, msync_is_not_kept_from_its_end_by_who_goes_on_storing) {
  const ProcessId writer = bench.fork(p);
  for (std::uint64_t i = 0; i < 4; ++i) bench.store(p, at + page(i), i);
  bench.run_until(p);
  int calls = 0;
  while (sync_once(p, 4).answer == FaultAnswer::blocked && ++calls < 20) {
    for (std::uint64_t i = 0; i < 4; ++i)
      bench.attempt({writer, VirtualAddress(at + page(i)), AccessType::store});
    bench.run_until(p);
  }
  EXPECT_LT(calls, 10);
}

TEST_F(KernelWriteback, msync_writes_what_another_process_has_stored) {
  const ProcessId other = bench.fork(p);
  bench.store(other, at + page(2), 9);
  EXPECT_TRUE(bench.call(p, [&] { return sync_once(p, 4); }).ok());
  EXPECT_EQ(on_disk(2), 9U);
}

TEST_F(KernelWriteback, msync_of_what_is_not_mapped_is_refused) {
  EXPECT_EQ(sync_once(p, 17).error, CallError::no_memory);
  EXPECT_EQ(bench.kernel.msync(p, {VirtualAddress(at + 1), kPageBytes}).error,
            CallError::invalid_argument);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
