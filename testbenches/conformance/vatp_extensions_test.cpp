// SPDX-License-Identifier: Apache-2.0
// Svnapot and Svpbmt. That their encodings are reserved without them is tested with step 3.
#include "testbenches/conformance/vatp_fixture.h"

namespace tlmmu::testing {
namespace {

constexpr std::uint64_t kN = std::uint64_t{1} << 63U;
constexpr unsigned kPbmtLow = 61;
constexpr Ppn kFrame16{0x81230};  // 16 frames from here on

// --- Svnapot

TEST_F(Vatp, svnapot_step_10_the_low_16_bits_pass_through) {
  tables.map_64kib(kAddress, kFrame16);
  for (std::uint64_t i = 0; i < 16; ++i) {
    const VirtualAddress inside((kAddress.value() & ~low_mask(16)) + i * 0x1000 + 0x123);
    const Walk begin({inside, AccessType::load, kUser, tables.space()}, kSvnapot);
    const WalkRecord record = run_walk(begin, tables);
    ASSERT_NE(record.translation(), nullptr);
    EXPECT_EQ(record.reads.size(), 3U);
    EXPECT_EQ(record.translation()->size, PageSize::k64KiB);
    EXPECT_EQ(record.translation()->vpn, align_down(kAddress.page(), PageSize::k64KiB));
    EXPECT_EQ(record.translation()->ppn, kFrame16);
    EXPECT_EQ(record.translation()->apply(inside).value(),
              address_of(kFrame16).value() + i * 0x1000 + 0x123);
  }
}

TEST_F(Vatp, svnapot_step_3_every_pattern_of_the_low_ppn_bits_but_1000_is_reserved) {
  for (std::uint64_t pattern = 0; pattern < 16; ++pattern) {
    set_leaf(Pte(Pte(Ppn(kFrame16.value() | pattern), kUserPage).raw() | kN));
    for (const AccessType type : kEveryType) {
      const WalkRecord record = walk(type, kUser, kSvnapot);
      if (pattern == 8) {
        EXPECT_NE(record.translation(), nullptr);
      } else {
        expect_page_fault(record, VatpStep::pte_format, type);
      }
    }
  }
}

TEST_F(Vatp, svnapot_step_3_n_is_reserved_in_superpages) {
  for (const PageSize size : {PageSize::k2MiB, PageSize::k1GiB}) {
    const unsigned level = size == PageSize::k2MiB ? 1 : 2;
    for (const std::uint64_t pattern : {0U, 8U}) {
      map(Ppn(std::uint64_t{1} << 20U | pattern), size);
      set_bits(level, kN);
      expect_page_fault(walk(AccessType::load, kUser, kSvnapot), VatpStep::pte_format,
                        AccessType::load);
    }
  }
}

TEST_F(Vatp, svnapot_step_3_n_is_reserved_in_pointers) {
  for (const unsigned level : {1U, 2U}) {
    map();
    set_bits(level, kN);
    expect_page_fault(walk(AccessType::load, kUser, kSvnapot), VatpStep::pte_format,
                      AccessType::load);
  }
}

TEST_F(Vatp, svnapot_step_3_pages_without_n_are_as_before) {
  set_leaf(Pte(Ppn(kFrame16.value() | 8U), kUserPage));
  const WalkRecord record = walk(AccessType::load, kUser, kSvnapot);
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_EQ(record.translation()->size, PageSize::k4KiB);
  EXPECT_EQ(record.translation()->ppn, Ppn(kFrame16.value() | 8U));
}

TEST_F(Vatp, svnapot_step_8_permissions_hold_as_in_any_page) {
  tables.map_64kib(kAddress, kFrame16, flags("VRUA"));
  expect_page_fault(walk(AccessType::store, kUser, kSvnapot), VatpStep::permission,
                    AccessType::store);
}

TEST_F(Vatp, svnapot_step_9_a_and_d_are_set_in_the_pte_that_was_read_and_n_stays) {
  tables.map_64kib(kAddress, kFrame16, flags("VRWU"));
  const Pte before = leaf();
  const WalkRecord record = walk(AccessType::store, kUser, kSvnapot);
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_EQ(record.updates.size(), 1U);
  EXPECT_EQ(leaf(), before.with_flags(PteFlags::kA | PteFlags::kD));
  EXPECT_EQ(record.translation()->size, PageSize::k64KiB);
  EXPECT_EQ(record.translation()->ppn, kFrame16);
  const VirtualAddress neighbor(kAddress.value() ^ 0x1000U);
  EXPECT_EQ(*tables.read(tables.pte_at(neighbor, 0)), before);
}

// --- Svpbmt

TEST_F(Vatp, svpbmt_step_3_values_0_to_2_are_memory_types_and_3_is_reserved) {
  for (const PageSize size : {PageSize::k4KiB, PageSize::k2MiB, PageSize::k1GiB}) {
    const unsigned level = (shift_of(size) - kPageShift) / 9;
    for (const std::uint64_t pbmt : {0U, 1U, 2U, 3U}) {
      map(Ppn(std::uint64_t{1} << 20U), size);
      set_bits(level, pbmt << kPbmtLow);
      const WalkRecord record = walk(AccessType::load, kUser, kSvpbmt);
      if (pbmt == 3) {
        expect_page_fault(record, VatpStep::pte_format, AccessType::load);
      } else {
        ASSERT_NE(record.translation(), nullptr);
        EXPECT_EQ(record.translation()->ppn, Ppn(std::uint64_t{1} << 20U));
        EXPECT_EQ(record.translation()->size, size);
      }
    }
  }
}

TEST_F(Vatp, svpbmt_step_3_pbmt_is_reserved_in_pointers) {
  for (const unsigned level : {1U, 2U}) {
    for (const std::uint64_t pbmt : {1U, 2U, 3U}) {
      map();
      set_bits(level, pbmt << kPbmtLow);
      expect_page_fault(walk(AccessType::load, kUser, kSvpbmt), VatpStep::pte_format,
                        AccessType::load);
    }
  }
}

// --- one does not allow the other

TEST_F(Vatp, svpbmt_step_3_n_stays_reserved) {
  tables.map_64kib(kAddress, kFrame16);
  expect_page_fault(walk(AccessType::load, kUser, kSvpbmt), VatpStep::pte_format, AccessType::load);
}

TEST_F(Vatp, svnapot_step_3_pbmt_stays_reserved) {
  tables.map_64kib(kAddress, kFrame16);
  set_bits(0, std::uint64_t{1} << kPbmtLow);
  expect_page_fault(walk(AccessType::load, kUser, kSvnapot), VatpStep::pte_format,
                    AccessType::load);
}

TEST_F(Vatp, svnapot_and_svpbmt_step_3_a_napot_page_may_have_a_memory_type) {
  constexpr WalkRules kBoth{AdUpdate::hardware, Extension::present, Extension::present};
  tables.map_64kib(kAddress, kFrame16);
  set_bits(0, std::uint64_t{2} << kPbmtLow);
  const WalkRecord record = walk(AccessType::load, kUser, kBoth);
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_EQ(record.translation()->size, PageSize::k64KiB);
}

TEST_F(Vatp, svnapot_and_svpbmt_step_3_bits_60_to_54_stay_reserved) {
  constexpr WalkRules kBoth{AdUpdate::hardware, Extension::present, Extension::present};
  for (unsigned bit = 54; bit <= 60; ++bit) {
    map();
    set_bits(0, std::uint64_t{1} << bit);
    expect_page_fault(walk(AccessType::load, kUser, kBoth), VatpStep::pte_format, AccessType::load);
  }
}

}  // namespace
}  // namespace tlmmu::testing
