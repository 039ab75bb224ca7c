// SPDX-License-Identifier: Apache-2.0
// Steps 3 to 5: which PTEs are well formed, which lead on, and where a superpage may lie.
#include "testbenches/conformance/vatp_fixture.h"

namespace tlmmu::testing {
namespace {

// --- step 3: validity and reserved encodings

TEST_F(Vatp, step_3_invalid_pte_is_a_page_fault) {
  for (const AccessType type : kEveryType) {
    expect_page_fault(walk_leaf_with(flags("RWXUAD"), type), VatpStep::pte_format, type);
  }
}

TEST_F(Vatp, step_3_invalid_pointer_is_a_page_fault_at_every_level) {
  for (const unsigned level : {2U, 1U}) {
    map();
    clear_bits(level, PteFlags::kV);
    const WalkRecord record = walk(AccessType::load);
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
    map();
    set_bits(0, std::uint64_t{1} << bit);
    expect_page_fault(walk(AccessType::load), VatpStep::pte_format, AccessType::load);
  }
}

TEST_F(Vatp, step_3_bits_63_to_54_of_a_pointer_are_reserved) {
  for (const unsigned level : {1U, 2U}) {
    for (unsigned bit = 54; bit <= 63; ++bit) {
      map();
      set_bits(level, std::uint64_t{1} << bit);
      expect_page_fault(walk(AccessType::load), VatpStep::pte_format, AccessType::load);
    }
  }
}

TEST_F(Vatp, step_3_pbmt_is_reserved_without_svpbmt) {
  for (const std::uint64_t pbmt : {1U, 2U, 3U}) {
    map();
    set_bits(0, pbmt << 61U);
    expect_page_fault(walk(AccessType::load), VatpStep::pte_format, AccessType::load);
  }
}

TEST_F(Vatp, step_3_n_is_reserved_without_svnapot) {
  set_bits(0, std::uint64_t{1} << 63U);
  expect_page_fault(walk(AccessType::load), VatpStep::pte_format, AccessType::load);
}

TEST_F(Vatp, step_3_a_d_and_u_of_a_pointer_are_reserved) {
  for (const char* bit : {"A", "D", "U"}) {
    map();
    set_bits(1, flags(bit).raw());
    expect_page_fault(walk(AccessType::load), VatpStep::pte_format, AccessType::load);
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
    map(Ppn(0x40000 | 1U << bit), PageSize::k2MiB);
    expect_page_fault(walk(AccessType::load), VatpStep::alignment, AccessType::load);
  }
}

TEST_F(Vatp, step_5_misaligned_gigapage_is_a_page_fault) {
  for (unsigned bit = 0; bit < 18; ++bit) {
    map(Ppn(0x40000 | 1U << bit), PageSize::k1GiB);
    expect_page_fault(walk(AccessType::load), VatpStep::alignment, AccessType::load);
  }
}

TEST_F(VatpSv48, step_5_misaligned_terapage_is_a_page_fault) {
  map(Ppn(std::uint64_t{1} << 26U), PageSize::k512GiB);
  expect_page_fault(walk(AccessType::load), VatpStep::alignment, AccessType::load);
}

TEST_F(Vatp, step_5_misalignment_comes_before_permissions) {
  map(Ppn(0x40001), PageSize::k2MiB, flags("VR"));
  expect_page_fault(walk(AccessType::store), VatpStep::alignment, AccessType::store);
}

}  // namespace
}  // namespace tlmmu::testing
