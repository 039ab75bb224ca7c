// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/address.h"
#include "models/base/bits.h"

namespace tlmmu {

/// The low eight bits of a PTE: everything that decides what a mapping allows.
///
///      7   6   5   4   3   2   1   0
///    +---+---+---+---+---+---+---+---+
///    | D | A | G | U | X | W | R | V |
///    +---+---+---+---+---+---+---+---+
class PteFlags {
 public:
  static constexpr std::uint8_t kV = 1U << 0U, kR = 1U << 1U, kW = 1U << 2U, kX = 1U << 3U,
                                kU = 1U << 4U, kG = 1U << 5U, kA = 1U << 6U, kD = 1U << 7U;
  constexpr PteFlags() = default;
  constexpr explicit PteFlags(std::uint8_t raw) : raw_(raw) {}
  constexpr std::uint8_t raw() const { return raw_; }
  constexpr bool v() const { return (raw_ & kV) != 0; }
  constexpr bool r() const { return (raw_ & kR) != 0; }
  constexpr bool w() const { return (raw_ & kW) != 0; }
  constexpr bool x() const { return (raw_ & kX) != 0; }
  constexpr bool u() const { return (raw_ & kU) != 0; }
  constexpr bool g() const { return (raw_ & kG) != 0; }
  constexpr bool a() const { return (raw_ & kA) != 0; }
  constexpr bool d() const { return (raw_ & kD) != 0; }
  friend constexpr bool operator==(PteFlags a, PteFlags b) { return a.raw_ == b.raw_; }
  friend constexpr bool operator!=(PteFlags a, PteFlags b) { return a.raw_ != b.raw_; }

 private:
  std::uint8_t raw_ = 0;
};

/// Flags that forbid nothing and ask for no update.
constexpr PteFlags kEveryFlag{0xff};

/// Svpbmt's PBMT field: what a page says of its memory's attributes.
enum class MemoryType : std::uint8_t {
  pma = 0,  ///< nothing: the physical memory attributes hold
  nc = 1,   ///< non-cacheable, idempotent, weakly ordered main memory
  io = 2,   ///< non-cacheable, non-idempotent, strongly ordered
};

/// A page-table entry. Sv39, Sv48 and Sv57:
///
///    63  62  61 60      54 53              10 9  8 7      0
///   +---+-------+----------+-----------------+----+--------+
///   | N | PBMT  | reserved |       PPN       | RSW| flags  |
///   +---+-------+----------+-----------------+----+--------+
///
/// Sv32's four bytes are the low half: PPN ends at bit 31. Zero-extended they are the entry of the
/// same meaning above, with a frame below 2^22 and nothing reserved set.
class Pte {
 public:
  static constexpr unsigned kPpnLow = 10, kPpnWidth = 44, kRswLow = 8, kRswWidth = 2;
  constexpr Pte() = default;
  constexpr explicit Pte(std::uint64_t raw) : raw_(raw) {}
  constexpr Pte(Ppn ppn, PteFlags flags) : raw_((ppn.value() << kPpnLow) | flags.raw()) {}

  constexpr std::uint64_t raw() const { return raw_; }
  constexpr PteFlags flags() const { return PteFlags(static_cast<std::uint8_t>(raw_)); }
  constexpr Ppn ppn() const { return Ppn(bits(raw_, kPpnLow, kPpnWidth)); }
  constexpr std::uint64_t rsw() const { return bits(raw_, kRswLow, kRswWidth); }
  constexpr bool n() const { return bits(raw_, 63, 1) != 0; }
  constexpr std::uint64_t pbmt() const { return bits(raw_, 61, 2); }
  /// What pbmt() says; 3 is reserved.
  constexpr MemoryType memory_type() const { return static_cast<MemoryType>(pbmt()); }
  constexpr std::uint64_t reserved() const { return bits(raw_, 54, 7); }
  /// A leaf maps a page; a valid entry with R = W = X = 0 points to the next table.
  constexpr bool is_leaf() const {
    return (raw_ & (PteFlags::kR | PteFlags::kW | PteFlags::kX)) != 0;
  }
  constexpr Pte with_flags(std::uint8_t set) const { return Pte(raw_ | set); }
  constexpr Pte without_flags(std::uint8_t cleared) const {
    return Pte(raw_ & ~std::uint64_t{cleared});
  }

  friend constexpr bool operator==(Pte a, Pte b) { return a.raw_ == b.raw_; }
  friend constexpr bool operator!=(Pte a, Pte b) { return a.raw_ != b.raw_; }

 private:
  std::uint64_t raw_ = 0;
};

}  // namespace tlmmu
