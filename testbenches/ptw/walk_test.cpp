// SPDX-License-Identifier: Apache-2.0
// The walk as a value. What each step of the translation process demands is in
// testbenches/conformance.
#include "models/ptw/walk.h"

#include <gtest/gtest.h>

#include <type_traits>

#include "testbenches/support/page_table_builder.h"
#include "testbenches/support/walk_driver.h"

namespace tlmmu {
namespace {

using testing::PageTableBuilder;
using testing::run_walk;
using testing::WalkRecord;

constexpr VirtualAddress kAddress{0x12'3456'7abc};
constexpr Ppn kFrame{0x81234};

WalkRequest load_from(const PageTableBuilder& tables) {
  return {kAddress, AccessType::load, AccessContext{}, tables.space()};
}

TEST(Walk, is_a_value) {
  static_assert(std::is_trivially_copyable_v<Walk>);
  static_assert(std::is_trivially_copyable_v<WalkStep>);
  PageTableBuilder tables(PagingModeName::sv39);
  tables.map(kAddress, kFrame);
  Walk first(load_from(tables), {});
  first.supply(*tables.read(std::get<PteRead>(first.step()).address));
  const Walk copy = first;  // in the middle of the walk
  const WalkRecord rest = run_walk(copy, tables);
  EXPECT_NE(rest.translation(), nullptr);
  EXPECT_EQ(rest.reads.size(), 2U);
  EXPECT_EQ(std::get<PteRead>(first.step()).level, 1U) << "the original has not moved";
}

TEST(Walk, a_three_level_walk_costs_three_pte_reads) {
  PageTableBuilder tables(PagingModeName::sv39);
  tables.map(kAddress, kFrame);
  EXPECT_EQ(run_walk(Walk(load_from(tables), {}), tables).reads.size(), 3U);
}

TEST(Walk, reads_one_pte_less_for_each_size_of_superpage) {
  for (const PagingModeName mode : {PagingModeName::sv39, PagingModeName::sv48}) {
    for (unsigned level = 0; level < paging_mode(mode).levels; ++level) {
      PageTableBuilder tables(mode);
      tables.map(kAddress, Ppn(0), paging_mode(mode).page_size(level));
      const WalkRecord record = run_walk(Walk(load_from(tables), {}), tables);
      EXPECT_NE(record.translation(), nullptr);
      EXPECT_EQ(record.reads.size(), paging_mode(mode).levels - level);
    }
  }
}

TEST(Walk, started_from_a_known_table_does_not_read_the_levels_above_again) {
  for (const PagingModeName mode : {PagingModeName::sv39, PagingModeName::sv48}) {
    PageTableBuilder tables(mode);
    tables.map(kAddress, kFrame);
    for (unsigned level = 0; level < paging_mode(mode).levels; ++level) {
      const Ppn table = tables.pte_at(kAddress, level).page();
      Walk walk(load_from(tables), {});
      walk.start_at({table, level, Reach::address_space});
      const WalkRecord record = run_walk(walk, tables);
      ASSERT_NE(record.translation(), nullptr);
      EXPECT_EQ(record.translation()->apply(kAddress), address_of(kFrame) + Bytes(0xabc));
      ASSERT_EQ(record.reads.size(), level + 1);
      EXPECT_EQ(record.reads[0].level, level);
    }
  }
}

TEST(Walk, started_from_a_global_table_ends_global) {
  PageTableBuilder tables(PagingModeName::sv39);
  tables.map(kAddress, kFrame);
  Walk walk(load_from(tables), {});
  walk.start_at({tables.pte_at(kAddress, 0).page(), 0, Reach::global});
  EXPECT_TRUE(run_walk(walk, tables).translation()->flags.g());
}

TEST(Walk, an_address_that_is_not_canonical_cannot_be_started_from_a_table) {
  PageTableBuilder tables(PagingModeName::sv39);
  WalkRequest request = load_from(tables);
  request.address = VirtualAddress(std::uint64_t{1} << 50U);
  Walk walk(request, {});
  ASSERT_TRUE(walk.ended());
  walk.start_at({tables.space().root, 0, Reach::address_space});
  EXPECT_TRUE(std::holds_alternative<WalkFault>(walk.step()));
}

TEST(Walk, an_ended_walk_stays_as_it_ended) {
  PageTableBuilder tables(PagingModeName::sv39);
  tables.map(kAddress, kFrame);
  Walk walk(load_from(tables), {});
  while (!walk.ended()) walk.supply(*tables.read(std::get<PteRead>(walk.step()).address));
  walk.supply(Pte());
  walk.supply_error();
  EXPECT_TRUE(std::holds_alternative<Translation>(walk.step()));
}

TEST(Walk, tells_which_table_a_pointer_led_to) {
  PageTableBuilder tables(PagingModeName::sv39);
  tables.map(kAddress, kFrame);
  Walk walk(load_from(tables), {});
  EXPECT_EQ(walk.table().table, tables.space().root);
  EXPECT_EQ(walk.table().level, 2U);
  walk.supply(tables.read(std::get<PteRead>(walk.step()).address)->with_flags(PteFlags::kG));
  EXPECT_EQ(walk.table().table, tables.pte_at(kAddress, 1).page());
  EXPECT_EQ(walk.table().level, 1U);
  EXPECT_EQ(walk.table().reach, Reach::global);
}

}  // namespace
}  // namespace tlmmu
