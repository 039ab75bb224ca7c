// SPDX-License-Identifier: Apache-2.0
// Steps 6 to 9: who may do what, and who sets A and D.
#include "testbenches/conformance/vatp_fixture.h"

namespace tlmmu::testing {
namespace {

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
  EXPECT_EQ(leaf().flags(), flags("VRU"));
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
  EXPECT_EQ(leaf().flags(), flags("VRWUA"));
  EXPECT_EQ(record.translation()->flags, flags("VRWUA"));
}

TEST_F(Vatp, step_9_with_svadu_a_store_sets_a_and_d) {
  const WalkRecord record = walk_leaf_with(flags("VRWU"), AccessType::store);
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_EQ(leaf().flags(), flags("VRWUAD"));
  EXPECT_EQ(record.translation()->flags, flags("VRWUAD"));
}

TEST_F(Vatp, step_9_bits_that_are_set_already_cost_no_update) {
  EXPECT_TRUE(walk(AccessType::store).updates.empty());
  EXPECT_TRUE(walk_leaf_with(flags("VRWUA"), AccessType::load).updates.empty());
}

TEST_F(Vatp, step_9_the_update_replaces_the_whole_pte_and_nothing_else_changes) {
  const Pte before(Pte(kFrame, flags("VRWU")).raw() | std::uint64_t{3} << 8U);
  set_leaf(before);
  walk(AccessType::store);
  EXPECT_EQ(leaf(), before.with_flags(PteFlags::kA | PteFlags::kD));
}

TEST_F(Vatp, step_9_an_update_that_lost_a_race_reads_the_same_pte_again_and_finishes) {
  set_leaf(Pte(kFrame, flags("VRWU")));
  const Pte moved(Ppn(0x99999), flags("VRWU"));
  bool raced = false;
  const WalkRecord record = store_raced_by([&] {
    if (!raced) set_leaf(moved);
    raced = true;
  });
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_EQ(record.translation()->ppn, Ppn(0x99999));
  ASSERT_EQ(record.reads.size(), 4U);
  EXPECT_EQ(record.reads[3].address, tables.pte_at(kAddress, 0));
  EXPECT_EQ(record.updates.size(), 2U);
  EXPECT_EQ(leaf(), moved.with_flags(PteFlags::kA | PteFlags::kD));
}

TEST_F(Vatp, step_9_an_update_that_lost_against_an_unmapping_faults_and_writes_nothing) {
  set_leaf(Pte(kFrame, flags("VRWU")));
  const WalkRecord record = store_raced_by([&] { set_leaf(Pte()); });
  expect_page_fault(record, VatpStep::pte_format, AccessType::store);
  EXPECT_EQ(leaf(), Pte());
}

TEST_F(Vatp, step_9_a_refused_update_is_an_access_fault_of_the_original_type) {
  for (const AccessType type : kEveryType) {
    set_leaf(Pte(kFrame, flags("VRWXU")));
    expect_access_fault(walk_read_only(type), VatpStep::accessed_dirty, type);
  }
}

}  // namespace
}  // namespace tlmmu::testing
