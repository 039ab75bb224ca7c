// SPDX-License-Identifier: Apache-2.0
#include "models/arch/pmp.h"

#include <gtest/gtest.h>

namespace tlmmu {
namespace {

constexpr std::uint8_t kR = PmpCfg::kR, kW = PmpCfg::kW, kX = PmpCfg::kX, kL = PmpCfg::kL;
constexpr std::uint8_t kRwx = kR | kW | kX;
constexpr std::uint8_t kOff = 0, kTor = 0x08, kNa4 = 0x10, kNapot = 0x18;
constexpr std::uint64_t kEverything = ~std::uint64_t{0};  // as a NAPOT pmpaddr
constexpr std::uint64_t kBase = 0x8000'0000;

/// Whether code at `privilege` may do `type` to `length` bytes at `address`.
bool may(const Pmp& pmp, std::uint64_t address, std::uint64_t length = 1,
         AccessType type = AccessType::load, Privilege privilege = Privilege::supervisor) {
  return pmp.check(PhysicalAddress(address), Bytes(length), type, privilege) == PmpVerdict::allowed;
}
bool machine_may(const Pmp& pmp, std::uint64_t address, AccessType type = AccessType::load) {
  return may(pmp, address, 1, type, Privilege::machine);
}
/// The pmpaddr of an address, or of the `bytes` from `address` on as a power of two.
constexpr std::uint64_t word(std::uint64_t address) {
  return address >> 2U;
}
constexpr std::uint64_t napot(std::uint64_t address, std::uint64_t bytes) {
  return address >> 2U | (bytes / 8 - 1);
}
void set(Pmp& pmp, std::size_t index, std::uint8_t cfg, std::uint64_t addr) {
  pmp.write_addr(index, addr);
  pmp.write_cfg(index, cfg);
}

TEST(Pmp, never_written_it_allows_everything) {
  const Pmp pmp;
  EXPECT_FALSE(pmp.active());
  EXPECT_TRUE(may(pmp, kBase, 8, AccessType::store, Privilege::user));
  EXPECT_TRUE(machine_may(pmp, 0));
}

TEST(Pmp, once_written_it_denies_what_no_entry_matches_to_s_and_u_but_not_to_m) {
  Pmp by_cfg;
  by_cfg.write_cfg(3, kOff);
  Pmp by_addr;
  by_addr.write_addr(15, 0);
  for (const Pmp& pmp : {by_cfg, by_addr}) {
    EXPECT_TRUE(pmp.active());
    for (const auto& type : kAccessTypeNames) {
      EXPECT_FALSE(may(pmp, kBase, 1, type.value, Privilege::supervisor)) << type.name;
      EXPECT_FALSE(may(pmp, kBase, 1, type.value, Privilege::user)) << type.name;
      EXPECT_TRUE(machine_may(pmp, kBase, type.value)) << type.name;
    }
  }
}

TEST(PmpRegisters, bits_6_and_5_of_cfg_read_zero) {
  Pmp pmp;
  pmp.write_cfg(0, 0x7f);
  EXPECT_EQ(pmp.cfg(0).raw(), 0x1f);
}

TEST(PmpRegisters, writable_but_not_readable_is_reserved_and_permits_nothing) {
  Pmp pmp;
  for (const std::uint8_t written : {kW, static_cast<std::uint8_t>(kW | kX)}) {
    set(pmp, 0, static_cast<std::uint8_t>(kNapot | written), kEverything);
    EXPECT_EQ(pmp.cfg(0).raw(), kNapot);
    for (const auto& type : kAccessTypeNames) EXPECT_FALSE(may(pmp, kBase, 1, type.value));
  }
}

TEST(PmpRegisters, every_other_cfg_reads_back) {
  for (unsigned raw = 0; raw < 256; ++raw) {
    const bool reserved = (raw & (kR | kW)) == kW;
    if (reserved || (raw & 0x60U) != 0) continue;
    Pmp pmp;
    pmp.write_cfg(7, static_cast<std::uint8_t>(raw));
    EXPECT_EQ(pmp.cfg(7).raw(), raw);
  }
}

TEST(PmpRegisters, pmpaddr_has_54_bits_on_rv64_and_32_on_rv32) {
  Pmp wide(PmpAddressBits::rv64);
  wide.write_addr(5, kEverything);
  EXPECT_EQ(wide.addr(5), low_mask(54));
  Pmp narrow(PmpAddressBits::rv32);
  narrow.write_addr(5, kEverything);
  EXPECT_EQ(narrow.addr(5), low_mask(32));
}

TEST(PmpMatch, off_matches_nothing) {
  Pmp pmp;
  set(pmp, 0, kOff | kRwx, word(kBase));
  EXPECT_FALSE(may(pmp, kBase));
}

TEST(PmpMatch, na4_matches_four_bytes) {
  Pmp pmp;
  set(pmp, 0, kNa4 | kR, word(kBase));
  EXPECT_FALSE(may(pmp, kBase - 1));
  EXPECT_TRUE(may(pmp, kBase, 4));
  EXPECT_TRUE(may(pmp, kBase + 3));
  EXPECT_FALSE(may(pmp, kBase + 4));
}

TEST(PmpMatch, napot_matches_a_power_of_two_from_8_bytes_on) {
  for (unsigned shift = 3; shift < 31; ++shift) {
    const std::uint64_t bytes = std::uint64_t{1} << shift;
    Pmp pmp;
    set(pmp, 0, kNapot | kR, napot(kBase, bytes));
    EXPECT_FALSE(may(pmp, kBase - 1)) << bytes;
    EXPECT_TRUE(may(pmp, kBase, bytes)) << bytes;
    EXPECT_FALSE(may(pmp, kBase + bytes)) << bytes;
  }
}

TEST(PmpMatch, napot_of_all_ones_matches_everything) {
  for (const PmpAddressBits width : {PmpAddressBits::rv32, PmpAddressBits::rv64}) {
    Pmp pmp(width);
    set(pmp, 0, kNapot | kR, kEverything);
    EXPECT_TRUE(may(pmp, 0));
    EXPECT_TRUE(may(pmp, kBase, 8));
    EXPECT_TRUE(may(pmp, kEverything));
  }
}

TEST(PmpMatch, napot_of_all_ones_but_the_highest_matches_the_lower_half) {
  Pmp pmp;
  set(pmp, 0, kNapot | kR, low_mask(53));
  EXPECT_TRUE(may(pmp, low_mask(56)));
  Pmp narrow(PmpAddressBits::rv32);
  set(narrow, 0, kNapot | kR, low_mask(31));
  EXPECT_TRUE(may(narrow, low_mask(34)));
}

TEST(PmpMatch, tor_matches_from_the_previous_pmpaddr_to_below_its_own) {
  Pmp pmp;
  set(pmp, 4, kOff, word(kBase));
  set(pmp, 5, kTor | kR, word(kBase + 0x24));
  EXPECT_FALSE(may(pmp, kBase - 1));
  EXPECT_TRUE(may(pmp, kBase, 0x24));
  EXPECT_FALSE(may(pmp, kBase + 0x24));
}

TEST(PmpMatch, tor_takes_the_previous_pmpaddr_whatever_its_entry_is) {
  Pmp pmp;
  set(pmp, 0, kNapot, napot(kBase, 16));  // pmpaddr is also the number of a word in there
  set(pmp, 1, kTor | kR, word(kBase + 0x100));
  EXPECT_FALSE(may(pmp, kBase + 15));
  EXPECT_TRUE(may(pmp, kBase + 16));
  EXPECT_TRUE(may(pmp, kBase + 0xff));
}

TEST(PmpMatch, tor_of_entry_0_starts_at_address_0) {
  Pmp pmp;
  set(pmp, 0, kTor | kR, word(0x1000));
  EXPECT_TRUE(may(pmp, 0, 0x1000));
  EXPECT_FALSE(may(pmp, 0x1000));
}

TEST(PmpMatch, tor_with_its_lower_end_not_below_matches_nothing) {
  for (const std::uint64_t bottom : {kBase, kBase + 4}) {
    Pmp pmp;
    set(pmp, 0, kOff, word(bottom));
    set(pmp, 1, kTor | kR, word(kBase));
    EXPECT_FALSE(may(pmp, kBase - 4));
    EXPECT_FALSE(may(pmp, kBase));
    EXPECT_FALSE(may(pmp, kBase + 4));
  }
}

TEST(PmpPriority, the_lowest_numbered_matching_entry_decides) {
  Pmp pmp;
  set(pmp, 2, kNapot | kR, napot(kBase, 4096));
  set(pmp, 9, kNapot | kRwx, kEverything);
  EXPECT_FALSE(may(pmp, kBase, 1, AccessType::store));
  EXPECT_TRUE(may(pmp, kBase + 4096, 1, AccessType::store));
  set(pmp, 1, kNa4 | kR | kW, word(kBase + 8));
  EXPECT_TRUE(may(pmp, kBase + 8, 4, AccessType::store));
  EXPECT_FALSE(may(pmp, kBase + 12, 4, AccessType::store));
}

TEST(PmpPriority, an_access_that_the_entry_matches_in_part_is_denied_to_every_privilege) {
  Pmp pmp;  // the specification's example: 0xc to 0xf and eight bytes at 0x8
  set(pmp, 0, kNa4 | kRwx, word(0xc));
  set(pmp, 1, kNapot | kRwx, kEverything);
  for (const Privilege privilege : {Privilege::user, Privilege::supervisor, Privilege::machine}) {
    EXPECT_FALSE(may(pmp, 0x8, 8, AccessType::load, privilege));
    EXPECT_FALSE(may(pmp, 0xe, 4, AccessType::load, privilege));
    EXPECT_FALSE(may(pmp, 0x8, 16, AccessType::load, privilege));
    EXPECT_TRUE(may(pmp, 0x8, 4, AccessType::load, privilege));
    EXPECT_TRUE(may(pmp, 0xc, 4, AccessType::load, privilege));
  }
}

TEST(PmpPermissions, are_those_of_the_access_type) {
  for (const std::uint8_t cfg : {std::uint8_t{0}, kR, static_cast<std::uint8_t>(kR | kW), kX,
                                 static_cast<std::uint8_t>(kR | kX), kRwx}) {
    Pmp pmp;
    set(pmp, 0, static_cast<std::uint8_t>(kNapot | cfg), kEverything);
    for (const Privilege privilege : {Privilege::user, Privilege::supervisor}) {
      EXPECT_EQ(may(pmp, kBase, 1, AccessType::load, privilege), (cfg & kR) != 0);
      EXPECT_EQ(may(pmp, kBase, 1, AccessType::store, privilege), (cfg & kW) != 0);
      EXPECT_EQ(may(pmp, kBase, 1, AccessType::fetch, privilege), (cfg & kX) != 0);
    }
  }
}

TEST(PmpPermissions, bind_machine_mode_only_where_the_entry_is_locked) {
  Pmp pmp;
  set(pmp, 0, kNapot | kR, napot(kBase, 4096));
  EXPECT_TRUE(machine_may(pmp, kBase, AccessType::store));
  set(pmp, 0, kL | kNapot | kR, napot(kBase, 4096));
  EXPECT_TRUE(machine_may(pmp, kBase, AccessType::load));
  EXPECT_FALSE(machine_may(pmp, kBase, AccessType::store));
  EXPECT_FALSE(machine_may(pmp, kBase, AccessType::fetch));
  EXPECT_TRUE(machine_may(pmp, kBase + 4096, AccessType::store));
}

TEST(PmpLock, a_locked_entry_keeps_cfg_and_pmpaddr_until_reset) {
  Pmp pmp;
  set(pmp, 6, kL | kNapot | kR, napot(kBase, 64));
  set(pmp, 6, kRwx, 0);
  EXPECT_EQ(pmp.cfg(6).raw(), kL | kNapot | kR);
  EXPECT_EQ(pmp.addr(6), napot(kBase, 64));
  EXPECT_TRUE(may(pmp, kBase + 63));
  pmp = Pmp();
  EXPECT_EQ(pmp.cfg(6).raw(), 0);
  EXPECT_FALSE(pmp.active());
}

TEST(PmpLock, locks_an_entry_that_is_off_too) {
  Pmp pmp;
  set(pmp, 0, kL | kOff, 0x123);
  set(pmp, 0, kNapot | kRwx, kEverything);
  EXPECT_EQ(pmp.cfg(0).raw(), kL);
  EXPECT_EQ(pmp.addr(0), 0x123U);
}

TEST(PmpLock, a_locked_tor_entry_locks_the_previous_pmpaddr_but_not_its_cfg) {
  Pmp pmp;
  pmp.write_addr(2, word(kBase));
  set(pmp, 3, kL | kTor | kR, word(kBase + 64));
  pmp.write_addr(2, 0);
  EXPECT_EQ(pmp.addr(2), word(kBase));
  pmp.write_cfg(2, kNa4 | kRwx);
  EXPECT_EQ(pmp.cfg(2).raw(), kNa4 | kRwx);
  pmp.write_addr(1, 0x77);
  EXPECT_EQ(pmp.addr(1), 0x77U);
}

TEST(PmpLock, a_locked_entry_that_is_not_tor_leaves_the_previous_pmpaddr_alone) {
  for (const std::uint8_t matching : {kOff, kNa4, kNapot}) {
    Pmp pmp;
    set(pmp, 15, static_cast<std::uint8_t>(kL | matching), word(kBase));
    pmp.write_addr(14, 0x55);
    EXPECT_EQ(pmp.addr(14), 0x55U);
  }
}

}  // namespace
}  // namespace tlmmu
