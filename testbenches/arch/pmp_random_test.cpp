// SPDX-License-Identifier: Apache-2.0
// Random registers and accesses: Pmp against a reading of the specification that looks at one byte
// and one bit at a time.
#include <gtest/gtest.h>

#include <array>

#include "models/arch/pmp.h"
#include "models/base/random.h"
#include "testbenches/support/seed.h"

namespace tlmmu {
namespace {

/// Addresses are small, so that ranges and accesses meet.
constexpr std::uint64_t kWindow = 256;

struct NaivePmp {
  struct Entry {
    unsigned cfg = 0;
    std::uint64_t addr = 0;
  };
  std::array<Entry, 16> entries;
  int address_bits = 54;

  static bool bit(std::uint64_t word, int number) { return (word >> number & 1U) != 0; }
  static unsigned a_field(const Entry& entry) { return entry.cfg >> 3U & 3U; }

  void write_cfg(std::size_t index, unsigned value) {
    if (bit(entries[index].cfg, 7)) return;
    value &= 0x9fU;
    if (bit(value, 1) && !bit(value, 0)) value &= 0x98U;
    entries[index].cfg = value;
  }
  void write_addr(std::size_t index, std::uint64_t value) {
    if (bit(entries[index].cfg, 7)) return;
    if (index < 15 && bit(entries[index + 1].cfg, 7) && a_field(entries[index + 1]) == 1) return;
    entries[index].addr = 0;
    for (int i = 0; i < address_bits; ++i) {
      if (bit(value, i)) entries[index].addr |= std::uint64_t{1} << i;
    }
  }

  bool matches(std::size_t index, std::uint64_t byte) const {
    const Entry& entry = entries[index];
    const std::uint64_t word = byte / 4;
    switch (a_field(entry)) {
      case 0:
        return false;
      case 1:
        return (index == 0 || entries[index - 1].addr <= word) && word < entry.addr;
      case 2:
        return word == entry.addr;
      default:
        break;
    }
    // Every bit above the lowest zero must agree; a register of ones has no such bit.
    int zero = 0;
    while (zero < address_bits && bit(entry.addr, zero)) ++zero;
    for (int i = zero + 1; i < address_bits; ++i) {
      if (bit(word, i) != bit(entry.addr, i)) return false;
    }
    return true;
  }

  bool allows(std::uint64_t first, std::uint64_t length, char type, bool machine) const {
    for (std::size_t i = 0; i < entries.size(); ++i) {
      std::uint64_t matched = 0;
      for (std::uint64_t n = 0; n < length; ++n) matched += matches(i, first + n) ? 1 : 0;
      if (matched == 0) continue;
      if (matched != length) return false;
      const unsigned cfg = entries[i].cfg;
      if (machine && !bit(cfg, 7)) return true;
      return bit(cfg, type == 'r' ? 0 : type == 'w' ? 1 : 2);
    }
    return machine;
  }
};

class PmpRandom : public ::testing::Test {
 protected:
  bool one_in(std::uint64_t n) { return random.below(n) == 0; }

  void write_both() {
    const std::size_t index = random.below(Pmp::kEntries);
    if (one_in(2)) {
      auto cfg = static_cast<std::uint8_t>(random.next());
      if (!one_in(16)) cfg &= 0x7fU;  // few locks, else all is soon locked
      pmp.write_cfg(index, cfg);
      naive.write_cfg(index, cfg);
      return;
    }
    std::uint64_t addr = one_in(16) ? random.next() : random.below(kWindow / 4);
    if (one_in(2)) addr |= low_mask(static_cast<unsigned>(random.below(6)));
    if (one_in(64)) addr = ~std::uint64_t{0};
    pmp.write_addr(index, addr);
    naive.write_addr(index, addr);
  }

  void compare_one_access() {
    const std::uint64_t first = random.below(kWindow);
    const std::uint64_t length = 1 + random.below(one_in(8) ? 64 : 8);
    const AccessType type = kAccessTypeNames[random.below(3)].value;
    const char letter = type == AccessType::fetch ? 'x' : type == AccessType::load ? 'r' : 'w';
    const bool machine = one_in(3);
    const Privilege privilege = machine     ? Privilege::machine
                                : one_in(2) ? Privilege::supervisor
                                            : Privilege::user;
    const bool allowed =
        pmp.check(PhysicalAddress(first), Bytes(length), type, privilege) == PmpVerdict::allowed;
    EXPECT_EQ(allowed, naive.allows(first, length, letter, machine))
        << length << " bytes at " << first << ", " << letter << (machine ? " by M" : "");
    ++verdicts[allowed ? 1 : 0];
  }

  std::uint64_t seed = testing::seed_or(1);
  Random random{seed};
  Pmp pmp;
  NaivePmp naive;
  std::array<unsigned, 2> verdicts{};
};

TEST_F(PmpRandom, agrees_with_a_reading_byte_by_byte) {
  SCOPED_TRACE("TLMMU_SEED=" + std::to_string(seed));
  for (int hart = 0; hart < 40; ++hart) {
    const bool narrow = one_in(2);
    pmp = Pmp(narrow ? PmpAddressBits::rv32 : PmpAddressBits::rv64);
    naive = NaivePmp{};
    naive.address_bits = narrow ? 32 : 54;
    write_both();
    for (int i = 0; i < 150; ++i) {
      write_both();
      compare_one_access();
      ASSERT_FALSE(HasFailure()) << "hart " << hart << ", after " << i << " writes";
    }
    for (std::size_t i = 0; i < Pmp::kEntries; ++i) {
      EXPECT_EQ(pmp.cfg(i).raw(), naive.entries[i].cfg);
      EXPECT_EQ(pmp.addr(i), naive.entries[i].addr);
    }
  }
  EXPECT_GT(verdicts[0], 1'000U);
  EXPECT_GT(verdicts[1], 1'000U);
}

}  // namespace
}  // namespace tlmmu
