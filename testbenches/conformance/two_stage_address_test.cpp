// SPDX-License-Identifier: Apache-2.0
// H.1, H.2 and H.5: which addresses are translated, where PTEs are read, and how far an answer
// reaches.
#include "testbenches/conformance/two_stage_fixture.h"

namespace tlmmu::testing {
namespace {

constexpr PagingModeName kEveryMode[] = {PagingModeName::sv32, PagingModeName::sv39,
                                         PagingModeName::sv48, PagingModeName::sv57};

/// What the G stage alone makes of `guest`.
WalkRecord g_stage(TwoStageTables& tables, std::uint64_t guest) {
  WalkRequest request = tables.request(VirtualAddress(guest));
  request.stages = Stages::g;
  return run_walk(TwoStageWalk(request, kSvadu), tables);
}

TEST(TwoStageModes, h_1_the_g_stages_root_is_four_pages_indexed_by_two_bits_more) {
  for (const PagingModeName name : kEveryMode) {
    SCOPED_TRACE(name_in(kEveryPagingModeName, name));
    const PagingMode& g_mode = paging_mode(g_stage_mode(name));
    const unsigned low = kPageShift + (g_mode.levels - 1) * g_mode.index_bits;
    for (const std::uint64_t quarter : {0U, 1U, 2U, 3U}) {
      TwoStageTables tables(name);
      const std::uint64_t guest = quarter << (g_mode.virtual_bits - 2) | std::uint64_t{5} << low;
      tables.g().map(VirtualAddress(guest), kFrame);
      const WalkRecord record = g_stage(tables, guest);
      ASSERT_NE(record.translation(), nullptr);
      EXPECT_EQ(
          record.reads.front().address,
          address_of(tables.guest().root) + kPageBytes * quarter + Bytes(5 * g_mode.pte_bytes));
    }
  }
}

TEST(TwoStageModes, h_1_address_bits_above_the_g_stages_must_be_zero) {
  for (const PagingModeName name :
       {PagingModeName::sv39, PagingModeName::sv48, PagingModeName::sv57}) {
    SCOPED_TRACE(name_in(kEveryPagingModeName, name));
    TwoStageTables tables(name);
    tables.map_guest(Ppn(0x1234));
    for (unsigned bit = paging_mode(g_stage_mode(name)).virtual_bits; bit < 64; ++bit) {
      const std::uint64_t guest = 0x123'4568U | std::uint64_t{1} << bit;
      const WalkRecord record = g_stage(tables, guest);
      expect_guest_page_fault(record, AccessType::load, PhysicalAddress(guest));
      EXPECT_TRUE(record.reads.empty());
    }
  }
}

TEST(TwoStageModes, h_1_guest_physical_addresses_are_not_sign_extended) {
  TwoStageTables tables(PagingModeName::sv39);
  const std::uint64_t guest = std::uint64_t{1} << 40U;
  tables.map_guest(Ppn(guest >> kPageShift));
  EXPECT_NE(g_stage(tables, guest).translation(), nullptr);
  expect_guest_page_fault(g_stage(tables, guest | ~low_mask(41)), AccessType::load,
                          PhysicalAddress(guest | ~low_mask(41)));
}

TEST(TwoStageModes, h_1_sv32x4_translates_34_bits) {
  TwoStageTables tables(PagingModeName::sv32);
  tables.map(VirtualAddress(0x4567'8000), Ppn(0x3f'f123));
  const WalkRecord record =
      run_walk(TwoStageWalk(tables.request(VirtualAddress(0x4567'8abc)), kSvadu), tables);
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_EQ(record.reads.size(), 8U);  // 2 + 2 * 3
}

class TwoStageAddress : public TwoStage {};

TEST_F(TwoStageAddress, h_2_guest_pte_addresses_are_guest_physical) {
  const WalkRecord record = walk();
  ASSERT_NE(record.translation(), nullptr);
  ASSERT_EQ(record.reads.size(), 15U);
  // three PTEs of the G stage lead to each of the VS stage
  for (unsigned level = 3; level-- > 0;) {
    const std::size_t place = 4 * (2 - level) + 3;
    EXPECT_EQ(record.reads[place].address, TwoStageTables::host(vs_pte_at(level)));
    EXPECT_EQ(record.reads[place - 1].address, g_leaf_at(vs_pte_at(level)));
  }
  EXPECT_EQ(record.reads.back().address, g_leaf_at(guest_address()));
}

TEST_F(TwoStageAddress, h_2_a_guest_table_that_the_g_stage_does_not_map_is_a_guest_page_fault) {
  for (const AccessType type : kEveryType) {
    for (unsigned level = 3; level-- > 0;) {
      map(PageSize::k4KiB, PageSize::k4KiB);
      set_g_leaf_flags(vs_pte_at(level), PteFlags());
      expect_guest_page_fault(walk(type), type, vs_pte_at(level), ImplicitAccess::pte_read);
    }
  }
}

TEST_F(TwoStageAddress, h_2_vsatp_alone_reads_its_tables_where_they_say) {
  PageTableBuilder vs(PagingModeName::sv39);
  vs.map(address, kGuestFrame);
  const WalkRequest request{address, AccessType::load, kUser, vs.space(), Stages::vs, {}};
  const WalkRecord record = run_walk(TwoStageWalk(request, kSvadu), vs);
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_EQ(record.translation()->apply(address), guest_address());
  EXPECT_EQ(record.reads.size(), 3U);
}

TEST_F(TwoStageAddress, h_3_hgatp_alone_translates_what_the_guest_takes_for_physical) {
  WalkRequest request = tables.request(VirtualAddress(guest_address().value()));
  request.stages = Stages::g;
  const WalkRecord record = walk(request);
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_EQ(record.translation()->apply(request.address), TwoStageTables::host(guest_address()));
  EXPECT_EQ(record.reads.size(), 3U);
}

TEST_F(TwoStageAddress, h_5_the_answer_reaches_as_far_as_the_smaller_page) {
  constexpr PageSize kSizes[] = {PageSize::k4KiB, PageSize::k2MiB, PageSize::k1GiB};
  for (const PageSize size : kSizes) {
    for (const PageSize g_stage_size : kSizes) {
      TwoStageTables big(PagingModeName::sv39);
      big.vs().map(address, Ppn(0x4'0000), size);
      const std::uint64_t offset = address.value() & low_mask(shift_of(size));
      const PhysicalAddress guest = address_of(Ppn(0x4'0000)) + Bytes(offset);
      const Vpn first = align_down(Vpn(guest.page().value()), g_stage_size);
      for (std::size_t i = 0; i < big.vs().tables(); ++i) big.map_guest(Ppn(0x4000 + i));
      big.g().map(address_of(first), Ppn(0x8'0000'0000), g_stage_size);
      const WalkRecord record = run_walk(TwoStageWalk(big.request(address), kSvadu), big);
      ASSERT_NE(record.translation(), nullptr);
      EXPECT_EQ(record.translation()->size, std::min(size, g_stage_size));
      EXPECT_EQ(
          record.translation()->apply(address),
          address_of(Ppn(0x8'0000'0000)) + Bytes(guest.value() & low_mask(shift_of(g_stage_size))));
    }
  }
}

TEST_F(TwoStageAddress, h_5_a_napot_page_of_the_g_stage_counts_as_64_kib) {
  constexpr WalkRules kBothNapot = kSvnapot;
  TwoStageTables napot(PagingModeName::sv39);
  napot.vs().map(address, Ppn(0x4'0000), PageSize::k2MiB);
  for (std::size_t i = 0; i < napot.vs().tables(); ++i) napot.map_guest(Ppn(0x4000 + i));
  const VirtualAddress guest(0x4000'0000 + (address.value() & low_mask(21)));
  napot.g().map_64kib(guest, Ppn(0x90'0010));
  const WalkRecord record = run_walk(TwoStageWalk(napot.request(address), kBothNapot), napot);
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_EQ(record.translation()->size, PageSize::k64KiB);
  EXPECT_EQ(record.translation()->apply(address).value(),
            0x9'0001'0000U + (address.value() & 0xffffU));
}

TEST_F(TwoStageAddress, vmid_and_asid_do_not_change_what_is_translated) {
  WalkRequest request = tables.request(address);
  const WalkRecord usual = walk(request);
  request.guest.vmid = Vmid(0x3fff);
  request.space.asid = Asid(0xffff);
  const WalkRecord other = walk(request);
  ASSERT_NE(other.translation(), nullptr);
  EXPECT_EQ(other.translation()->apply(address), usual.translation()->apply(address));
  EXPECT_EQ(other.reads.size(), usual.reads.size());
}

}  // namespace
}  // namespace tlmmu::testing
