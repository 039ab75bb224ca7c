// SPDX-License-Identifier: Apache-2.0
#include "models/arch/satp.h"

#include <gtest/gtest.h>

namespace tlmmu {
namespace {

constexpr std::uint64_t rv64(std::uint64_t mode, std::uint64_t asid, std::uint64_t ppn) {
  return mode << 60U | asid << 44U | ppn;
}
constexpr std::uint64_t rv32(std::uint64_t mode, std::uint64_t asid, std::uint64_t ppn) {
  return mode << 31U | asid << 22U | ppn;
}

TEST(Satp, fields_of_rv64_lie_where_the_specification_draws_them) {
  const auto space = decode_satp(kSatpRv64, rv64(9, 0xabcd, 0x812'3456'789a));
  ASSERT_TRUE(space);
  EXPECT_EQ(space->mode, PagingModeName::sv48);
  EXPECT_EQ(space->asid, Asid(0xabcd));
  EXPECT_EQ(space->root, Ppn(0x812'3456'789a));
}

TEST(Satp, fields_of_rv32_lie_where_the_specification_draws_them) {
  const auto space = decode_satp(kSatpRv32, rv32(1, 0x155, 0x2a'aaaa));
  ASSERT_TRUE(space);
  EXPECT_EQ(space->mode, PagingModeName::sv32);
  EXPECT_EQ(space->asid, Asid(0x155));
  EXPECT_EQ(space->root, Ppn(0x2a'aaaa));
}

TEST(Satp, mode_codes_are_the_specifications) {
  for (std::uint64_t code = 0; code < 16; ++code) {
    const bool known = code == 0 || (code >= 8 && code <= 10);
    EXPECT_EQ(decode_satp(kSatpRv64, rv64(code, 1, 2)).has_value(), known) << code;
  }
  EXPECT_EQ(decode_satp(kSatpRv64, rv64(0, 0, 0))->mode, PagingModeName::bare);
  EXPECT_EQ(decode_satp(kSatpRv64, rv64(8, 0, 0))->mode, PagingModeName::sv39);
  EXPECT_EQ(decode_satp(kSatpRv64, rv64(10, 0, 0))->mode, PagingModeName::sv57);
  EXPECT_EQ(decode_satp(kSatpRv32, rv32(0, 0, 0))->mode, PagingModeName::bare);
}

TEST(Satp, what_was_decoded_encodes_to_the_same_bits) {
  for (const std::uint64_t mode : {0U, 8U, 9U, 10U}) {
    const std::uint64_t raw = rv64(mode, 0xffff, 0xfff'ffff'ffff);
    EXPECT_EQ(encode_satp(kSatpRv64, *decode_satp(kSatpRv64, raw)), raw);
  }
  for (const std::uint64_t mode : {0U, 1U}) {
    const std::uint64_t raw = rv32(mode, 0x1ff, 0x3f'ffff);
    EXPECT_EQ(encode_satp(kSatpRv32, *decode_satp(kSatpRv32, raw)), raw);
  }
}

TEST(Satp, starts_bare) {
  EXPECT_EQ(Satp(kSatpRv64).read(), 0U);
  EXPECT_EQ(Satp(kSatpRv32).space().mode, PagingModeName::bare);
}

TEST(Satp, a_write_with_a_reserved_mode_changes_no_field) {
  Satp satp(kSatpRv64);
  const std::uint64_t good = rv64(8, 7, 0x80000);
  satp.write(good);
  for (const std::uint64_t mode : {1U, 7U, 11U, 15U}) {
    satp.write(rv64(mode, 1, 0x12345));
    EXPECT_EQ(satp.read(), good) << mode;
  }
}

TEST(Satp, a_write_with_a_mode_that_the_hart_lacks_changes_no_field) {
  Satp satp(kSatpRv64, PagingModeName::sv39);
  const std::uint64_t good = rv64(8, 7, 0x80000);
  satp.write(good);
  satp.write(rv64(9, 1, 0x12345));
  satp.write(rv64(10, 1, 0x12345));
  EXPECT_EQ(satp.read(), good);
  EXPECT_EQ(satp.space().asid, Asid(7));
}

TEST(Satp, a_write_with_an_implemented_mode_takes_every_field) {
  Satp satp(kSatpRv64, PagingModeName::sv48);
  for (const std::uint64_t mode : {9U, 8U, 0U}) {
    const std::uint64_t raw = rv64(mode, mode + 1, 0x90000 + mode);
    satp.write(raw);
    EXPECT_EQ(satp.read(), raw);
  }
  Satp narrow(kSatpRv32);
  narrow.write(rv32(1, 3, 0x3f'0000));
  EXPECT_EQ(narrow.space().root, Ppn(0x3f'0000));
  narrow.write(0);
  EXPECT_EQ(narrow.space().mode, PagingModeName::bare);
}

}  // namespace
}  // namespace tlmmu
