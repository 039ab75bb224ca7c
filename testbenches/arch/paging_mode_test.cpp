// SPDX-License-Identifier: Apache-2.0
#include "models/arch/paging_mode.h"

#include <gtest/gtest.h>

namespace tlmmu {
namespace {

constexpr const PagingMode* kTranslating[] = {&kSv32, &kSv39, &kSv48, &kSv57};

TEST(PagingMode, each_name_has_its_mode) {
  for (const auto& entry : kEveryPagingModeName) {
    EXPECT_EQ(paging_mode(entry.value).name, entry.value);
  }
  EXPECT_EQ(kBare.levels, 0U);
}

TEST(PagingMode, sv57_and_sv32_are_what_their_names_say) {
  EXPECT_EQ(kSv57.virtual_bits, 57U);
  EXPECT_EQ(kSv57.levels, 5U);
  EXPECT_EQ(kSv57.physical_bits(), 56U);
  EXPECT_EQ(static_cast<int>(PagingModeName::sv57), 10);  // satp.MODE of RV64
  EXPECT_EQ(kSv32.virtual_bits, 32U);
  EXPECT_EQ(kSv32.levels, 2U);
  EXPECT_EQ(kSv32.pte_bytes, 4U);
  EXPECT_EQ(kSv32.physical_bits(), 34U);
  EXPECT_EQ(static_cast<int>(PagingModeName::sv32), 1);  // satp.MODE of RV32
}

TEST(PagingMode, sv39_and_sv48_are_what_their_names_say) {
  EXPECT_EQ(paging_mode(PagingModeName::sv39).virtual_bits, 39U);
  EXPECT_EQ(paging_mode(PagingModeName::sv39).levels, 3U);
  EXPECT_EQ(paging_mode(PagingModeName::sv48).virtual_bits, 48U);
  EXPECT_EQ(paging_mode(PagingModeName::sv48).levels, 4U);
  EXPECT_EQ(static_cast<int>(PagingModeName::sv39), 8);  // satp.MODE
  EXPECT_EQ(static_cast<int>(PagingModeName::sv48), 9);
}

TEST(PagingMode, page_offset_and_vpn_fields_fill_the_virtual_address) {
  for (const PagingMode* mode : kTranslating) {
    EXPECT_EQ(kPageShift + mode->levels * mode->index_bits, mode->virtual_bits);
    EXPECT_EQ(std::uint64_t{mode->pte_bytes} << mode->index_bits, kPageBytes.value());
  }
}

TEST(PagingMode, index_is_the_vpn_field_of_the_level) {
  const VirtualAddress address(std::uint64_t{1} << 39U | std::uint64_t{2} << 30U |
                               std::uint64_t{3} << 21U | std::uint64_t{4} << 12U | 5U);
  EXPECT_EQ(kSv48.index(address, 3), 1U);
  EXPECT_EQ(kSv48.index(address, 2), 2U);
  EXPECT_EQ(kSv48.index(address, 1), 3U);
  EXPECT_EQ(kSv48.index(address, 0), 4U);
}

TEST(PagingMode, a_leafs_reach_grows_by_the_entries_of_a_table_a_level) {
  EXPECT_EQ(kSv48.page_size(0), PageSize::k4KiB);
  EXPECT_EQ(kSv48.page_size(1), PageSize::k2MiB);
  EXPECT_EQ(kSv48.page_size(2), PageSize::k1GiB);
  EXPECT_EQ(kSv57.page_size(3), PageSize::k512GiB);
  EXPECT_EQ(kSv57.page_size(4), PageSize::k256TiB);
  EXPECT_EQ(kSv32.page_size(0), PageSize::k4KiB);
  EXPECT_EQ(kSv32.page_size(1), PageSize::k4MiB);
}

TEST(PagingMode, canonical_addresses_are_the_two_ends_of_the_space) {
  for (const PagingMode* mode : {&kSv39, &kSv48, &kSv57}) {
    const std::uint64_t half = mode->user_half().value();
    EXPECT_TRUE(mode->is_canonical(VirtualAddress(0)));
    EXPECT_TRUE(mode->is_canonical(VirtualAddress(half - 1)));
    EXPECT_FALSE(mode->is_canonical(VirtualAddress(half)));
    EXPECT_FALSE(mode->is_canonical(VirtualAddress(0 - half - 1)));
    EXPECT_TRUE(mode->is_canonical(VirtualAddress(0 - half)));
    EXPECT_TRUE(mode->is_canonical(VirtualAddress(~std::uint64_t{0})));
  }
}

TEST(PagingMode, every_address_of_32_bits_is_canonical_in_sv32) {
  for (const std::uint64_t address : {0U, 0x7fff'ffffU, 0x8000'0000U, 0xffff'ffffU}) {
    EXPECT_TRUE(kSv32.is_canonical(VirtualAddress(address)));
  }
}

}  // namespace
}  // namespace tlmmu
