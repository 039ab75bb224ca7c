// SPDX-License-Identifier: Apache-2.0
// One test per step and rule of the privileged architecture's virtual-address translation process,
// named after it. Each test starts from a correct mapping and breaks exactly one thing.
#include <gtest/gtest.h>

#include "models/ptw/walk.h"
#include "testbenches/support/page_table_builder.h"
#include "testbenches/support/walk_driver.h"

namespace tlmmu {
namespace {

using testing::kUserPage;
using testing::PageTableBuilder;
using testing::run_walk;
using testing::WalkRecord;

constexpr VirtualAddress kAddress{0x12'3456'7abc};
constexpr Ppn kFrame{0x81234};
constexpr WalkRules kSvade{AdUpdate::fault};
constexpr WalkRules kSvadu{AdUpdate::hardware};

constexpr AccessContext kUser{};
constexpr AccessContext kSupervisor{Privilege::supervisor, Sum::forbidden, Mxr::off};
constexpr AccessContext kSupervisorWithSum{Privilege::supervisor, Sum::permitted, Mxr::off};

/// Flags from their letters, as in `flags("VRXU")`.
PteFlags flags(std::string_view letters) {
  constexpr std::string_view kOrder = "VRWXUGAD";
  unsigned raw = 0;
  for (const char letter : letters) raw |= 1U << kOrder.find(letter);
  return PteFlags(static_cast<std::uint8_t>(raw));
}

WalkRecord load(PageTableBuilder& tables) {
  return run_walk(Walk({kAddress, AccessType::load, kUser, tables.space()}, kSvadu), tables);
}
WalkRecord store(PageTableBuilder& tables) {
  return run_walk(Walk({kAddress, AccessType::store, kUser, tables.space()}, kSvadu), tables);
}

/// One page mapped at kAddress, and walks over it.
class Vatp : public ::testing::Test {
 protected:
  explicit Vatp(PagingModeName mode = PagingModeName::sv39) : tables(mode) {
    leaf = tables.map(kAddress, kFrame);
  }

  WalkRecord walk(AccessType type, AccessContext context = kUser, WalkRules rules = kSvadu,
                  VirtualAddress address = kAddress) {
    return run_walk(Walk({address, type, context, tables.space()}, rules), tables);
  }
  WalkRecord walk_leaf_with(PteFlags leaf_flags, AccessType type, AccessContext context = kUser,
                            WalkRules rules = kSvadu) {
    tables.write(leaf, Pte(kFrame, leaf_flags));
    return walk(type, context, rules);
  }
  /// Sets bits of the PTE of kAddress at `level`.
  void set_bits(unsigned level, std::uint64_t mask) {
    const PhysicalAddress at = tables.pte_at(kAddress, level);
    tables.write(at, Pte(tables.read(at)->raw() | mask));
  }

  static void expect_page_fault(const WalkRecord& record, VatpStep step, AccessType type) {
    ASSERT_NE(record.fault(), nullptr)
        << "translated, though step " << name_in(kVatpStepNames, step) << " forbids it";
    EXPECT_EQ(record.fault()->cause, page_fault(type));
    EXPECT_STREQ(name_in(kVatpStepNames, record.fault()->step), name_in(kVatpStepNames, step));
  }

  PageTableBuilder tables;
  PhysicalAddress leaf;
};

class VatpSv48 : public Vatp {
 protected:
  VatpSv48() : Vatp(PagingModeName::sv48) {}
};

constexpr AccessType kEveryType[] = {AccessType::fetch, AccessType::load, AccessType::store};

// --- step 0: canonical addresses

TEST_F(Vatp, step_0_bits_63_to_39_must_equal_bit_38) {
  for (const AccessType type : kEveryType) {
    for (const std::uint64_t bad : {std::uint64_t{1} << 39U, std::uint64_t{1} << 38U,
                                    std::uint64_t{1} << 63U, ~std::uint64_t{0} << 39U}) {
      const WalkRecord record = walk(type, kUser, kSvadu, VirtualAddress(bad));
      expect_page_fault(record, VatpStep::canonical_address, type);
      EXPECT_TRUE(record.reads.empty()) << "a PTE was read for " << std::hex << bad;
    }
  }
}

TEST_F(Vatp, step_0_the_upper_half_translates) {
  const VirtualAddress address(~std::uint64_t{0} << 38U);
  tables.map(address, kFrame);
  EXPECT_NE(walk(AccessType::load, kUser, kSvadu, address).translation(), nullptr);
}

TEST_F(VatpSv48, step_0_bits_63_to_48_must_equal_bit_47) {
  const VirtualAddress legal_in_sv48(std::uint64_t{1} << 39U);
  tables.map(legal_in_sv48, kFrame);
  EXPECT_NE(walk(AccessType::load, kUser, kSvadu, legal_in_sv48).translation(), nullptr);
  const VirtualAddress bad(std::uint64_t{1} << 47U);
  const WalkRecord record = walk(AccessType::load, kUser, kSvadu, bad);
  expect_page_fault(record, VatpStep::canonical_address, AccessType::load);
  EXPECT_TRUE(record.reads.empty());
}

// --- steps 1 and 2: the addresses of the PTEs

TEST_F(Vatp, step_1_the_first_pte_is_read_from_the_root_table) {
  const WalkRecord record = walk(AccessType::load);
  ASSERT_FALSE(record.reads.empty());
  EXPECT_EQ(record.reads[0].address.page(), tables.space().root);
  EXPECT_EQ(record.reads[0].level, 2U);
}

TEST_F(Vatp, step_2_each_pte_is_at_table_plus_vpn_field_times_8) {
  const WalkRecord record = walk(AccessType::load);
  ASSERT_EQ(record.reads.size(), 3U);
  for (unsigned i = 0; i < 3; ++i) {
    const unsigned level = 2 - i;
    EXPECT_EQ(record.reads[i].level, level);
    EXPECT_EQ(record.reads[i].address, tables.pte_at(kAddress, level));
    const std::uint64_t field = kAddress.value() >> (12 + 9 * level) & 0x1ffU;
    EXPECT_EQ(record.reads[i].address.page_offset(), Bytes(field * 8));
  }
}

TEST_F(VatpSv48, step_2_sv48_reads_four_levels) {
  const WalkRecord record = walk(AccessType::load);
  ASSERT_EQ(record.reads.size(), 4U);
  EXPECT_EQ(record.reads[0].level, 3U);
  EXPECT_EQ(record.reads[3].level, 0U);
}

TEST_F(Vatp, step_2_a_refused_pte_read_is_an_access_fault_of_the_original_type) {
  const PhysicalAddress pointer = tables.pte_at(kAddress, 1);
  tables.write(pointer, Pte(Ppn(0x7), flags("V")));  // no memory there
  for (const AccessType type : kEveryType) {
    const WalkRecord record = walk(type);
    ASSERT_NE(record.fault(), nullptr);
    EXPECT_EQ(record.fault()->cause, access_fault(type));
    EXPECT_EQ(record.fault()->step, VatpStep::pte_access);
    EXPECT_EQ(record.reads.size(), 3U);
  }
}

// --- step 3: validity and reserved encodings

TEST_F(Vatp, step_3_invalid_pte_is_a_page_fault) {
  for (const AccessType type : kEveryType) {
    expect_page_fault(walk_leaf_with(flags("RWXUAD"), type), VatpStep::pte_format, type);
  }
}

TEST_F(Vatp, step_3_invalid_pointer_is_a_page_fault_at_every_level) {
  for (const unsigned level : {2U, 1U}) {
    PageTableBuilder fresh(PagingModeName::sv39);
    fresh.map(kAddress, kFrame);
    const PhysicalAddress at = fresh.pte_at(kAddress, level);
    fresh.write(at, fresh.read(at)->without_flags(PteFlags::kV));
    const WalkRecord record = load(fresh);
    expect_page_fault(record, VatpStep::pte_format, AccessType::load);
    EXPECT_EQ(record.reads.size(), 3 - level);
  }
}

TEST_F(Vatp, step_3_writable_but_not_readable_is_reserved) {
  for (const char* reserved : {"VWUAD", "VWXUAD"}) {
    for (const AccessType type : kEveryType) {
      expect_page_fault(walk_leaf_with(flags(reserved), type), VatpStep::pte_format, type);
    }
  }
}

TEST_F(Vatp, step_3_bits_60_to_54_of_a_leaf_are_reserved) {
  for (unsigned bit = 54; bit <= 60; ++bit) {
    tables.write(leaf, Pte(Pte(kFrame, kUserPage).raw() | std::uint64_t{1} << bit));
    expect_page_fault(walk(AccessType::load), VatpStep::pte_format, AccessType::load);
  }
}

TEST_F(Vatp, step_3_bits_63_to_54_of_a_pointer_are_reserved) {
  for (const unsigned level : {1U, 2U}) {
    for (unsigned bit = 54; bit <= 63; ++bit) {
      PageTableBuilder fresh(PagingModeName::sv39);
      fresh.map(kAddress, kFrame);
      const PhysicalAddress at = fresh.pte_at(kAddress, level);
      fresh.write(at, Pte(fresh.read(at)->raw() | std::uint64_t{1} << bit));
      expect_page_fault(load(fresh), VatpStep::pte_format, AccessType::load);
    }
  }
}

TEST_F(Vatp, step_3_pbmt_is_reserved_without_svpbmt) {
  for (const std::uint64_t pbmt : {1U, 2U, 3U}) {
    tables.write(leaf, Pte(Pte(kFrame, kUserPage).raw() | pbmt << 61U));
    expect_page_fault(walk(AccessType::load), VatpStep::pte_format, AccessType::load);
  }
}

TEST_F(Vatp, step_3_n_is_reserved_without_svnapot) {
  tables.write(leaf, Pte(Pte(kFrame, kUserPage).raw() | std::uint64_t{1} << 63U));
  expect_page_fault(walk(AccessType::load), VatpStep::pte_format, AccessType::load);
}

TEST_F(Vatp, step_3_a_d_and_u_of_a_pointer_are_reserved) {
  for (const char* bit : {"A", "D", "U"}) {
    PageTableBuilder fresh(PagingModeName::sv39);
    fresh.map(kAddress, kFrame);
    const PhysicalAddress at = fresh.pte_at(kAddress, 1);
    fresh.write(at, fresh.read(at)->with_flags(flags(bit).raw()));
    expect_page_fault(load(fresh), VatpStep::pte_format, AccessType::load);
  }
}

TEST_F(Vatp, step_3_rsw_bits_are_ignored_in_leaves_and_pointers) {
  set_bits(2, std::uint64_t{3} << 8U);
  set_bits(1, std::uint64_t{3} << 8U);
  set_bits(0, std::uint64_t{3} << 8U);
  EXPECT_NE(walk(AccessType::load).translation(), nullptr);
}

// --- step 4: leaf or pointer

TEST_F(Vatp, step_4_a_pointer_at_level_0_is_a_page_fault) {
  for (const AccessType type : kEveryType) {
    expect_page_fault(walk_leaf_with(flags("V"), type), VatpStep::pointer, type);
  }
}

TEST_F(Vatp, step_4_an_execute_only_pte_is_a_leaf) {
  EXPECT_NE(walk_leaf_with(flags("VXUA"), AccessType::fetch).translation(), nullptr);
}

TEST_F(Vatp, step_4_the_pointers_g_bit_makes_the_translation_global) {
  EXPECT_FALSE(walk(AccessType::load).translation()->flags.g());
  set_bits(2, PteFlags::kG);
  EXPECT_TRUE(walk(AccessType::load).translation()->flags.g());
}

TEST_F(Vatp, step_4_the_leafs_own_g_bit_makes_the_translation_global) {
  set_bits(0, PteFlags::kG);
  EXPECT_TRUE(walk(AccessType::load).translation()->flags.g());
}

// --- step 5: superpages

TEST_F(Vatp, step_5_misaligned_megapage_is_a_page_fault) {
  for (unsigned bit = 0; bit < 9; ++bit) {
    PageTableBuilder fresh(PagingModeName::sv39);
    fresh.map(kAddress, Ppn(0x40000 | 1U << bit), PageSize::k2MiB);
    expect_page_fault(load(fresh), VatpStep::alignment, AccessType::load);
  }
}

TEST_F(Vatp, step_5_misaligned_gigapage_is_a_page_fault) {
  for (unsigned bit = 0; bit < 18; ++bit) {
    PageTableBuilder fresh(PagingModeName::sv39);
    fresh.map(kAddress, Ppn(0x40000 | 1U << bit), PageSize::k1GiB);
    expect_page_fault(load(fresh), VatpStep::alignment, AccessType::load);
  }
}

TEST_F(VatpSv48, step_5_misaligned_terapage_is_a_page_fault) {
  PageTableBuilder fresh(PagingModeName::sv48);
  fresh.map(kAddress, Ppn(std::uint64_t{1} << 26U), PageSize::k512GiB);
  expect_page_fault(load(fresh), VatpStep::alignment, AccessType::load);
}

TEST_F(Vatp, step_5_misalignment_comes_before_permissions) {
  PageTableBuilder fresh(PagingModeName::sv39);
  fresh.map(kAddress, Ppn(0x40001), PageSize::k2MiB, flags("VR"));
  expect_page_fault(store(fresh), VatpStep::alignment, AccessType::store);
}

// --- step 6: the U bit

TEST_F(Vatp, step_6_user_code_may_not_touch_supervisor_pages) {
  for (const AccessType type : kEveryType) {
    expect_page_fault(walk_leaf_with(flags("VRWXAD"), type), VatpStep::user_bit, type);
  }
}

TEST_F(Vatp, step_6_supervisor_code_may_not_touch_user_pages_without_sum) {
  for (const AccessType type : kEveryType) {
    expect_page_fault(walk(type, kSupervisor), VatpStep::user_bit, type);
  }
}

TEST_F(Vatp, step_6_sum_lets_supervisor_code_load_and_store_user_pages_but_never_fetch) {
  EXPECT_NE(walk(AccessType::load, kSupervisorWithSum).translation(), nullptr);
  EXPECT_NE(walk(AccessType::store, kSupervisorWithSum).translation(), nullptr);
  expect_page_fault(walk(AccessType::fetch, kSupervisorWithSum), VatpStep::user_bit,
                    AccessType::fetch);
}

TEST_F(Vatp, step_6_sum_means_nothing_to_user_code) {
  const AccessContext user_with_sum{Privilege::user, Sum::permitted, Mxr::off};
  expect_page_fault(walk_leaf_with(flags("VRWXAD"), AccessType::load, user_with_sum),
                    VatpStep::user_bit, AccessType::load);
}

// --- step 8: R, W and X (step 7, shadow stacks, is absent)

TEST_F(Vatp, step_8_a_load_needs_r) {
  expect_page_fault(walk_leaf_with(flags("VXUAD"), AccessType::load), VatpStep::permission,
                    AccessType::load);
  EXPECT_NE(walk_leaf_with(flags("VRUA"), AccessType::load).translation(), nullptr);
}

TEST_F(Vatp, step_8_mxr_makes_executable_pages_loadable_but_not_storable) {
  const AccessContext user_with_mxr{Privilege::user, Sum::forbidden, Mxr::on};
  EXPECT_NE(walk_leaf_with(flags("VXUAD"), AccessType::load, user_with_mxr).translation(), nullptr);
  expect_page_fault(walk_leaf_with(flags("VXUAD"), AccessType::store, user_with_mxr),
                    VatpStep::permission, AccessType::store);
}

TEST_F(Vatp, step_8_a_store_needs_w) {
  expect_page_fault(walk_leaf_with(flags("VRXUAD"), AccessType::store), VatpStep::permission,
                    AccessType::store);
}

TEST_F(Vatp, step_8_a_fetch_needs_x) {
  expect_page_fault(walk_leaf_with(flags("VRWUAD"), AccessType::fetch), VatpStep::permission,
                    AccessType::fetch);
}

TEST_F(Vatp, step_8_a_forbidden_access_sets_neither_a_nor_d) {
  expect_page_fault(walk_leaf_with(flags("VRU"), AccessType::store), VatpStep::permission,
                    AccessType::store);
  EXPECT_EQ(tables.read(leaf)->flags(), flags("VRU"));
}

// --- step 9: A and D

TEST_F(Vatp, step_9_with_svade_a_clear_a_bit_is_a_page_fault) {
  for (const AccessType type : kEveryType) {
    const WalkRecord record = walk_leaf_with(flags("VRWXUD"), type, kUser, kSvade);
    expect_page_fault(record, VatpStep::accessed_dirty, type);
    EXPECT_TRUE(record.updates.empty());
  }
}

TEST_F(Vatp, step_9_with_svade_a_store_to_a_clean_page_is_a_page_fault) {
  expect_page_fault(walk_leaf_with(flags("VRWXUA"), AccessType::store, kUser, kSvade),
                    VatpStep::accessed_dirty, AccessType::store);
  EXPECT_NE(walk_leaf_with(flags("VRWXUA"), AccessType::load, kUser, kSvade).translation(),
            nullptr);
}

TEST_F(Vatp, step_9_with_svadu_a_load_sets_a_only) {
  const WalkRecord record = walk_leaf_with(flags("VRWU"), AccessType::load);
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_EQ(record.updates.size(), 1U);
  EXPECT_EQ(tables.read(leaf)->flags(), flags("VRWUA"));
  EXPECT_EQ(record.translation()->flags, flags("VRWUA"));
}

TEST_F(Vatp, step_9_with_svadu_a_store_sets_a_and_d) {
  const WalkRecord record = walk_leaf_with(flags("VRWU"), AccessType::store);
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_EQ(tables.read(leaf)->flags(), flags("VRWUAD"));
  EXPECT_EQ(record.translation()->flags, flags("VRWUAD"));
}

TEST_F(Vatp, step_9_bits_that_are_set_already_cost_no_update) {
  EXPECT_TRUE(walk(AccessType::store).updates.empty());
  EXPECT_TRUE(walk_leaf_with(flags("VRWUA"), AccessType::load).updates.empty());
}

TEST_F(Vatp, step_9_the_update_replaces_the_whole_pte_and_nothing_else_changes) {
  const Pte before(Pte(kFrame, flags("VRWU")).raw() | std::uint64_t{3} << 8U);
  tables.write(leaf, before);
  walk(AccessType::store);
  EXPECT_EQ(*tables.read(leaf), before.with_flags(PteFlags::kA | PteFlags::kD));
}

TEST_F(Vatp, step_9_an_update_that_lost_a_race_reads_the_same_pte_again_and_finishes) {
  tables.write(leaf, Pte(kFrame, flags("VRWU")));
  const Pte moved(Ppn(0x99999), flags("VRWU"));
  bool raced = false;
  const WalkRecord record =
      run_walk(Walk({kAddress, AccessType::store, kUser, tables.space()}, kSvadu), tables, [&] {
        if (!raced) tables.write(leaf, moved);
        raced = true;
      });
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_EQ(record.translation()->ppn, Ppn(0x99999));
  ASSERT_EQ(record.reads.size(), 4U);
  EXPECT_EQ(record.reads[3].address, leaf);
  EXPECT_EQ(record.updates.size(), 2U);
  EXPECT_EQ(*tables.read(leaf), moved.with_flags(PteFlags::kA | PteFlags::kD));
}

TEST_F(Vatp, step_9_an_update_that_lost_against_an_unmapping_faults_and_writes_nothing) {
  tables.write(leaf, Pte(kFrame, flags("VRWU")));
  const WalkRecord record =
      run_walk(Walk({kAddress, AccessType::store, kUser, tables.space()}, kSvadu), tables,
               [&] { tables.write(leaf, Pte()); });
  expect_page_fault(record, VatpStep::pte_format, AccessType::store);
  EXPECT_EQ(*tables.read(leaf), Pte());
}

TEST_F(Vatp, step_9_a_refused_update_is_an_access_fault_of_the_original_type) {
  for (const AccessType type : kEveryType) {
    tables.write(leaf, Pte(kFrame, flags("VRWXU")));
    Walk walk({kAddress, type, kUser, tables.space()}, kSvadu);
    while (const auto* read = std::get_if<PteRead>(&walk.step()))
      walk.supply(*tables.read(read->address));
    ASSERT_TRUE(std::holds_alternative<PteUpdate>(walk.step()));
    walk.supply_error();
    const auto* fault = std::get_if<WalkFault>(&walk.step());
    ASSERT_NE(fault, nullptr);
    EXPECT_EQ(fault->cause, access_fault(type));
    EXPECT_EQ(fault->step, VatpStep::accessed_dirty);
  }
}

// --- step 10: the physical address

TEST_F(Vatp, step_10_the_page_offset_passes_through) {
  const Translation translation = *walk(AccessType::load).translation();
  EXPECT_EQ(translation.size, PageSize::k4KiB);
  EXPECT_EQ(translation.vpn, kAddress.page());
  EXPECT_EQ(translation.apply(kAddress), address_of(kFrame) + kAddress.page_offset());
}

TEST_F(Vatp, step_10_a_superpage_passes_the_lower_vpn_fields_through) {
  for (const PageSize size : {PageSize::k2MiB, PageSize::k1GiB}) {
    PageTableBuilder fresh(PagingModeName::sv39);
    const Ppn frame(std::uint64_t{5} << (shift_of(PageSize::k1GiB) - kPageShift));
    fresh.map(kAddress, frame, size);
    const WalkRecord record = load(fresh);
    ASSERT_NE(record.translation(), nullptr);
    EXPECT_EQ(record.translation()->size, size);
    EXPECT_EQ(record.translation()->vpn, align_down(kAddress.page(), size));
    EXPECT_EQ(record.translation()->apply(kAddress).value(),
              address_of(frame).value() + kAddress.value() % bytes_of(size).value());
  }
}

TEST_F(VatpSv48, step_10_a_terapage_is_one_pte_read) {
  PageTableBuilder fresh(PagingModeName::sv48);
  fresh.map(kAddress, Ppn(std::uint64_t{3} << 27U), PageSize::k512GiB);
  const WalkRecord record = load(fresh);
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_EQ(record.reads.size(), 1U);
  EXPECT_EQ(record.translation()->size, PageSize::k512GiB);
}

}  // namespace
}  // namespace tlmmu
