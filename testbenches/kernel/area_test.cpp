// SPDX-License-Identifier: Apache-2.0
// Areas: the mmap family, the heap, the stack, and what accesses they allow.
#include <gmock/gmock.h>

#include "firmware/kernel/vm/layout.h"
#include "testbenches/kernel/area_bench.h"

namespace tlmmu::kernel::testing {
namespace {

TEST_F(KernelAreas, starting_a_program_maps_its_segments_and_loads_nothing) {
  EXPECT_EQ(areas(), 4U) << "text, data, bss, stack";
  EXPECT_EQ(bench.resident(p), 0U);
  EXPECT_TRUE(bench.machine.started.empty());
  EXPECT_EQ(bench.fetch(p, kTextAt), bench.content_of(bench.file, 0));
  EXPECT_EQ(bench.resident(p), 1U) << "pages come on demand";
}

TEST_F(KernelAreas, every_process_has_the_same_layout) {
  const ProcessId q = bench.run();
  EXPECT_EQ(bench.map_pages(p, 3), bench.map_pages(q, 3));
  EXPECT_EQ(bench.call(p, [&] { return bench.kernel.sbrk(p, 0); }).value,
            bench.call(q, [&] { return bench.kernel.sbrk(q, 0); }).value);
}

TEST_F(KernelAreas, a_mapping_is_zero_filled_on_arbitrary_frames) {
  const std::uint64_t at = bench.map_pages(p, 8);
  for (std::uint64_t i = 8; i-- > 0;) EXPECT_EQ(bench.load(p, at + (i << kPageShift)), 0U);
  EXPECT_EQ(bench.resident(p), 8U);
  EXPECT_EQ(bench.faults(FaultKind::minor), 8U);
}

TEST_F(KernelAreas, counts_each_cut_and_each_join) {
  const std::uint64_t at = bench.map_pages(p, 8);
  const Counters before = bench.counters();
  EXPECT_EQ(protect(at + 0x2000, 2, kReadOnly).error, CallError::none);
  EXPECT_EQ(bench.counters().area_splits, before.area_splits + 2) << "at both borders";
  EXPECT_EQ(protect(at + 0x2000, 2, kReadWrite).error, CallError::none);
  EXPECT_EQ(bench.counters().area_merges, before.area_merges + 2) << "with both neighbours";
  EXPECT_EQ(bench.unmap(p, at, 8), CallError::none);
  EXPECT_EQ(bench.counters().areas_removed, before.areas_removed + 1);
}

TEST_F(KernelAreas, neighbours_that_are_alike_become_one_area) {
  const std::uint64_t before = areas();
  const std::uint64_t a = bench.map_pages(p, 4), b = bench.map_pages(p, 4);
  EXPECT_EQ(b, a + 0x4000) << "the next gap";
  EXPECT_EQ(areas(), before + 1);
  EXPECT_EQ(bench.unmap(p, a + 0x2000, 1), CallError::none);
  EXPECT_EQ(areas(), before + 2) << "a hole cuts it";
  EXPECT_EQ(bench.map_pages(p, 1), a + 0x2000) << "the lowest gap is used first";
  EXPECT_EQ(areas(), before + 1);
}

TEST_F(KernelAreas, unmapped_pages_are_gone_and_their_frames_free) {
  const std::uint64_t at = bench.map_pages(p, 4);
  for (std::uint64_t i = 0; i < 4; ++i) bench.store(p, at + (i << kPageShift), i);
  const std::uint64_t free = bench.frame_counts().free;
  bench.unmap(p, at + 0x1000, 2);
  EXPECT_EQ(bench.frame_counts().free, free + 2);
  EXPECT_EQ(bench.load(p, at + 0x3000), 3U);
  EXPECT_TRUE(dies(at + 0x1000, AccessType::load, KillReason::bad_address));
}

TEST_F(KernelAreas, what_is_refused_changes_nothing) {
  MapRequest request;
  EXPECT_EQ(bench.map(p, request), 0U) << "no length";
  request.length = Bytes(100);
  EXPECT_EQ(bench.map(p, request), 0U) << "not whole pages";
  request.length = kPageBytes;
  request.permissions = {PteFlags::kW};
  EXPECT_EQ(bench.map(p, request), 0U) << "W without R is reserved";
  request.permissions = kReadWrite;
  request.contents = FilePart{FileId(7), 0};
  EXPECT_EQ(bench.map(p, request), 0U) << "no such file";
  request.contents = FilePart{bench.file, 8};
  EXPECT_EQ(bench.map(p, request), 0U) << "beyond its end";
  EXPECT_EQ(bench.unmap(p, 0x123, 1), CallError::invalid_argument);
  EXPECT_EQ(protect(0x7000'0000, 1, kReadOnly).error, CallError::no_memory) << "nothing there";
  EXPECT_EQ(areas(), 4U);
}

TEST_F(KernelAreas, mprotect_takes_effect_on_pages_that_are_there) {
  const std::uint64_t at = bench.map_pages(p, 3);
  bench.store(p, at + 0x1000, 5);
  EXPECT_TRUE(protect(at + 0x1000, 1, kReadOnly).ok());
  EXPECT_EQ(bench.load(p, at + 0x1000), 5U);
  EXPECT_FALSE(bench.leaf(p, at + 0x1000).flags().w());
  EXPECT_TRUE(dies(at + 0x1000, AccessType::store, KillReason::no_permission));
}

TEST_F(KernelAreas, a_page_made_writable_again_keeps_its_contents) {
  const std::uint64_t at = bench.map_pages(p, 1);
  bench.store(p, at, 5);
  protect(at, 1, kNoAccess);
  EXPECT_FALSE(bench.leaf(p, at).flags().u()) << "only the kernel may touch it";
  protect(at, 1, kReadWrite);
  bench.store(p, at + 8, 6);
  EXPECT_EQ(bench.load(p, at), 5U);
  EXPECT_EQ(bench.counters().reused, 1U) << "the last owner keeps the frame";
}

TEST_F(KernelAreas, execute_only_pages_can_be_fetched_from_and_not_read) {
  const std::uint64_t at = bench.map_pages(p, 1);
  bench.store(p, at, 5);
  protect(at, 1, kExecuteOnly);
  EXPECT_EQ(bench.fetch(p, at), 5U);
  EXPECT_TRUE(dies(at, AccessType::load, KillReason::no_permission));
}

TEST_F(KernelAreas, text_cannot_be_written) {
  EXPECT_TRUE(dies(kTextAt, AccessType::store, KillReason::no_permission));
}

TEST_F(KernelAreas, the_break_moves_up_and_down) {
  const std::uint64_t start = bench.call(p, [&] { return bench.kernel.sbrk(p, 0x3000); }).value;
  EXPECT_EQ(start, kBssAt + 64 * 0x1000);
  bench.store(p, start + 0x2ff8, 1);
  bench.call(p, [&] { return bench.kernel.sbrk(p, -0x2000); });
  EXPECT_EQ(bench.call(p, [&] { return bench.kernel.sbrk(p, 0x2000); }).value, start + 0x1000);
  EXPECT_EQ(bench.load(p, start + 0x2ff8), 0U) << "given up and taken again: zeros";
  EXPECT_TRUE(dies(start + 0x3000, AccessType::load, KillReason::bad_address));
}

TEST_F(KernelAreas, the_stack_grows_down_to_its_limit) {
  const PagingMode& mode = paging_mode(bench.kernel.state().settings.mode);
  const std::uint64_t top = address_of(stack_top(mode)).value();
  const std::uint64_t lowest =
      address_of(stack_lowest(mode, bench.kernel.state().settings)).value();
  bench.store(p, top - 8, 1);
  EXPECT_EQ(bench.faults(FaultKind::minor), 1U);
  bench.store(p, top - 0x5000, 2);
  EXPECT_EQ(bench.faults(FaultKind::stack_growth), 1U);
  bench.store(p, top - 0x3000, 3);
  EXPECT_EQ(bench.faults(FaultKind::stack_growth), 1U) << "it had grown past that";
  bench.store(p, lowest, 4);
  EXPECT_TRUE(dies(lowest - 8, AccessType::store, KillReason::bad_address));
}

TEST_F(KernelAreas, past_the_top_of_the_stack_is_nothing) {
  const PagingMode& mode = paging_mode(bench.kernel.state().settings.mode);
  EXPECT_TRUE(dies(address_of(stack_top(mode)).value(), AccessType::load, KillReason::bad_address));
}

TEST_F(KernelAreas, a_page_that_is_not_needed_becomes_zero_again) {
  const std::uint64_t at = bench.map_pages(p, 2);
  bench.store(p, at, 5);
  bench.store(p, at + 0x1000, 6);
  bench.call(p, [&] { return bench.kernel.madvise(p, range_at(at, 1), Advice::dont_need); });
  EXPECT_EQ(bench.load(p, at), 0U);
  EXPECT_EQ(bench.load(p, at + 0x1000), 6U);
}

TEST_F(KernelAreas, the_kernel_is_mapped_global_and_for_itself_only) {
  const AddressSpace space = bench.kernel.address_space(p);
  const PhysicalAddress entry = address_of(space.root) + Bytes(8 * 256);
  const Pte leaf = bench.machine.read_pte(entry);
  EXPECT_TRUE(leaf.flags().g() && leaf.flags().v() && leaf.is_leaf());
  EXPECT_FALSE(leaf.flags().u());
  EXPECT_EQ(address_of(leaf.ppn()), kMemoryBase) << "1 GiB of Sv39 from where memory begins";
}

}  // namespace
}  // namespace tlmmu::kernel::testing
