// SPDX-License-Identifier: Apache-2.0
// Steps 0 to 2 and 10: from the virtual address to the PTEs, and from the leaf to the physical
// address.
#include "testbenches/conformance/vatp_fixture.h"

namespace tlmmu::testing {
namespace {

// --- step 0: canonical addresses

TEST_F(Vatp, step_0_bits_63_to_39_must_equal_bit_38) {
  for (const AccessType type : kEveryType) {
    for (const std::uint64_t bad : {std::uint64_t{1} << 39U, std::uint64_t{1} << 38U,
                                    std::uint64_t{1} << 63U, ~std::uint64_t{0} << 39U}) {
      const WalkRecord record = walk_to(VirtualAddress(bad), type);
      expect_page_fault(record, VatpStep::canonical_address, type);
      EXPECT_TRUE(record.reads.empty()) << "a PTE was read for " << std::hex << bad;
    }
  }
}

TEST_F(Vatp, step_0_the_upper_half_translates) {
  const VirtualAddress upper_half(~std::uint64_t{0} << 38U);
  tables.map(upper_half, kFrame);
  EXPECT_NE(walk_to(upper_half).translation(), nullptr);
}

TEST_F(VatpSv48, step_0_bits_63_to_48_must_equal_bit_47) {
  const VirtualAddress legal_in_sv48(std::uint64_t{1} << 39U);
  tables.map(legal_in_sv48, kFrame);
  EXPECT_NE(walk_to(legal_in_sv48).translation(), nullptr);
  const VirtualAddress bad(std::uint64_t{1} << 47U);
  const WalkRecord record = walk_to(bad);
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
  tables.write(tables.pte_at(kAddress, 1), Pte(Ppn(0x7), flags("V")));  // no memory there
  for (const AccessType type : kEveryType) {
    const WalkRecord record = walk(type);
    expect_access_fault(record, VatpStep::pte_access, type);
    EXPECT_EQ(record.reads.size(), 3U);
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
    const Ppn frame(std::uint64_t{5} << (shift_of(PageSize::k1GiB) - kPageShift));
    map(frame, size);
    const WalkRecord record = walk(AccessType::load);
    ASSERT_NE(record.translation(), nullptr);
    EXPECT_EQ(record.translation()->size, size);
    EXPECT_EQ(record.translation()->vpn, align_down(kAddress.page(), size));
    EXPECT_EQ(record.translation()->apply(kAddress).value(),
              address_of(frame).value() + kAddress.value() % bytes_of(size).value());
  }
}

TEST_F(VatpSv48, step_10_a_terapage_is_one_pte_read) {
  map(Ppn(std::uint64_t{3} << 27U), PageSize::k512GiB);
  const WalkRecord record = walk(AccessType::load);
  ASSERT_NE(record.translation(), nullptr);
  EXPECT_EQ(record.reads.size(), 1U);
  EXPECT_EQ(record.translation()->size, PageSize::k512GiB);
}

}  // namespace
}  // namespace tlmmu::testing
