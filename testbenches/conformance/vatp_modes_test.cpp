// SPDX-License-Identifier: Apache-2.0
// What bare, Sv32 and Sv57 have of their own. What all modes share is tested with Sv39.
#include "models/arch/permissions.h"
#include "testbenches/conformance/vatp_fixture.h"

namespace tlmmu::testing {
namespace {

// --- bare

TEST(VatpBare, step_1_with_satp_inactive_every_address_is_physical) {
  const AddressSpace bare{PagingModeName::bare, Ppn(0), Asid(0)};
  for (const AccessType type : kEveryType) {
    for (const AccessContext context : {kUser, kSupervisor}) {
      for (const std::uint64_t any : {std::uint64_t{0}, std::uint64_t{0x12'3456'7abc},
                                      std::uint64_t{1} << 55U, ~std::uint64_t{0} >> 8U}) {
        const Walk walk({VirtualAddress(any), type, context, bare}, kSvade);
        const auto* translation = std::get_if<Translation>(&walk.step());
        ASSERT_NE(translation, nullptr) << "a PTE was asked for";
        EXPECT_EQ(translation->apply(VirtualAddress(any)), PhysicalAddress(any));
        EXPECT_TRUE(permits(translation->flags, type, context));
      }
    }
  }
}

TEST(VatpBare, step_1_satp_translates_user_and_supervisor_code_only) {
  for (const auto& mode : kEveryPagingModeName) {
    const AddressSpace space{mode.value, Ppn(1), Asid(0)};
    EXPECT_EQ(is_translated(space, Privilege::user), mode.value != PagingModeName::bare);
    EXPECT_EQ(is_translated(space, Privilege::supervisor), mode.value != PagingModeName::bare);
    EXPECT_FALSE(is_translated(space, Privilege::machine));
  }
}

// --- Sv57

TEST_F(VatpSv57, step_0_bits_63_to_57_must_equal_bit_56) {
  const VirtualAddress legal_in_sv57(std::uint64_t{1} << 55U);
  tables.map(legal_in_sv57, kFrame);
  EXPECT_NE(walk_to(legal_in_sv57).translation(), nullptr);
  const VirtualAddress upper_half(~std::uint64_t{0} << 56U);
  tables.map(upper_half, kFrame);
  EXPECT_NE(walk_to(upper_half).translation(), nullptr);
  for (unsigned bit = 56; bit < 64; ++bit) {
    const WalkRecord record = walk_to(VirtualAddress(std::uint64_t{1} << bit));
    expect_page_fault(record, VatpStep::canonical_address, AccessType::load);
    EXPECT_TRUE(record.reads.empty());
  }
}

TEST_F(VatpSv57, step_2_sv57_reads_five_levels) {
  const WalkRecord record = walk(AccessType::load);
  ASSERT_EQ(record.reads.size(), 5U);
  EXPECT_EQ(record.reads[0].address.page(), tables.space().root);
  for (unsigned i = 0; i < 5; ++i) {
    EXPECT_EQ(record.reads[i].level, 4 - i);
    EXPECT_EQ(record.reads[i].address, tables.pte_at(address, 4 - i));
  }
}

TEST_F(VatpSv57, step_5_misaligned_petapage_is_a_page_fault) {
  for (unsigned bit = 0; bit < 36; ++bit) {
    map(Ppn(std::uint64_t{1} << bit), PageSize::k256TiB);
    expect_page_fault(walk(AccessType::load), VatpStep::alignment, AccessType::load);
  }
}

TEST_F(VatpSv57, step_10_a_petapage_is_one_pte_read) {
  map(Ppn(std::uint64_t{3} << 36U), PageSize::k256TiB);
  const WalkRecord record = walk(AccessType::load);
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_EQ(record.reads.size(), 1U);
  EXPECT_EQ(record.translation()->size, PageSize::k256TiB);
  EXPECT_EQ(record.translation()->apply(address).value(),
            std::uint64_t{3} << 48U | (address.value() & low_mask(48)));
}

// --- Sv32

TEST_F(VatpSv32, step_0_every_32_bit_address_is_canonical) {
  for (const std::uint64_t any : {0x0000'0000U, 0x7fff'f000U, 0x8000'0000U, 0xffff'f000U}) {
    tables.map(VirtualAddress(any), kFrame);
    EXPECT_NE(walk_to(VirtualAddress(any)).translation(), nullptr) << std::hex << any;
  }
}

TEST_F(VatpSv32, step_2_each_pte_is_at_table_plus_10_bit_vpn_field_times_4) {
  const WalkRecord record = walk(AccessType::load);
  ASSERT_EQ(record.reads.size(), 2U);
  for (unsigned i = 0; i < 2; ++i) {
    const unsigned level = 1 - i;
    EXPECT_EQ(record.reads[i].level, level);
    EXPECT_EQ(record.reads[i].address, tables.pte_at(address, level));
    const std::uint64_t field = address.value() >> (12 + 10 * level) & 0x3ffU;
    EXPECT_EQ(record.reads[i].address.page_offset(), Bytes(field * 4));
  }
}

TEST_F(VatpSv32, step_2_a_table_may_lie_anywhere_in_34_bits) {
  const Ppn highest(low_mask(22));
  tables.write(tables.pte_at(address, 1), Pte(highest, flags("V")));
  const WalkRecord record = walk(AccessType::load);
  ASSERT_EQ(record.reads.size(), 2U);
  EXPECT_EQ(record.reads[1].address.page(), highest);
  expect_access_fault(record, VatpStep::pte_access, AccessType::load);  // no memory there
}

TEST_F(VatpSv32, step_3_no_bit_of_a_leaf_is_reserved_by_svnapot_or_svpbmt) {
  set_leaf(Pte(Ppn(low_mask(22)), kUserPage));
  for (const WalkRules rules : {kSvadu, kSvnapot, kSvpbmt}) {
    const WalkRecord record = walk(AccessType::load, kUser, rules);
    ASSERT_NE(record.translation(), nullptr);
    EXPECT_EQ(record.translation()->size, PageSize::k4KiB);
  }
}

TEST_F(VatpSv32, step_4_a_pointer_at_level_0_is_a_page_fault) {
  expect_page_fault(walk_leaf_with(flags("V"), AccessType::load), VatpStep::pointer,
                    AccessType::load);
}

TEST_F(VatpSv32, step_5_misaligned_4_mib_page_is_a_page_fault) {
  for (unsigned bit = 0; bit < 10; ++bit) {
    map(Ppn(0x40000 | 1U << bit), PageSize::k4MiB);
    expect_page_fault(walk(AccessType::load), VatpStep::alignment, AccessType::load);
  }
}

TEST_F(VatpSv32, step_9_the_update_writes_four_bytes_of_the_same_pte) {
  set_leaf(Pte(kFrame, flags("VRWU")));
  const WalkRecord record = walk(AccessType::store);
  ASSERT_EQ(record.updates.size(), 1U);
  EXPECT_EQ(record.updates[0].address, tables.pte_at(address, 0));
  EXPECT_EQ(record.updates[0].desired.raw() >> 32U, 0U);
  EXPECT_EQ(leaf(), Pte(kFrame, flags("VRWUAD")));
}

TEST_F(VatpSv32, step_10_a_physical_address_has_34_bits) {
  set_leaf(Pte(Ppn(low_mask(22)), kUserPage));
  EXPECT_EQ(walk(AccessType::load).translation()->apply(address),
            PhysicalAddress(low_mask(22) << 12U | (address.value() & 0xfffU)));
}

TEST_F(VatpSv32, step_10_a_4_mib_page_passes_22_bits_through) {
  map(Ppn(std::uint64_t{0x3ff} << 10U), PageSize::k4MiB);
  const WalkRecord record = walk(AccessType::load);
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_EQ(record.reads.size(), 1U);
  EXPECT_EQ(record.translation()->size, PageSize::k4MiB);
  EXPECT_EQ(record.translation()->vpn, align_down(address.page(), PageSize::k4MiB));
  EXPECT_EQ(record.translation()->apply(address).value(),
            std::uint64_t{0x3ff} << 22U | (address.value() & low_mask(22)));
}

// --- every mode

TEST(VatpEveryMode, step_2_a_pte_outside_memory_is_an_access_fault_of_the_original_type) {
  for (const PagingModeName name :
       {PagingModeName::sv32, PagingModeName::sv39, PagingModeName::sv48, PagingModeName::sv57}) {
    const Ppn highest(low_mask(paging_mode(name).ppn_bits));
    for (unsigned level = 0; level + 1 < paging_mode(name).levels; ++level) {
      PageTableBuilder tables(name);
      const VirtualAddress address(0x3456'7abc);
      tables.map(address, kFrame);
      tables.write(tables.pte_at(address, level + 1), Pte(highest, flags("V")));
      for (const AccessType type : kEveryType) {
        const WalkRecord record =
            run_walk(Walk({address, type, kUser, tables.space()}, kSvadu), tables);
        expect_access_fault(record, VatpStep::pte_access, type);
        EXPECT_EQ(record.reads.back().address.page(), highest);
        EXPECT_EQ(record.reads.back().level, level);
      }
    }
  }
}

}  // namespace
}  // namespace tlmmu::testing
