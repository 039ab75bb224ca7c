// SPDX-License-Identifier: Apache-2.0
// One entry of the physical memory protection: its cfg byte and the range that it stands for
// (privileged architecture, "Physical Memory Protection CSRs" and "Address Matching").
#pragma once

#include <optional>

#include "models/base/access_type.h"
#include "models/base/bits.h"

namespace tlmmu {

/// pmpcfg.A: how an entry names its range.
enum class PmpMatching : std::uint8_t {
  off = 0,    ///< matches nothing
  tor = 1,    ///< from the previous entry's pmpaddr (entry 0: from 0) to below its own
  na4 = 2,    ///< four bytes
  napot = 3,  ///< a naturally aligned power of two, at least 8 bytes
};

/// One byte of a pmpcfg register:
///
///     7   6 5  4 3   2   1   0
///   +---+-----+-----+---+---+---+
///   | L |  0  |  A  | X | W | R |
///   +---+-----+-----+---+---+---+
class PmpCfg {
 public:
  static constexpr std::uint8_t kR = 1U << 0U, kW = 1U << 1U, kX = 1U << 2U, kL = 1U << 7U;
  static constexpr unsigned kMatchingLow = 3;
  constexpr PmpCfg() = default;
  constexpr explicit PmpCfg(std::uint8_t raw) : raw_(raw) {}

  /// What the register holds after `raw` was written to it. Bits 6 and 5 read 0. R = 0 with W = 1
  /// is reserved ("The R, W, and X fields form a collective WARL field"); it becomes R = W = X = 0,
  /// which opens nothing that was not asked for. The Sail model does the same.
  static constexpr PmpCfg legalized(std::uint8_t raw) {
    constexpr std::uint8_t kUnused = 0x60, kPermissions = kR | kW | kX;
    const bool reserved = (raw & (kR | kW)) == kW;
    return PmpCfg(static_cast<std::uint8_t>(raw & ~kUnused & ~(reserved ? kPermissions : 0)));
  }

  constexpr std::uint8_t raw() const { return raw_; }
  constexpr bool r() const { return (raw_ & kR) != 0; }
  constexpr bool w() const { return (raw_ & kW) != 0; }
  constexpr bool x() const { return (raw_ & kX) != 0; }
  constexpr bool l() const { return (raw_ & kL) != 0; }
  constexpr PmpMatching matching() const {
    return static_cast<PmpMatching>(bits(raw_, kMatchingLow, 2));
  }
  constexpr bool permits(AccessType type) const {
    if (type == AccessType::fetch) return x();
    return type == AccessType::load ? r() : w();
  }

 private:
  std::uint8_t raw_ = 0;
};

/// Addresses of the first and the last byte of a range.
struct PmpRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

/// The pmpaddr registers that give an entry its range. They hold an address divided by 4.
struct PmpBounds {
  std::uint64_t previous;  ///< of the entry before, of entry 0 zero
  std::uint64_t own;
  unsigned width;  ///< implemented bits of a register
};

/// What an entry matches; empty where it matches nothing.
constexpr std::optional<PmpRange> pmp_range(PmpMatching matching, PmpBounds addr) {
  const std::uint64_t start = addr.own << 2U;
  switch (matching) {
    case PmpMatching::tor:
      // Whatever the previous entry's own A is; no addresses if its pmpaddr is not the lower one.
      if (addr.previous >= addr.own) return std::nullopt;
      return PmpRange{addr.previous << 2U, start - 1};
    case PmpMatching::na4:
      return PmpRange{start, start + 3};
    case PmpMatching::napot: {
      // All ones would be twice what a register can name: everything.
      if (addr.own == low_mask(addr.width)) return PmpRange{0, low_mask(64)};
      // Otherwise n low ones below a zero say 2^(n+3) bytes.
      const std::uint64_t ones = addr.own & ~(addr.own + 1);
      const std::uint64_t first = (addr.own & ~ones) << 2U;
      return PmpRange{first, first + (ones << 3U | 0b111U)};
    }
    case PmpMatching::off:
      break;
  }
  return std::nullopt;
}

}  // namespace tlmmu
