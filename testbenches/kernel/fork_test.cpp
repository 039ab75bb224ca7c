// SPDX-License-Identifier: Apache-2.0
// fork, copy-on-write, exec, wait, and ASIDs.
#include <gmock/gmock.h>

#include "testbenches/kernel/invariants.h"
#include "testbenches/kernel/program.h"

namespace tlmmu::kernel::testing {
namespace {

class KernelFork : public ::testing::Test {
 protected:
  explicit KernelFork(const Settings& settings = settings_of(400))
      : bench(settings), parent(bench.run()) {}
  ~KernelFork() override { check_invariants(bench); }

  std::uint64_t copies() { return bench.counters().copied; }

  ProgramBench bench;
  ProcessId parent;
};

TEST_F(KernelFork, shares_every_page_and_copies_none) {
  for (std::uint64_t i = 0; i < 8; ++i) bench.store(parent, kBssAt + (i << kPageShift), i);
  const std::uint64_t mapped = bench.frame_counts().mapped;
  const ProcessId child = bench.fork(parent);
  EXPECT_EQ(bench.frame_counts().mapped, mapped);
  EXPECT_EQ(bench.resident(child), 8U);
  for (std::uint64_t i = 0; i < 8; ++i) {
    EXPECT_EQ(bench.leaf(parent, kBssAt + (i << kPageShift)).ppn(),
              bench.leaf(child, kBssAt + (i << kPageShift)).ppn());
    EXPECT_EQ(bench.load(child, kBssAt + (i << kPageShift)), i);
  }
  EXPECT_EQ(bench.kernel.state().processes.at(child).use.copy_on_write, 8U);
}

TEST_F(KernelFork, the_first_store_copies_one_page_and_the_last_owner_keeps_the_frame) {
  bench.store(parent, kBssAt, 1);
  bench.store(parent, kBssAt + 0x1000, 2);
  const ProcessId child = bench.fork(parent);
  const Ppn frame = bench.leaf(parent, kBssAt).ppn();
  bench.store(child, kBssAt, 9);
  EXPECT_EQ(copies(), 1U);
  EXPECT_EQ(bench.load(parent, kBssAt), 1U);
  bench.store(parent, kBssAt, 3);
  EXPECT_EQ(copies(), 1U);
  EXPECT_EQ(bench.counters().reused, 1U);
  EXPECT_EQ(bench.leaf(parent, kBssAt).ppn(), frame);
  EXPECT_EQ(bench.load(child, kBssAt), 9U);
}

TEST_F(KernelFork, a_chain_of_forks_keeps_each_generation_apart) {
  std::vector<ProcessId> all{parent};
  for (std::uint64_t i = 1; i <= 4; ++i) {
    bench.store(all.back(), kBssAt, i);
    all.push_back(bench.fork(all.back()));
  }
  bench.store(all.back(), kBssAt, 5);
  for (std::uint64_t i = 0; i < 5; ++i) EXPECT_EQ(bench.load(all[i], kBssAt), i + 1);
}

TEST_F(KernelFork, shared_file_pages_stay_shared) {
  const std::uint64_t at = bench.map_file(parent, bench.file, 2, Sharing::shared);
  const ProcessId child = bench.fork(parent);
  bench.store(child, at, 77);
  EXPECT_EQ(bench.load(parent, at), 77U);
  EXPECT_EQ(copies(), 0U);
}

TEST_F(KernelFork, locks_are_not_inherited) {
  bench.call(parent, [&] { return bench.kernel.mlock(parent, range_at(kBssAt, 64)); });
  const ProcessId child = bench.fork(parent);
  EXPECT_EQ(bench.kernel.state().processes.at(parent).use.locked, 64U);
  EXPECT_EQ(bench.kernel.state().processes.at(child).use.locked, 0U);
}

TEST_F(KernelFork, a_recorded_process_cannot_fork) {
  const ProcessId trace = bench.start();
  EXPECT_EQ(bench.call(trace, [&] { return bench.kernel.fork(trace); }).error,
            CallError::invalid_argument);
}

TEST_F(KernelFork, the_parent_waits_for_its_child_and_learns_who_ended) {
  EXPECT_EQ(bench.call(parent, [&] { return bench.kernel.wait(parent); }).error,
            CallError::no_child);
  const ProcessId child = bench.fork(parent);
  ASSERT_TRUE(bench.run_until(parent));
  EXPECT_EQ(bench.kernel.wait(parent).answer, FaultAnswer::blocked);
  EXPECT_EQ(bench.kernel.schedule(), child);
  bench.kernel.exit(child);
  EXPECT_FALSE(bench.kernel.state().processes.at(child).collected) << "a zombie until then";
  ASSERT_EQ(bench.kernel.schedule(), parent);
  EXPECT_EQ(bench.kernel.wait(parent).value, child.value());
  EXPECT_TRUE(bench.kernel.state().processes.at(child).collected);
  EXPECT_EQ(bench.kernel.wait(parent).error, CallError::no_child);
}

TEST_F(KernelFork, children_of_an_ended_process_need_no_one_to_wait) {
  const ProcessId child = bench.fork(parent);
  bench.kernel.exit(parent);
  bench.kernel.exit(child);
  EXPECT_TRUE(bench.kernel.state().processes.at(child).collected);
}

TEST_F(KernelFork, exec_replaces_everything_but_the_process) {
  bench.store(parent, kBssAt, 1);
  bench.map_pages(parent, 10);
  EXPECT_TRUE(
      bench.call(parent, [&] { return bench.kernel.exec(parent, bench.program.image()); }).ok());
  EXPECT_EQ(bench.resident(parent), 0U);
  EXPECT_EQ(bench.kernel.state().processes.at(parent).areas.size(), 4U);
  EXPECT_EQ(bench.load(parent, kBssAt), 0U);
}

TEST_F(KernelFork, a_bad_image_leaves_the_process_as_it_is) {
  bench.store(parent, kBssAt, 1);
  const ImageSegment overlapping[] = {{range_at(0x2000, 2), kReadWrite, std::nullopt},
                                      {range_at(0x3000, 2), kReadWrite, std::nullopt}};
  EXPECT_EQ(bench.call(parent,
                       [&] {
                         return bench.kernel.exec(parent, {overlapping, 2});
                       })
                .error,
            CallError::invalid_argument);
  EXPECT_EQ(bench.load(parent, kBssAt), 1U);
}

class KernelForkInSwap : public KernelFork {
 protected:
  KernelForkInSwap() : KernelFork(settings_of(48)) {}
};

TEST_F(KernelForkInSwap, a_page_shared_by_two_is_read_from_swap_once) {
  for (std::uint64_t i = 0; i < 10; ++i) bench.store(parent, kBssAt + (i << kPageShift), i);
  const ProcessId child = bench.fork(parent);
  const std::uint64_t at = bench.map_pages(parent, 60);
  for (std::uint64_t i = 0; i < 60; ++i) bench.store(parent, at + (i << kPageShift), 1);
  bench.finish_all_transfers();
  const Pte swapped = bench.leaf(parent, kBssAt);
  ASSERT_EQ(kind_of(swapped), PteKind::swapped);
  EXPECT_EQ(bench.kernel.state().blocks.at(block_of(swapped)).references, 2U);
  const std::uint64_t ins = bench.counters().swap_ins;
  EXPECT_EQ(bench.load(parent, kBssAt), 0U);
  EXPECT_EQ(bench.load(child, kBssAt), 0U);
  EXPECT_EQ(bench.counters().swap_ins, ins + 1);
  EXPECT_EQ(bench.leaf(parent, kBssAt).ppn(), bench.leaf(child, kBssAt).ppn());
  bench.store(child, kBssAt, 5);
  EXPECT_EQ(bench.load(parent, kBssAt), 0U) << "still copied for a store";
}

TEST(KernelProcesses, numbers_are_used_again_when_all_were_given_out_and_waited_for) {
  ProgramBench bench(settings_of(400), 4);
  const ProcessId parent = bench.run();
  std::vector<std::uint32_t> numbers;
  for (std::uint64_t round = 0; round < 7; ++round) {
    const ProcessId child = bench.fork(parent);
    numbers.push_back(child.value());
    bench.store(child, kBssAt, round);
    EXPECT_EQ(bench.load(child, kBssAt), round);
    bench.kernel.exit(child);
    EXPECT_EQ(bench.call(parent, [&] { return bench.kernel.wait(parent); }).value, child.value());
    check_invariants(bench);
  }
  EXPECT_THAT(numbers, ::testing::ElementsAre(1, 2, 3, 1, 2, 3, 1));
}

TEST(KernelProcesses, a_child_that_nobody_has_waited_for_keeps_its_number) {
  ProgramBench bench(settings_of(400), 3);
  const ProcessId parent = bench.run();
  for (int i = 0; i < 2; ++i) bench.kernel.exit(bench.fork(parent));
  EXPECT_EQ(bench.call(parent, [&] { return bench.kernel.fork(parent); }).error,
            CallError::no_memory);
  EXPECT_EQ(bench.call(parent, [&] { return bench.kernel.wait(parent); }).value, 1U);
  EXPECT_EQ(bench.fork(parent), ProcessId(1));
}

class KernelAsids : public KernelFork {
 protected:
  static Settings with_two_asids() {
    Settings settings = settings_of(400);
    settings.asids = 2;
    return settings;
  }
  KernelAsids() : KernelFork(with_two_asids()) {}
};

TEST_F(KernelAsids, when_they_run_out_everything_is_flushed_and_nobody_sees_another_one) {
  std::vector<ProcessId> all{parent};
  for (int i = 0; i < 4; ++i) all.push_back(bench.run());
  for (int round = 0; round < 3; ++round) {
    for (const ProcessId p : all) bench.store(p, kBssAt, p.value());
    for (const ProcessId p : all) EXPECT_EQ(bench.load(p, kBssAt), p.value());
  }
  EXPECT_GT(bench.counters().asid_rollovers, 2U);
}

TEST(KernelForks, two_who_want_to_copy_wait_without_waking_each_other) {
  Settings settings = settings_of(60);
  settings.nr_async_pages = 1;
  ProgramBench bench(settings);
  const ProcessId parent = bench.run();
  const std::uint64_t at = bench.map_pages(parent, 16);
  for (std::uint64_t i = 0; i < 16; ++i) bench.store(parent, at + (i << kPageShift), i);
  const ProcessId child = bench.fork(parent);
  const ProcessId filler = bench.run();
  FaultRequest fill{filler, VirtualAddress(bench.map_pages(filler, 100)), AccessType::store};
  while (bench.kernel.schedule() != filler) bench.kernel.timer(*bench.kernel.schedule());
  while (bench.kernel.page_fault(fill) == FaultAnswer::resume) {
    fill.address = fill.address + kPageBytes;
  }
  // Nothing is free, and no more than the one write may be under way.
  std::map<ProcessId, FaultRequest> wanted = {{filler, fill}};
  for (const ProcessId p : {parent, child}) {
    wanted[p] = {p, VirtualAddress(at), AccessType::store};
  }
  int entries = 0;
  while (const auto process = bench.kernel.schedule()) {
    ASSERT_LT(++entries, 20) << "they run without getting anything";
    FaultRequest& request = wanted.at(*process);
    const FaultAnswer answer = bench.kernel.page_fault(request);
    if (answer == FaultAnswer::resume) request.address = request.address + kPageBytes;
  }
  EXPECT_EQ(bench.machine.queue.size(), 1U);
  EXPECT_TRUE(bench.machine.kills.empty());
  check_invariants(bench);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
