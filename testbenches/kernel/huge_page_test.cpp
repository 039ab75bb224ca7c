// SPDX-License-Identifier: Apache-2.0
// Transparent large pages: where they are used, and what splits them.
#include <gmock/gmock.h>

#include "testbenches/kernel/invariants.h"
#include "testbenches/kernel/program.h"

namespace tlmmu::kernel::testing {
namespace {

constexpr std::uint64_t kHuge = std::uint64_t{1} << 21U;

class KernelHugePages : public ::testing::Test {
 protected:
  void start(HugePageUse use, std::uint64_t frames) {
    Settings settings = settings_of(frames);
    settings.huge_pages = use;
    bench = std::make_unique<ProgramBench>(settings);
    p = bench->run();
  }
  void SetUp() override { start(HugePageUse::always, 2560); }
  void TearDown() override { check_invariants(*bench); }
  std::uint64_t huge_pages() { return bench->kernel.state().processes.at(p).use.huge_pages; }
  /// The first large page inside a new mapping of three times its size.
  std::uint64_t map_some() { return (bench->map_pages(p, 3 * 512) + kHuge - 1) & ~(kHuge - 1); }

  std::unique_ptr<ProgramBench> bench;
  ProcessId p;
};

TEST_F(KernelHugePages, one_fault_maps_2_mib_at_level_1) {
  const std::uint64_t at = map_some();
  bench->store(p, at + 0x5008, 7);
  EXPECT_EQ(bench->find_leaf(p, at).level, 1U);
  for (std::uint64_t i = 0; i < 512; i += 37) bench->store(p, at + (i << kPageShift), i);
  EXPECT_EQ(bench->faults(FaultKind::minor), 1U);
  EXPECT_EQ(bench->load(p, at + 0x5008), 7U);
  EXPECT_EQ(bench->resident(p), 512U);
  EXPECT_EQ(huge_pages(), 1U);
}

TEST_F(KernelHugePages, what_does_not_reach_a_whole_one_gets_base_pages) {
  const std::uint64_t at = bench->map_pages(p, 511);
  bench->store(p, at, 1);
  EXPECT_EQ(bench->resident(p), 1U);
}

TEST_F(KernelHugePages, only_where_they_were_asked_for) {
  start(HugePageUse::madvise, 2560);
  const std::uint64_t at = map_some();
  bench->store(p, at, 1);
  EXPECT_EQ(huge_pages(), 0U);
  bench->call(
      p, [&] { return bench->kernel.madvise(p, range_at(at + kHuge, 512), Advice::huge_page); });
  bench->store(p, at + kHuge, 1);
  EXPECT_EQ(huge_pages(), 1U);
}

TEST_F(KernelHugePages, without_a_free_block_base_pages_do) {
  start(HugePageUse::always, 400);
  const std::uint64_t at = map_some();
  bench->store(p, at, 1);
  EXPECT_EQ(huge_pages(), 0U);
  EXPECT_EQ(bench->load(p, at), 1U);
}

TEST_F(KernelHugePages, without_hardware_update_the_kernel_sets_a_and_d) {
  bench->ad_update = AdUpdate::fault;
  const std::uint64_t at = map_some();
  bench->load(p, at);
  const PhysicalAddress entry = bench->leaf_entry(p, at);
  bench->machine.write_pte(entry, bench->machine.read_pte(entry).without_flags(PteFlags::kA));
  bench->machine.tlb.clear();
  bench->store(p, at + 0x1000, 3);
  EXPECT_EQ(bench->faults(FaultKind::spurious), 1U);
  EXPECT_EQ(bench->load(p, at + 0x1000), 3U);
}

TEST_F(KernelHugePages, unmapping_a_part_splits_it) {
  const std::uint64_t at = map_some();
  for (std::uint64_t i = 0; i < 512; ++i) bench->store(p, at + (i << kPageShift), i);
  bench->unmap(p, at + 0x3000, 2);
  EXPECT_EQ(bench->counters().huge_split, 1U);
  EXPECT_EQ(bench->resident(p), 510U);
  EXPECT_EQ(bench->load(p, at + 0x5000), 5U);
  EXPECT_EQ(bench->load(p, at + (511U << kPageShift)), 511U);
}

TEST_F(KernelHugePages, mprotect_of_a_part_splits_it) {
  const std::uint64_t at = map_some();
  bench->store(p, at, 1);
  bench->call(p, [&] { return bench->kernel.mprotect(p, range_at(at, 1), kReadOnly); });
  EXPECT_EQ(huge_pages(), 0U);
  EXPECT_EQ(bench->access(p, at, AccessType::store), nullptr);
}

TEST_F(KernelHugePages, fork_splits_and_copies_single_pages) {
  const std::uint64_t at = map_some();
  for (std::uint64_t i = 0; i < 512; ++i) bench->store(p, at + (i << kPageShift), i);
  const ProcessId child = bench->fork(p);
  bench->store(child, at + 0x7000, 99);
  EXPECT_EQ(bench->counters().copied, 1U);
  EXPECT_EQ(bench->load(p, at + 0x7000), 7U);
}

TEST_F(KernelHugePages, pressure_splits_and_contents_go_to_swap) {
  start(HugePageUse::always, 1400);
  const std::uint64_t at = map_some();
  for (std::uint64_t i = 0; i < 512; ++i) bench->store(p, at + (i << kPageShift), i);
  ASSERT_EQ(huge_pages(), 1U);
  const std::uint64_t more = bench->map_pages(p, 1500);
  for (std::uint64_t i = 0; i < 1500; ++i) bench->store(p, more + (i << kPageShift), i);
  EXPECT_GT(bench->counters().huge_scanned, 0U);
  for (std::uint64_t i = 0; i < 512; i += 5) EXPECT_EQ(bench->load(p, at + (i << kPageShift)), i);
  EXPECT_TRUE(bench->machine.kills.empty());
}

TEST_F(KernelHugePages, exit_gives_the_block_back_whole) {
  const std::uint64_t free = bench->frame_counts().free;
  bench->store(p, map_some(), 1);
  bench->kernel.exit(p);
  EXPECT_GT(bench->frame_counts().free, free);
  EXPECT_EQ(bench->kernel.state().frames.buddy().fragmentation(9), 0U);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
