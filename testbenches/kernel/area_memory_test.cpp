// SPDX-License-Identifier: Apache-2.0
// The memory behind areas: pages that are locked, and tables that come and go.
#include "testbenches/kernel/area_bench.h"

namespace tlmmu::kernel::testing {
namespace {

class KernelLocks : public KernelAreas {
 protected:
  KernelLocks() : KernelAreas(settings_of(40)) {}
};

TEST_F(KernelLocks, locked_pages_stay_and_others_go) {
  const std::uint64_t at = bench.map_pages(p, 60);
  bench.call(p, [&] { return bench.kernel.mlock(p, range_at(at, 4)); });
  for (std::uint64_t i = 0; i < 60; ++i) bench.store(p, at + (i << kPageShift), i);
  for (std::uint64_t i = 0; i < 4; ++i) {
    EXPECT_TRUE(has_mark(bench.leaf(p, at + (i << kPageShift)), PteMark::locked));
  }
  EXPECT_EQ(bench.kernel.state().processes.at(p).use.locked, 4U);
  bench.call(p, [&] { return bench.kernel.munlock(p, range_at(at, 4)); });
  for (std::uint64_t i = 4; i < 60; ++i) bench.store(p, at + (i << kPageShift), i);
  EXPECT_EQ(kind_of(bench.leaf(p, at)), PteKind::swapped);
  EXPECT_EQ(bench.load(p, at + 0x3000), 3U);
}

TEST_F(KernelLocks, locking_brings_the_pages_in) {
  const std::uint64_t at = bench.map_pages(p, 4);
  EXPECT_TRUE(bench.call(p, [&] { return bench.kernel.mlock(p, range_at(at, 4)); }).ok());
  EXPECT_EQ(bench.kernel.state().processes.at(p).use.locked, 4U);
  EXPECT_EQ(bench.counters().prefaults, 4U);
  const std::uint64_t traps = bench.counters().fault_traps;
  for (std::uint64_t i = 0; i < 4; ++i) bench.store(p, at + (i << kPageShift), i);
  EXPECT_EQ(bench.counters().fault_traps, traps);
}

TEST_F(KernelLocks, locking_reads_what_is_on_disk_and_copies_what_is_private) {
  EXPECT_TRUE(bench.call(p, [&] { return bench.kernel.mlock(p, range_at(kTextAt, 4)); }).ok());
  EXPECT_TRUE(bench.call(p, [&] { return bench.kernel.mlock(p, range_at(kDataAt, 2)); }).ok());
  EXPECT_EQ(bench.counters().copied, 2U) << "data, which may be stored to";
  const std::uint64_t traps = bench.counters().fault_traps;
  EXPECT_EQ(bench.fetch(p, kTextAt + 0x3000), bench.content_of(bench.file, 3));
  bench.store(p, kDataAt, 1);
  EXPECT_EQ(bench.counters().fault_traps, traps);
}

TEST_F(KernelLocks, no_more_than_half_of_the_memory_can_be_locked) {
  const std::uint64_t at = bench.map_pages(p, 30);
  const auto lock = [&](std::uint64_t pages) {
    return bench.call(p, [&] { return bench.kernel.mlock(p, range_at(at, pages)); }).error;
  };
  EXPECT_EQ(lock(21), CallError::no_memory);
  EXPECT_EQ(bench.kernel.state().processes.at(p).use.locked, 0U);
  EXPECT_EQ(lock(20), CallError::none);
  EXPECT_EQ(lock(20), CallError::none) << "the same pages again";
  const ProcessId q = bench.run();
  EXPECT_EQ(bench.call(q, [&] { return bench.kernel.mlock(q, range_at(kBssAt, 1)); }).error,
            CallError::no_memory);
}

class KernelTablesOfAreas : public KernelAreas {
 protected:
  static constexpr std::uint64_t kReach = 2 << 20;  // of a last-level table

  std::uint64_t tables() { return bench.kernel.state().processes.at(p).use.page_tables; }
};

TEST_F(KernelTablesOfAreas, go_with_the_last_area_in_their_reach) {
  const std::uint64_t before = tables();
  const std::uint64_t at = bench.map_pages(p, 3 * 512);
  for (std::uint64_t i = 0; i < 3; ++i) bench.store(p, at + i * kReach, i);
  const std::uint64_t with = tables();
  EXPECT_GE(with, before + 3);
  bench.machine.fences.clear();
  EXPECT_EQ(bench.unmap(p, at, 3 * 512), CallError::none);
  EXPECT_EQ(tables(), before) << "those above them too, as nothing else is mapped there";
  EXPECT_FALSE(bench.machine.fences.back().vpn) << "walk caches hold pointers";
  EXPECT_EQ(bench.map_pages(p, 4), at);
  bench.store(p, at, 5);
  EXPECT_EQ(bench.load(p, at), 5U);
}

TEST_F(KernelTablesOfAreas, stay_while_a_neighbour_needs_them) {
  const std::uint64_t at = bench.map_pages(p, 8);
  for (std::uint64_t i = 0; i < 8; ++i) bench.store(p, at + (i << kPageShift), i);
  const std::uint64_t with = tables();
  EXPECT_EQ(bench.unmap(p, at + 0x1000, 6), CallError::none);
  EXPECT_EQ(tables(), with);
  EXPECT_EQ(bench.load(p, at), 0U);
  EXPECT_EQ(bench.load(p, at + 0x7000), 7U);
}

TEST_F(KernelTablesOfAreas, stay_where_only_contents_are_given_up) {
  const std::uint64_t at = bench.map_pages(p, 8);
  bench.store(p, at, 1);
  const std::uint64_t with = tables();
  bench.call(p, [&] { return bench.kernel.madvise(p, range_at(at, 8), Advice::dont_need); });
  EXPECT_EQ(tables(), with);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
