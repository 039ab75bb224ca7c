// SPDX-License-Identifier: Apache-2.0
#include "models/arch/pte.h"

#include <gtest/gtest.h>

#include "models/arch/translation.h"

namespace tlmmu {
namespace {

TEST(Pte, fields_lie_where_the_specification_draws_them) {
  const Pte pte(std::uint64_t{1} << 63U | std::uint64_t{2} << 61U | std::uint64_t{0x55} << 54U |
                std::uint64_t{0xfff'ffff'fff1} << 10U | std::uint64_t{1} << 8U | 0xc3U);
  EXPECT_TRUE(pte.n());
  EXPECT_EQ(pte.pbmt(), 2U);
  EXPECT_EQ(pte.reserved(), 0x55U);
  EXPECT_EQ(pte.ppn(), Ppn(0xfff'ffff'fff1));
  EXPECT_EQ(pte.rsw(), 1U);
  EXPECT_EQ(pte.flags().raw(), 0xc3U);
}

TEST(Pte, each_flag_is_its_own_bit) {
  EXPECT_TRUE(PteFlags(0x01).v());
  EXPECT_TRUE(PteFlags(0x02).r());
  EXPECT_TRUE(PteFlags(0x04).w());
  EXPECT_TRUE(PteFlags(0x08).x());
  EXPECT_TRUE(PteFlags(0x10).u());
  EXPECT_TRUE(PteFlags(0x20).g());
  EXPECT_TRUE(PteFlags(0x40).a());
  EXPECT_TRUE(PteFlags(0x80).d());
  EXPECT_FALSE(PteFlags(0xfe).v());
  EXPECT_FALSE(PteFlags(0x7f).d());
}

TEST(Pte, is_a_leaf_if_any_of_r_w_x_is_set) {
  for (unsigned flags = 0; flags < 256; ++flags) {
    EXPECT_EQ(Pte(Ppn(1), PteFlags(static_cast<std::uint8_t>(flags))).is_leaf(),
              (flags & 0xeU) != 0);
  }
}

TEST(Pte, setting_and_clearing_flags_leaves_the_rest) {
  const Pte pte(Ppn(0x12345), PteFlags(PteFlags::kV | PteFlags::kR));
  const Pte set = pte.with_flags(PteFlags::kA | PteFlags::kD);
  EXPECT_EQ(set.ppn(), pte.ppn());
  EXPECT_TRUE(set.flags().a() && set.flags().d() && set.flags().r());
  EXPECT_EQ(set.without_flags(PteFlags::kA | PteFlags::kD), pte);
}

TEST(Translation, applies_to_every_byte_of_its_page) {
  const Translation page{Vpn(0x400), Ppn(0x1200), PageSize::k2MiB, PteFlags(0xff)};
  EXPECT_EQ(page.apply(VirtualAddress(0x40'0000)), PhysicalAddress(0x120'0000));
  EXPECT_EQ(page.apply(VirtualAddress(0x5f'ffff)), PhysicalAddress(0x13f'ffff));
}

}  // namespace
}  // namespace tlmmu
