// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/kernel_types.h"
#include "models/arch/pte.h"

namespace tlmmu::kernel {

/// What a leaf PTE says. With V = 0 the hardware ignores all other bits, and the kernel keeps there
/// where the page is. An invalid PTE looks like the valid one with V cleared, its PPN replaced:
///
///    63      54 53                    10 9    8 7       1   0
///   +----------+------------------------+------+---------+-----+
///   |    0     | slot or file block     | kind |  flags  | V=0 |
///   +----------+------------------------+------+---------+-----+
///
/// | kind (RSW) | meaning                                             | flags          |
/// |------------|-----------------------------------------------------|----------------|
/// | 0          | untouched; the whole PTE is 0                       | 0              |
/// | 1          | swapped out; contents in swap slot                  | R, W, X, U kept|
/// | 2          | text that is not in memory; contents in file block  | R, X, U        |
///
/// With V = 1 the same two bits are marks, see `PteMark`.
enum class PteKind : std::uint8_t { untouched = 0, swapped = 1, file = 2, valid = 3 };

/// The software bits (RSW) of a valid PTE.
enum class PteMark : std::uint8_t {
  none = 0,
  copy_on_write = 1,  ///< W is clear only because others may use the frame
  locked = 2,         ///< of a locked area: the frame stays
};

constexpr std::uint8_t kPermissionFlags = PteFlags::kR | PteFlags::kW | PteFlags::kX | PteFlags::kU;
constexpr std::uint8_t kTextFlags = PteFlags::kR | PteFlags::kX | PteFlags::kU;
constexpr std::uint8_t kAnonymousFlags = PteFlags::kR | PteFlags::kW | PteFlags::kU;

constexpr PteKind kind_of(Pte pte) {
  return pte.flags().v() ? PteKind::valid : static_cast<PteKind>(pte.rsw());
}

/// The slot or file block of a `swapped` or `file` PTE.
constexpr DiskBlock block_of(Pte pte) {
  return DiskBlock(pte.ppn().value());
}

constexpr Pte with_rsw(Pte pte, unsigned rsw) {
  return Pte(with_bits(pte.raw(), Pte::kRswLow, Pte::kRswWidth, rsw));
}

/// An invalid PTE that keeps the permissions among `flags`.
constexpr Pte absent_pte(PteKind kind, DiskBlock block, PteFlags flags) {
  const Pte base(Ppn(block.value()), PteFlags(flags.raw() & kPermissionFlags));
  return with_rsw(base, static_cast<unsigned>(kind));
}

constexpr bool has_mark(Pte pte, PteMark mark) {
  return pte.flags().v() && (pte.rsw() & static_cast<unsigned>(mark)) != 0;
}
constexpr Pte with_mark(Pte pte, PteMark mark) {
  return with_rsw(pte, static_cast<unsigned>(pte.rsw()) | static_cast<unsigned>(mark));
}
constexpr Pte without_mark(Pte pte, PteMark mark) {
  return with_rsw(pte, static_cast<unsigned>(pte.rsw()) & ~static_cast<unsigned>(mark));
}

/// A valid PTE with all of `set` among its flags and none of `cleared`.
constexpr Pte changed(Pte pte, unsigned set, unsigned cleared) {
  return pte.without_flags(static_cast<std::uint8_t>(cleared))
      .with_flags(static_cast<std::uint8_t>(set));
}

}  // namespace tlmmu::kernel
