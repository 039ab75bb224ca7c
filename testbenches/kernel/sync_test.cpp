// SPDX-License-Identifier: Apache-2.0
// sync(2), and what becomes of dirty pages of files when the machine stops.
#include "testbenches/kernel/invariants.h"
#include "testbenches/kernel/program.h"
#include "testbenches/kernel/swap_bench.h"

namespace tlmmu::kernel::testing {
namespace {

Settings sync_settings() {
  Settings settings = settings_of(400);
  settings.dirty_writeback = Picoseconds(0);  // nobody else writes
  return settings;
}

/// Two processes, each with a file of its own mapped shared.
class SyncBench {
 public:
  explicit SyncBench(const Settings& settings = sync_settings())
      : bench(settings),
        files{*bench.kernel.create_file(8), *bench.kernel.create_file(8)},
        users{bench.run(), bench.run()} {
    for (std::size_t i = 0; i < 2; ++i) {
      at[i] = bench.map_file(users[i], files[i], 8, Sharing::shared);
    }
  }

  void store(std::size_t user, std::uint64_t number, std::uint64_t value) {
    bench.store(users[user], at[user] + page(number), value);
  }
  std::uint64_t on_disk(std::size_t file, std::uint64_t number) {
    return bench.content_of(files[file], number);
  }
  void fail_writes_of(std::size_t file, std::uint64_t number) {
    bench.machine.bad_writes.insert(
        bench.kernel.state().files.at(files[file]).block_of(number).value());
  }
  CallAnswer sync() {
    return bench.call(users[0], [&] { return bench.kernel.sync(users[0]); });
  }
  void end_all() {
    for (const ProcessId user : users) bench.kernel.exit(user);
  }
  /// Ends transfers until the machine may be switched off.
  void stop() {
    for (int tries = 0; tries < 100 && !bench.kernel.shut_down(); ++tries) {
      ASSERT_FALSE(bench.machine.queue.empty()) << "it waits, but for nothing";
      bench.finish_transfer();
    }
  }

  ProgramBench bench;
  FileId files[2];
  ProcessId users[2];
  std::uint64_t at[2];
};

TEST(KernelSync, writes_the_dirty_pages_of_all_files_and_processes_and_waits_for_them) {
  SyncBench machine;
  machine.store(0, 1, 71);
  machine.store(1, 2, 72);
  machine.bench.unmap(machine.users[1], machine.at[1], 8);  // dirty, and mapped by nobody
  machine.bench.run_until(machine.users[0]);
  EXPECT_EQ(machine.bench.kernel.sync(machine.users[0]).answer, FaultAnswer::blocked);
  EXPECT_EQ(machine.bench.counters().synced, 2U);
  EXPECT_TRUE(machine.sync().ok());
  EXPECT_EQ(machine.on_disk(0, 1), 71U);
  EXPECT_EQ(machine.on_disk(1, 2), 72U);
  EXPECT_TRUE(machine.sync().ok()) << "nothing is dirty";
  EXPECT_EQ(machine.bench.counters().synced, 2U);
  check_invariants(machine.bench);
}

TEST(KernelSync, writes_again_what_was_stored_to_while_it_was_being_written) {
  SyncBench machine;
  machine.store(0, 0, 1);
  machine.bench.run_until(machine.users[0]);
  machine.bench.kernel.sync(machine.users[0]);
  ASSERT_EQ(machine.bench.machine.queue.size(), 1U);
  *machine.bench.attempt({machine.users[0], VirtualAddress(machine.at[0]), AccessType::store}) = 2;
  machine.bench.finish_all_transfers();
  EXPECT_TRUE(machine.sync().ok());
  EXPECT_TRUE(machine.sync().ok());
  EXPECT_EQ(machine.on_disk(0, 0), 2U);
}

TEST(KernelSync, is_not_kept_from_its_end_by_who_goes_on_storing) {
  SyncBench machine;
  for (std::uint64_t i = 0; i < 4; ++i) machine.store(1, i, i);
  ProgramBench& bench = machine.bench;
  bench.run_until(machine.users[0]);
  int calls = 0;
  while (bench.kernel.sync(machine.users[0]).answer == FaultAnswer::blocked && ++calls < 20) {
    for (std::uint64_t i = 0; i < 4; ++i) {
      bench.attempt({machine.users[1], VirtualAddress(machine.at[1] + page(i)), AccessType::store});
    }
    bench.run_until(machine.users[0]);
  }
  EXPECT_LT(calls, 10);
}

TEST(KernelSync, keeps_to_the_limit_of_pages_on_their_way) {
  Settings settings = sync_settings();
  settings.nr_async_pages = 2;
  SyncBench machine(settings);
  for (std::uint64_t i = 0; i < 8; ++i) machine.store(0, i, 80 + i);
  EXPECT_TRUE(machine.sync().ok());
  EXPECT_LE(machine.bench.counters().max_writes_in_flight, 2U);
  for (std::uint64_t i = 0; i < 8; ++i) EXPECT_EQ(machine.on_disk(0, i), 80 + i);
  check_invariants(machine.bench);
}

TEST(KernelSync, does_not_tell_of_pages_that_cannot_be_written) {
  SyncBench machine;
  machine.fail_writes_of(0, 1);
  machine.store(0, 1, 71);
  EXPECT_TRUE(machine.sync().ok());
  EXPECT_EQ(machine.bench.counters().write_errors, 1U);
  EXPECT_TRUE(machine.sync().ok()) << "the block is not tried again";
  EXPECT_EQ(machine.bench.counters().write_errors, 1U);
}

TEST(KernelShutdown, writes_what_is_dirty) {
  Settings settings = sync_settings();
  settings.nr_async_pages = 3;
  SyncBench machine(settings);
  for (std::uint64_t i = 0; i < 8; ++i) machine.store(i % 2, i, 90 + i);
  machine.end_all();
  EXPECT_FALSE(machine.bench.kernel.shut_down()) << "the disk is at work";
  machine.stop();
  for (std::uint64_t i = 0; i < 8; ++i) EXPECT_EQ(machine.on_disk(i % 2, i), 90 + i);
  EXPECT_EQ(machine.bench.counters().shutdown_writes, 8U);
  EXPECT_EQ(machine.bench.counters().file_pages_lost, 0U);
  check_invariants(machine.bench);
}

TEST(KernelShutdown, without_sync_loses_what_is_dirty_and_tells_how_much) {
  Settings settings = sync_settings();
  settings.shutdown = Shutdown::power_off;
  SyncBench machine(settings);
  machine.store(0, 0, 1);
  EXPECT_TRUE(machine.sync().ok());
  machine.store(0, 1, 2);
  machine.store(1, 1, 3);
  machine.end_all();
  machine.stop();
  EXPECT_EQ(machine.on_disk(0, 0), 1U) << "it was synced";
  EXPECT_NE(machine.on_disk(0, 1), 2U);
  EXPECT_EQ(machine.bench.counters().shutdown_writes, 0U);
  EXPECT_EQ(machine.bench.counters().file_pages_lost, 2U);
  check_invariants(machine.bench);
}

TEST(KernelShutdown, loses_only_what_the_disk_cannot_write) {
  SyncBench machine;
  machine.fail_writes_of(0, 1);
  machine.store(0, 1, 71);
  machine.store(0, 2, 72);
  machine.end_all();
  machine.stop();
  EXPECT_EQ(machine.on_disk(0, 2), 72U);
  EXPECT_EQ(machine.bench.counters().file_pages_lost, 1U);
  check_invariants(machine.bench);
}

TEST(KernelShutdown, waits_for_what_was_on_its_way) {
  Settings settings = sync_settings();
  settings.shutdown = Shutdown::power_off;
  SyncBench machine(settings);
  machine.store(0, 0, 5);
  machine.bench.run_until(machine.users[0]);
  machine.bench.kernel.sync(machine.users[0]);
  machine.end_all();
  EXPECT_FALSE(machine.bench.kernel.shut_down());
  machine.stop();
  EXPECT_EQ(machine.on_disk(0, 0), 5U);
  EXPECT_EQ(machine.bench.counters().file_pages_lost, 0U);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
