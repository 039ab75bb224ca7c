// SPDX-License-Identifier: Apache-2.0
#include "models/arch/hgatp.h"

#include <gtest/gtest.h>

#include "models/arch/satp.h"

namespace tlmmu {
namespace {

constexpr std::uint64_t rv64(std::uint64_t mode, std::uint64_t vmid, std::uint64_t ppn) {
  return mode << 60U | vmid << 44U | ppn;
}
constexpr std::uint64_t rv32(std::uint64_t mode, std::uint64_t vmid, std::uint64_t ppn) {
  return mode << 31U | vmid << 22U | ppn;
}

TEST(Hgatp, fields_of_rv64_lie_where_the_specification_draws_them) {
  Hgatp hgatp(kHgatpRv64);
  hgatp.write(rv64(9, 0x2bcd, 0x812'3456'7898));
  EXPECT_EQ(hgatp.space().mode, PagingModeName::sv48x4);
  EXPECT_EQ(hgatp.space().vmid, Vmid(0x2bcd));
  EXPECT_EQ(hgatp.space().root, Ppn(0x812'3456'7898));
  EXPECT_EQ(hgatp.read(), rv64(9, 0x2bcd, 0x812'3456'7898));
}

TEST(Hgatp, fields_of_rv32_lie_where_the_specification_draws_them) {
  Hgatp hgatp(kHgatpRv32);
  hgatp.write(rv32(1, 0x55, 0x2a'aaa8));
  EXPECT_EQ(hgatp.space().mode, PagingModeName::sv32x4);
  EXPECT_EQ(hgatp.space().vmid, Vmid(0x55));
  EXPECT_EQ(hgatp.space().root, Ppn(0x2a'aaa8));
  EXPECT_EQ(hgatp.read(), rv32(1, 0x55, 0x2a'aaa8));
}

TEST(Hgatp, mode_codes_are_those_of_satp) {
  constexpr struct {
    std::uint64_t code;
    PagingModeName mode;
  } kCodes[] = {{0, PagingModeName::bare},
                {8, PagingModeName::sv39x4},
                {9, PagingModeName::sv48x4},
                {10, PagingModeName::sv57x4}};
  for (const auto& each : kCodes) {
    Hgatp hgatp(kHgatpRv64);
    hgatp.write(rv64(each.code, 0, 0));
    EXPECT_EQ(hgatp.space().mode, each.mode) << each.code;
  }
}

TEST(Hgatp, starts_bare) {
  EXPECT_EQ(Hgatp(kHgatpRv64).read(), 0U);
  EXPECT_EQ(Hgatp(kHgatpRv32).space().mode, PagingModeName::bare);
}

TEST(Hgatp, the_low_two_bits_of_ppn_read_as_zero) {
  Hgatp hgatp(kHgatpRv64);
  hgatp.write(rv64(8, 1, 0x1003));
  EXPECT_EQ(hgatp.space().root, Ppn(0x1000));
  EXPECT_EQ(hgatp.read(), rv64(8, 1, 0x1000));
}

TEST(Hgatp, a_vmid_has_14_bits_and_in_rv32_7) {
  Hgatp hgatp(kHgatpRv64);
  hgatp.write(rv64(8, 0xffff, 0));  // bits 59 and 58 are not VMID's
  EXPECT_EQ(hgatp.space().vmid, Vmid(0x3fff));
  Hgatp narrow(kHgatpRv32);
  narrow.write(rv32(1, 0x1ff, 0));
  EXPECT_EQ(narrow.space().vmid, Vmid(0x7f));
}

TEST(Hgatp, a_write_with_an_unsupported_mode_keeps_the_mode_and_takes_the_rest) {
  for (const std::uint64_t mode : {1U, 7U, 10U, 11U, 15U}) {
    Hgatp hgatp(kHgatpRv64, PagingModeName::sv48x4);
    hgatp.write(rv64(8, 7, 0x8000));
    hgatp.write(rv64(mode, 3, 0x4000));
    EXPECT_EQ(hgatp.read(), rv64(8, 3, 0x4000)) << mode;
  }
}

TEST(Vsatp, written_with_v_0_an_unsupported_mode_is_kept_and_the_rest_taken) {
  Satp vsatp(kSatpRv64, PagingModeName::sv48);
  vsatp.write_fields(rv64(8, 7, 0x8000));
  vsatp.write_fields(rv64(10, 3, 0x4001));
  EXPECT_EQ(vsatp.read(), rv64(8, 3, 0x4001));
}

TEST(Vsatp, written_as_satp_with_v_1_an_unsupported_mode_changes_nothing) {
  Satp vsatp(kSatpRv64, PagingModeName::sv48);
  vsatp.write_fields(rv64(8, 7, 0x8000));
  vsatp.write(rv64(10, 3, 0x4001));
  EXPECT_EQ(vsatp.read(), rv64(8, 7, 0x8000));
}

TEST(Hgatp, a_stage_that_is_bare_is_left_out) {
  const AddressSpace bare{PagingModeName::bare, Ppn(0), Asid(0)};
  const AddressSpace sv39{PagingModeName::sv39, Ppn(1), Asid(0)};
  const GuestSpace no_g_stage{};
  const GuestSpace sv39x4{PagingModeName::sv39x4, Ppn(4), Vmid(1)};
  EXPECT_EQ(guest_stages(sv39, sv39x4), Stages::both);
  EXPECT_EQ(guest_stages(sv39, no_g_stage), Stages::vs);
  EXPECT_EQ(guest_stages(bare, sv39x4), Stages::g);
  EXPECT_EQ(guest_stages(bare, no_g_stage), Stages::both);
}

}  // namespace
}  // namespace tlmmu
