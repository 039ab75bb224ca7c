// SPDX-License-Identifier: Apache-2.0
// Shared mappings without a file: the same memory for a process and the children that it forks.
#include "testbenches/kernel/invariants.h"
#include "testbenches/kernel/program.h"
#include "testbenches/kernel/swap_bench.h"

namespace tlmmu::kernel::testing {
namespace {

class KernelSharedMapping : public ::testing::Test {
 protected:
  explicit KernelSharedMapping(std::uint64_t frames = 400)
      : bench(settings_of(frames)), p(bench.run()) {}
  ~KernelSharedMapping() override { check_invariants(bench); }

  std::uint64_t map_shared(std::uint64_t pages) {
    MapRequest request;
    request.length = kPageBytes * pages;
    request.sharing = Sharing::shared;
    return bench.map(p, request);
  }

  ProgramBench bench;
  ProcessId p;
};

TEST_F(KernelSharedMapping, is_the_same_memory_for_parent_and_child) {
  const std::uint64_t at = map_shared(4);
  bench.store(p, at, 1);
  const ProcessId child = bench.fork(p);
  bench.store(child, at, 2);
  EXPECT_EQ(bench.load(p, at), 2U);
  bench.store(p, at + page(3), 3);  // touched after the fork
  EXPECT_EQ(bench.load(child, at + page(3)), 3U);
  EXPECT_EQ(bench.leaf(p, at).ppn(), bench.leaf(child, at).ppn());
  EXPECT_EQ(bench.counters().copied, 0U);
}

TEST_F(KernelSharedMapping, of_zeros_is_zero_and_not_what_another_mapping_holds) {
  const std::uint64_t a = map_shared(2), b = map_shared(2);
  bench.store(p, a, 1);
  EXPECT_EQ(bench.load(p, b), 0U);
  EXPECT_EQ(bench.load(p, a + page(1)), 0U);
}

TEST_F(KernelSharedMapping, goes_with_the_last_process_that_has_it) {
  const std::uint64_t free = bench.frame_counts().free;
  const std::uint64_t at = map_shared(8);
  for (std::uint64_t i = 0; i < 8; ++i) bench.store(p, at + page(i), i);
  const ProcessId child = bench.fork(p);
  EXPECT_EQ(bench.unmap(p, at, 8), CallError::none);
  for (std::uint64_t i = 0; i < 8; ++i) EXPECT_EQ(bench.load(child, at + page(i)), i);
  bench.kernel.exit(child);
  bench.call(p, [&] { return bench.kernel.wait(p); });
  EXPECT_EQ(bench.kernel.state().counters.segment_resident, 0U);
  EXPECT_GE(bench.frame_counts().free + 1, free) << "a slab for objects at most";
}

TEST_F(KernelSharedMapping, can_be_unmapped_in_parts) {
  const std::uint64_t at = map_shared(8);
  for (std::uint64_t i = 0; i < 8; ++i) bench.store(p, at + page(i), i);
  EXPECT_EQ(bench.unmap(p, at + page(2), 3), CallError::none);
  EXPECT_EQ(bench.load(p, at + page(1)), 1U);
  EXPECT_EQ(bench.load(p, at + page(7)), 7U);
  EXPECT_EQ(bench.access(p, at + page(3), AccessType::load), nullptr);
}

TEST_F(KernelSharedMapping, is_no_segment_that_others_could_attach_or_remove) {
  const std::uint64_t at = map_shared(2);
  const ProcessId other = bench.run();
  const SegmentId segment(0);
  EXPECT_EQ(bench.call(other, [&] { return bench.kernel.shmat(other, segment, {}); }).error,
            CallError::invalid_argument);
  EXPECT_EQ(bench.call(other, [&] { return bench.kernel.shm_remove(other, segment); }).error,
            CallError::invalid_argument);
  EXPECT_EQ(bench.call(p, [&] { return bench.kernel.shmdt(p, VirtualAddress(at)); }).error,
            CallError::invalid_argument);
}

class KernelSharedMappingInSwap : public KernelSharedMapping {
 protected:
  KernelSharedMappingInSwap() : KernelSharedMapping(60) {}
};

TEST_F(KernelSharedMappingInSwap, comes_back_for_both) {
  const std::uint64_t at = map_shared(10);
  for (std::uint64_t i = 0; i < 10; ++i) bench.store(p, at + page(i), 50 + i);
  const ProcessId child = bench.fork(p);
  const std::uint64_t more = bench.map_pages(p, 100);
  for (std::uint64_t i = 0; i < 100; ++i) bench.store(p, more + page(i), i);
  EXPECT_GT(bench.counters().segment_swapped, 0U);
  for (std::uint64_t i = 0; i < 10; ++i) EXPECT_EQ(bench.load(child, at + page(i)), 50 + i);
  bench.store(child, at, 99);
  EXPECT_EQ(bench.load(p, at), 99U);
}

// The table of the segment needs a frame, for which another page may have to go.
TEST_F(KernelSharedMappingInSwap, waits_for_a_frame_where_none_is_free) {
  const std::uint64_t more = bench.map_pages(p, 100);
  for (std::uint64_t i = 0; bench.frame_counts().free > 0; ++i) bench.store(p, more + page(i), i);
  const std::uint64_t at = map_shared(4);
  ASSERT_NE(at, 0U);
  bench.store(p, at, 1);
  EXPECT_EQ(bench.load(p, at), 1U);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
