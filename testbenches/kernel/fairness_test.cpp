// SPDX-License-Identifier: Apache-2.0
// Each process its share: limits that hold, and a minimum that stays.
#include "testbenches/kernel/invariants.h"
#include "testbenches/kernel/program.h"
#include "testbenches/kernel/swap_bench.h"

namespace tlmmu::kernel::testing {
namespace {

Settings limited(std::uint64_t frames, std::uint64_t limit) {
  Settings settings = settings_of(frames);
  settings.scope = ReclaimScope::process;
  settings.resident_limit = limit;
  return settings;
}

std::uint64_t most_resident(const KernelBench& bench, ProcessId p) {
  return bench.kernel.state().processes.at(p).use.max_resident;
}

TEST(KernelFairness, a_process_at_its_limit_gives_pages_of_its_own) {
  KernelBench bench(limited(200, 20));
  const ProcessId a = bench.start(), b = bench.start();
  for (std::uint64_t n = 0; n < 10; ++n) bench.store(b, n << kPageShift, n);
  for (std::uint64_t n = 0; n < 60; ++n) bench.store(a, n << kPageShift, n);
  EXPECT_EQ(most_resident(bench, a), 20U);
  EXPECT_EQ(bench.kernel.state().processes.at(b).use.resident, 10U);
  for (std::uint64_t n = 0; n < 60; ++n) EXPECT_EQ(bench.load(a, n << kPageShift), n);
  check_invariants(bench);
}

TEST(KernelFairness, a_greedy_process_leaves_others_their_minimum) {
  Settings settings = settings_of(64);
  settings.resident_minimum = 12;
  for (const ReclaimScope scope : {ReclaimScope::global, ReclaimScope::process}) {
    settings.scope = scope;
    KernelBench bench(settings);
    const ProcessId modest = bench.start(), greedy = bench.start();
    for (std::uint64_t n = 0; n < 12; ++n) bench.store(modest, n << kPageShift, n);
    for (std::uint64_t n = 0; n < 200; ++n) bench.store(greedy, n << kPageShift, n);
    EXPECT_EQ(bench.kernel.state().processes.at(modest).use.resident, 12U);
    check_invariants(bench);
  }
}

TEST(KernelFairness, each_process_gives_some_pages_in_turn) {
  Settings settings = settings_of(100);
  settings.scope = ReclaimScope::process;
  settings.process_batch = 4;
  KernelBench bench(settings);
  const ProcessId a = bench.start(), b = bench.start(), c = bench.start();
  for (const ProcessId p : {a, b, c}) {
    for (std::uint64_t n = 0; n < 60; ++n) bench.store(p, n << kPageShift, n);
  }
  for (const ProcessId p : {a, b, c}) {
    EXPECT_GT(bench.kernel.state().processes.at(p).use.swapped, 0U);
  }
  check_invariants(bench);
}

TEST(KernelFairness, a_process_at_its_limit_waits_while_too_much_is_on_its_way) {
  Settings settings = limited(200, 20);
  settings.nr_async_pages = 2;
  KernelBench bench(settings);
  const ProcessId p = bench.start();
  ASSERT_TRUE(bench.run_until(p));
  std::uint64_t n = 0;
  while (bench.kernel.schedule() == p) {
    const FaultRequest request{p, VirtualAddress(page(n)), AccessType::store};
    bench.attempt(request) != nullptr ? void(++n) : void(bench.kernel.page_fault(request));
  }
  EXPECT_EQ(n, 22U) << "two could go";
  EXPECT_GT(bench.counters().frame_waits, 0U);
  EXPECT_GT(bench.frame_counts().free, 100U) << "memory is not what it waits for";
  EXPECT_EQ(most_resident(bench, p), 20U);
  check_invariants(bench);
  store_pages(bench, p, 0, 60);
  for (n = 0; n < 60; ++n) EXPECT_EQ(bench.load(p, page(n)), n);
  EXPECT_EQ(most_resident(bench, p), 20U);
  check_invariants(bench);
}

TEST(KernelFairness, the_limit_holds_whatever_the_policy) {
  for (unsigned policy = 0; policy < kPolicies; ++policy) {
    Settings settings = limited(200, 12);
    settings.policy = static_cast<PolicyName>(policy);
    settings.resident_minimum = 12;
    KernelBench bench(settings);
    const ProcessId p = bench.start();
    store_pages(bench, p, 0, 40);
    for (std::uint64_t n = 0; n < 40; ++n) EXPECT_EQ(bench.load(p, page(n)), n);
    EXPECT_EQ(most_resident(bench, p), 12U) << policy;
    EXPECT_TRUE(bench.machine.kills.empty());
    check_invariants(bench);
  }
}

// What a child has in common with its parent counts for both, and is in nobody's power to send away
// but the first one's.
TEST(KernelFairness, a_child_at_its_limit_gives_pages_that_its_parent_keeps) {
  ProgramBench bench(limited(400, 20));
  const ProcessId parent = bench.run();
  for (std::uint64_t i = 0; i < 19; ++i) bench.store(parent, kBssAt + page(i), 100 + i);
  const ProcessId child = bench.fork(parent);
  for (std::uint64_t i = 20; i < 40; ++i) bench.store(child, kBssAt + page(i), i);
  EXPECT_EQ(most_resident(bench, child), 20U);
  EXPECT_GT(bench.counters().unshared, 0U);
  EXPECT_EQ(bench.resident(parent), 19U);
  check_invariants(bench);
  for (std::uint64_t i = 0; i < 19; ++i) {
    EXPECT_EQ(bench.load(child, kBssAt + page(i)), 100 + i);
    bench.store(parent, kBssAt + page(i), 200 + i);
    EXPECT_EQ(bench.load(child, kBssAt + page(i)), 100 + i) << "still a copy of its own";
  }
  EXPECT_EQ(most_resident(bench, child), 20U);
  check_invariants(bench);
  bench.kernel.exit(parent);
  for (std::uint64_t i = 20; i < 40; ++i) EXPECT_EQ(bench.load(child, kBssAt + page(i)), i);
  check_invariants(bench);
}

TEST(KernelFairness, pages_of_files_that_others_use_too_count) {
  ProgramBench bench(limited(400, 6));
  const FileId big = *bench.kernel.create_file(16);
  const ProcessId a = bench.run(), b = bench.run();
  for (const ProcessId p : {a, b}) {
    const std::uint64_t at = bench.map_file(p, big, 16, Sharing::shared);
    for (std::uint64_t i = 0; i < 16; ++i) {
      EXPECT_EQ(bench.load(p, at + page(i)), bench.content_of(big, i));
    }
    EXPECT_EQ(most_resident(bench, p), 6U);
  }
  check_invariants(bench);
}

TEST(KernelFairness, locked_pages_leave_one_that_can_move) {
  ProgramBench bench(limited(400, 8));
  const ProcessId p = bench.run(), other = bench.run();
  const std::uint64_t at = bench.map_pages(p, 16);
  const auto lock = [&](std::uint64_t pages) {
    return bench.call(p, [&] { return bench.kernel.mlock(p, range_at(at, pages)); }).error;
  };
  EXPECT_EQ(lock(8), CallError::no_memory) << "one page must be able to move";
  EXPECT_EQ(lock(7), CallError::none);
  for (std::uint64_t i = 7; i < 16; ++i) bench.store(p, at + page(i), i);
  EXPECT_TRUE(bench.kernel.is_alive(p)) << "one page is enough";
  const std::uint64_t attached = bench.map_file(other, bench.file, 8, Sharing::shared);
  for (std::uint64_t i = 0; i < 8; ++i) bench.load(other, attached + page(i));
  EXPECT_EQ(most_resident(bench, p), 8U);
  check_invariants(bench);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
