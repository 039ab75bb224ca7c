// SPDX-License-Identifier: Apache-2.0
// The states of pages, and proof that the checkers of the random tests see what is wrong: each test
// that breaks something must be told so.
#include <gmock/gmock.h>
#include <gtest/gtest-spi.h>

#include "testbenches/kernel/invariants.h"
#include "testbenches/kernel/page_state_observer.h"
#include "testbenches/kernel/program.h"

namespace tlmmu::kernel::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using S = PageState;

TEST(PageStates, know_every_legal_way_and_no_other) {
  EXPECT_TRUE(is_legal({S::untouched, S::resident}));
  EXPECT_TRUE(is_legal({S::swapped, S::copy_on_write}));
  EXPECT_FALSE(is_legal({S::swapped, S::in_file}));
  EXPECT_FALSE(is_legal({S::in_file, S::copy_on_write}));
  EXPECT_FALSE(is_legal({S::resident, S::resident}));
  unsigned legal = 0;
  for (unsigned from = 0; from < kPageStates; ++from) {
    for (unsigned to = 0; to < kPageStates; ++to) {
      legal += is_legal({static_cast<S>(from), static_cast<S>(to)}) ? 1 : 0;
    }
  }
  EXPECT_EQ(legal, std::size(kPageTransitions)) << "no way is listed twice";
}

/// Two processes share pages copy-on-write, one has pages in swap, a segment and a file.
class Mutant : public ::testing::Test {
 protected:
  Mutant() : bench(settings()), observer(bench), p(bench.run()) {
    observer.enter(Entry::fork);  // whatever is done until the test begins
    at = bench.map_pages(p, 40);
    for (std::uint64_t i = 0; i < 40; ++i) bench.store(p, at + (i << kPageShift), i);
    child = bench.fork(p);
    for (std::uint64_t i = 0; i < 8; ++i) bench.load(p, at + (i << kPageShift));
    observer.complaints();
    observer.enter(Entry::other);
    check_invariants(bench);
  }

  static Settings settings() {
    Settings settings = settings_of(46);
    settings.disk.blocks = 400;
    return settings;
  }
  /// The kernel's state as something that can be broken.
  KernelState& state() { return const_cast<KernelState&>(bench.kernel.state()); }
  /// A page of the first process that is in this state.
  std::uint64_t page_that_is(PageState wanted) {
    for (std::uint64_t i = 0; i < 40; ++i) {
      const std::uint64_t address = at + (i << kPageShift);
      if (page_state_of(bench.leaf(p, address)) == wanted) return address;
    }
    ADD_FAILURE() << "there is none";
    return at;
  }
  Frame& frame_of(std::uint64_t address) { return state().frames.at(bench.leaf(p, address).ppn()); }

  /// What the checker has to say.
  std::vector<std::string> findings() {
    ::testing::TestPartResultArray results;
    {
      using Reporter = ::testing::ScopedFakeTestPartResultReporter;
      const Reporter reporter(Reporter::INTERCEPT_ONLY_CURRENT_THREAD, &results);
      check_invariants(bench);
    }
    std::vector<std::string> texts;
    for (int i = 0; i < results.size(); ++i) {
      texts.emplace_back(results.GetTestPartResult(i).message());
    }
    return texts;
  }

  ProgramBench bench;
  PageStateObserver observer;
  ProcessId p, child;
  std::uint64_t at;
};

TEST_F(Mutant, that_is_none_has_no_findings) {
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_GT(bench.kernel.state().blocks.counts().in_use, 0U) << "some pages are in swap";
}

TEST_F(Mutant, with_a_wrong_entry_in_a_reverse_map_is_found) {
  Frame& frame = frame_of(page_that_is(S::copy_on_write));
  frame.first.entry = frame.first.entry + Bytes(8);
  EXPECT_THAT(findings(), Contains(HasSubstr("frame ")));
}

TEST_F(Mutant, with_a_user_too_many_is_found) {
  ++frame_of(page_that_is(S::copy_on_write)).users;
  EXPECT_THAT(findings(), Contains(HasSubstr("frame.users")));
}

TEST_F(Mutant, with_a_slot_counted_once_too_often_is_found) {
  const DiskBlock slot = block_of(bench.leaf(p, page_that_is(S::swapped)));
  ++state().blocks.at(slot).references;
  EXPECT_THAT(findings(), Contains(HasSubstr("slot ")));
}

TEST_F(Mutant, with_a_slot_that_nobody_needs_is_found) {
  ASSERT_TRUE(state().blocks.allocate_slot());
  EXPECT_THAT(findings(), Contains(HasSubstr("leaks")));
}

TEST_F(Mutant, with_buddy_blocks_that_overlap_is_found) {
  bench.kernel.exit(child);
  bench.kernel.exit(p);
  bench.finish_all_transfers();
  bool broken = false;
  state().frames.buddy().each_free_block([&](std::uint64_t index, unsigned order) {
    if (broken || order == 0 || order > 3) return;
    state().frames.at_index(index).order = static_cast<std::uint8_t>(order + 1);
    broken = true;
  });
  ASSERT_TRUE(broken);
  EXPECT_THAT(findings(), Contains(HasSubstr("of another size")));
}

TEST_F(Mutant, with_a_mapped_frame_that_counts_as_free_is_found) {
  frame_of(page_that_is(S::copy_on_write)).state = FrameState::free;
  EXPECT_THAT(findings(), Contains(HasSubstr("FrameState::mapped")));
}

TEST_F(Mutant, with_a_frame_that_counts_as_used_and_is_in_a_free_block_is_found) {
  bench.kernel.exit(child);
  bench.finish_all_transfers();
  bool broken = false;
  state().frames.buddy().each_free_block([&](std::uint64_t index, unsigned) {
    if (!std::exchange(broken, true)) state().frames.at_index(index).state = FrameState::slab;
  });
  ASSERT_TRUE(broken);
  EXPECT_THAT(findings(), Contains(HasSubstr("FrameState::free")));
}

TEST_F(Mutant, that_lost_a_page_is_found) {
  const std::uint64_t page = page_that_is(S::copy_on_write);
  bench.machine.overwrite_pte(bench.leaf_entry(p, page), Pte());
  EXPECT_THAT(findings(), Contains(HasSubstr("resident")));
}

TEST_F(Mutant, with_a_tlb_that_knows_more_than_the_table_is_found) {
  const std::uint64_t page = page_that_is(S::copy_on_write);
  ASSERT_NE(bench.access(p, page, AccessType::load), nullptr);
  const PhysicalAddress entry = bench.leaf_entry(p, page);
  bench.machine.overwrite_pte(entry, bench.leaf(p, page).without_flags(PteFlags::kR));
  EXPECT_THAT(findings(), Contains(HasSubstr("the TLB allows more")));
}

TEST_F(Mutant, that_counts_an_illegal_transition_breaks_a_law) {
  auto& counts = state().counters.page_states;
  ++counts[static_cast<unsigned>(S::swapped)][static_cast<unsigned>(S::in_file)];
  EXPECT_THAT(findings(), Contains(HasSubstr("only in legal ways")));
}

TEST_F(Mutant, that_counts_a_transition_that_never_was_breaks_a_law) {
  auto& counts = state().counters.page_states;
  ++counts[static_cast<unsigned>(S::untouched)][static_cast<unsigned>(S::resident)];
  EXPECT_THAT(findings(), Contains(HasSubstr("became resident")));
}

TEST_F(Mutant, that_turns_a_swapped_page_into_text_is_seen_at_once) {
  const PhysicalAddress entry = bench.leaf_entry(p, page_that_is(S::swapped));
  bench.machine.write_pte(entry, absent_pte(PteKind::file, DiskBlock(3), PteFlags()));
  EXPECT_THAT(observer.complaints(), Contains(HasSubstr("no such transition")));
}

TEST_F(Mutant, whose_timer_maps_a_page_is_seen_at_once) {
  const PhysicalAddress entry = bench.leaf_entry(p, page_that_is(S::swapped));
  const Pte mapped(Ppn(0x80010), PteFlags(PteFlags::kV | PteFlags::kR));
  bench.machine.write_pte(entry, mapped);
  EXPECT_THAT(observer.complaints(), Contains(HasSubstr("not in this entry")));
}

TEST_F(Mutant, that_moves_a_resident_page_is_seen_at_once) {
  const std::uint64_t page = page_that_is(S::copy_on_write);
  const Pte pte = bench.leaf(p, page);
  const Pte moved = with_mark(Pte(Ppn(pte.ppn().value() + 1), pte.flags()), PteMark::copy_on_write);
  bench.machine.write_pte(bench.leaf_entry(p, page), moved);
  EXPECT_THAT(observer.complaints(), Contains(HasSubstr("another place")));
}

TEST_F(Mutant, whose_walker_sets_more_than_a_and_d_is_seen_at_once) {
  const std::uint64_t page = page_that_is(S::copy_on_write);
  observer.enter(Entry::hardware);
  bench.machine.write_pte(bench.leaf_entry(p, page), bench.leaf(p, page).with_flags(PteFlags::kW));
  EXPECT_THAT(observer.complaints(), Contains(HasSubstr("more than A and D")));
}

TEST_F(Mutant, that_replaces_a_table_is_seen_at_once) {
  const AddressSpace space = bench.kernel.address_space(p);
  const PagingMode& mode = paging_mode(space.mode);
  const PhysicalAddress entry =
      address_of(space.root) + Bytes(8 * mode.index(VirtualAddress(at), mode.levels - 1));
  bench.machine.write_pte(entry, Pte(Ppn(0x80020), PteFlags(PteFlags::kV)));
  EXPECT_THAT(observer.complaints(), Contains(HasSubstr("a table was replaced")));
}

}  // namespace
}  // namespace tlmmu::kernel::testing
