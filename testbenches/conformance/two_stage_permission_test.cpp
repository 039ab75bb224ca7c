// SPDX-License-Identifier: Apache-2.0
// H.2, H.3 and H.4: what each access to guest-physical memory must be permitted, and what it sets.
#include "testbenches/conformance/two_stage_fixture.h"

namespace tlmmu::testing {
namespace {

class TwoStagePermission : public TwoStage {
 protected:
  Pte g_leaf(PhysicalAddress guest) const { return *tables.g().read(g_leaf_at(guest)); }
  Pte vs_leaf() const { return *tables.vs().read(vs_pte_at(0)); }
};

TEST_F(TwoStagePermission, h_2_reading_a_guest_pte_needs_r_whatever_the_access) {
  set_g_leaf_flags(vs_pte_at(0), flags("VRUAD"));
  for (const AccessType type : kEveryType) EXPECT_NE(walk(type).translation(), nullptr);
  set_g_leaf_flags(vs_pte_at(0), flags("VXUAD"));
  for (const AccessType type : kEveryType) {
    expect_guest_page_fault(walk(type), type, vs_pte_at(0), ImplicitAccess::pte_read);
  }
}

TEST_F(TwoStagePermission, h_2_an_update_of_a_guest_pte_needs_w_in_the_g_stage) {
  set_g_leaf_flags(vs_pte_at(0), flags("VRXUAD"));
  set_vs_leaf_flags(flags("VRWXU"));
  const Pte before = vs_leaf();
  for (const AccessType type : kEveryType) {
    expect_guest_page_fault(walk(type), type, vs_pte_at(0), ImplicitAccess::pte_update);
  }
  EXPECT_EQ(vs_leaf(), before);
}

TEST_F(TwoStagePermission, h_2_reading_a_guest_pte_sets_a_in_the_g_stage_and_an_update_sets_d) {
  set_g_leaf_flags(vs_pte_at(0), flags("VRWU"));
  EXPECT_NE(walk().translation(), nullptr);
  EXPECT_EQ(g_leaf(vs_pte_at(0)).flags(), flags("VRWUA"));
  set_vs_leaf_flags(flags("VRWXU"));
  EXPECT_NE(walk().translation(), nullptr);
  EXPECT_EQ(vs_leaf().flags(), flags("VRWXUA"));
  EXPECT_EQ(g_leaf(vs_pte_at(0)).flags(), flags("VRWUAD"));
}

TEST_F(TwoStagePermission, h_2_with_svade_a_page_of_guest_tables_needs_a) {
  set_g_leaf_flags(vs_pte_at(0), flags("VRWXUD"));
  expect_guest_page_fault(walk(AccessType::store, kUser, kSvade), AccessType::store, vs_pte_at(0),
                          ImplicitAccess::pte_read);
  set_g_leaf_flags(vs_pte_at(0), flags("VRWXUA"));
  EXPECT_NE(walk(AccessType::store, kUser, kSvade).translation(), nullptr);
}

TEST_F(TwoStagePermission, h_3_the_final_access_has_its_own_type_in_the_g_stage) {
  constexpr struct {
    const char* letters;
    AccessType type;
  } kRights[] = {
      {"VRUAD", AccessType::load}, {"VXUAD", AccessType::fetch}, {"VRWUAD", AccessType::store}};
  for (const auto& right : kRights) {
    set_g_leaf_flags(guest_address(), flags(right.letters));
    EXPECT_NE(walk(right.type).translation(), nullptr) << right.letters;
  }
  constexpr struct {
    const char* letters;
    AccessType type;
  } kWrongs[] = {
      {"VXUAD", AccessType::load}, {"VRWUAD", AccessType::fetch}, {"VRXUAD", AccessType::store}};
  for (const auto& wrong : kWrongs) {
    set_g_leaf_flags(guest_address(), flags(wrong.letters));
    expect_guest_page_fault(walk(wrong.type), wrong.type, guest_address());
  }
}

TEST_F(TwoStagePermission, h_3_a_store_sets_d_in_both_stages_and_a_load_in_none) {
  set_vs_leaf_flags(flags("VRWU"));
  set_g_leaf_flags(guest_address(), flags("VRWU"));
  EXPECT_NE(walk(AccessType::load).translation(), nullptr);
  EXPECT_EQ(vs_leaf().flags(), flags("VRWUA"));
  EXPECT_EQ(g_leaf(guest_address()).flags(), flags("VRWUA"));
  EXPECT_NE(walk(AccessType::store).translation(), nullptr);
  EXPECT_EQ(vs_leaf().flags(), flags("VRWUAD"));
  EXPECT_EQ(g_leaf(guest_address()).flags(), flags("VRWUAD"));
}

TEST_F(TwoStagePermission, h_3_with_svade_the_g_stage_needs_a_and_for_a_store_d) {
  set_g_leaf_flags(guest_address(), flags("VRWXUD"));
  for (const AccessType type : kEveryType) {
    expect_guest_page_fault(walk(type, kUser, kSvade), type, guest_address());
  }
  set_g_leaf_flags(guest_address(), flags("VRWXUA"));
  EXPECT_NE(walk(AccessType::load, kUser, kSvade).translation(), nullptr);
  expect_guest_page_fault(walk(AccessType::store, kUser, kSvade), AccessType::store,
                          guest_address());
}

TEST_F(TwoStagePermission, h_4_to_the_g_stage_every_access_is_one_of_user_code) {
  set_vs_leaf_flags(flags("VRWXAD"));
  for (const AccessContext context : {kSupervisor, kSupervisorWithSum}) {
    EXPECT_NE(walk(AccessType::load, context).translation(), nullptr);
    set_g_leaf_flags(guest_address(), flags("VRWXAD"));
    expect_guest_page_fault(walk(AccessType::load, context), AccessType::load, guest_address());
    set_g_leaf_flags(guest_address(), kUserPage);
    set_g_leaf_flags(vs_pte_at(1), flags("VRWXAD"));
    expect_guest_page_fault(walk(AccessType::load, context), AccessType::load, vs_pte_at(1),
                            ImplicitAccess::pte_read);
    set_g_leaf_flags(vs_pte_at(1), kUserPage);
  }
}

TEST_F(TwoStagePermission, h_4_the_vs_stage_goes_by_the_guests_privilege_and_sum) {
  expect_page_fault(walk(AccessType::load, kSupervisor), VatpStep::user_bit, AccessType::load);
  EXPECT_NE(walk(AccessType::load, kSupervisorWithSum).translation(), nullptr);
  set_vs_leaf_flags(flags("VRWXAD"));
  expect_page_fault(walk(AccessType::load, kUser), VatpStep::user_bit, AccessType::load);
}

TEST_F(TwoStagePermission, h_4_vsstatus_mxr_overrides_the_vs_stage_only) {
  AccessContext mxr = kUser;
  mxr.mxr = Mxr::on;
  set_vs_leaf_flags(flags("VXUAD"));
  expect_page_fault(walk(AccessType::load), VatpStep::permission, AccessType::load);
  EXPECT_NE(walk(AccessType::load, mxr).translation(), nullptr);
  set_g_leaf_flags(guest_address(), flags("VXUAD"));
  expect_guest_page_fault(walk(AccessType::load, mxr), AccessType::load, guest_address());
}

TEST_F(TwoStagePermission, h_4_sstatus_mxr_overrides_both_stages) {
  AccessContext mxr = kUser;
  mxr.mxr = Mxr::on;
  mxr.g_stage_mxr = Mxr::on;
  set_vs_leaf_flags(flags("VXUAD"));
  set_g_leaf_flags(guest_address(), flags("VXUAD"));
  EXPECT_NE(walk(AccessType::load, mxr).translation(), nullptr);
}

TEST_F(TwoStagePermission, h_4_mxr_is_for_explicit_accesses_and_not_for_guest_ptes) {
  AccessContext mxr = kUser;
  mxr.mxr = Mxr::on;
  mxr.g_stage_mxr = Mxr::on;
  set_g_leaf_flags(vs_pte_at(0), flags("VXUAD"));
  for (const AccessType type : kEveryType) {
    expect_guest_page_fault(walk(type, mxr), type, vs_pte_at(0), ImplicitAccess::pte_read);
  }
}

TEST_F(TwoStagePermission, h_5_what_both_stages_allow_is_answered_apart) {
  set_vs_leaf_flags(flags("VRXUAD"));
  set_g_leaf_flags(guest_address(), flags("VRWUAD"));
  const WalkRecord record = walk();
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_EQ(record.translation()->flags, flags("VRXUAD"));
  EXPECT_EQ(record.translation()->g_stage_flags, flags("VRWUAD"));
}

TEST_F(TwoStagePermission, h_5_the_g_bit_of_the_g_stage_makes_nothing_global) {
  set_g_leaf_flags(guest_address(), flags("VRWXUGAD"));
  set_g_leaf_flags(vs_pte_at(0), flags("VRWXUGAD"));
  const WalkRecord record = walk();
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_FALSE(record.translation()->flags.g());
  set_vs_leaf_flags(flags("VRWXUGAD"));
  EXPECT_TRUE(walk().translation()->flags.g());
}

TEST_F(TwoStagePermission, h_7_the_memory_type_of_the_vs_stage_overrides_that_of_the_g_stage) {
  constexpr MemoryType kTypes[] = {MemoryType::pma, MemoryType::nc, MemoryType::io};
  const auto with_type = [](PageTableBuilder& in, PhysicalAddress at, MemoryType type) {
    in.write(at, Pte(with_bits(in.read(at)->raw(), 61, 2, static_cast<std::uint64_t>(type))));
  };
  for (const MemoryType vs : kTypes) {
    for (const MemoryType g : kTypes) {
      with_type(tables.vs(), vs_pte_at(0), vs);
      with_type(tables.g(), g_leaf_at(guest_address()), g);
      const WalkRecord record = walk(AccessType::load, kUser, kSvpbmt);
      ASSERT_NE(record.translation(), nullptr);
      EXPECT_EQ(record.translation()->memory_type, vs == MemoryType::pma ? g : vs);
    }
  }
}

}  // namespace
}  // namespace tlmmu::testing
