// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

#include "models/base/address.h"
#include "models/base/bits.h"
#include "models/base/enum_names.h"
#include "models/base/page_size.h"

namespace tlmmu {

/// Marks the G stage's variant of a paging mode, whose code in hgatp.MODE is that of the other.
constexpr std::uint8_t kX4 = 0x10;

/// The paging modes of RV32 and RV64. A value's low four bits are the mode's code in satp.MODE, or
/// for the x4 modes in hgatp.MODE; Sv32's, of RV32, is reserved in RV64, and bare is 0 in both.
enum class PagingModeName : std::uint8_t {
  bare = 0,
  sv32 = 1,
  sv39 = 8,
  sv48 = 9,
  sv57 = 10,
  sv32x4 = kX4 | sv32,
  sv39x4 = kX4 | sv39,
  sv48x4 = kX4 | sv48,
  sv57x4 = kX4 | sv57,
};

/// Those of satp and vsatp.
constexpr EnumName<PagingModeName> kEveryPagingModeName[] = {
    {PagingModeName::bare, "bare"}, {PagingModeName::sv32, "sv32"}, {PagingModeName::sv39, "sv39"},
    {PagingModeName::sv48, "sv48"}, {PagingModeName::sv57, "sv57"},
};
/// Those of hgatp.
constexpr EnumName<PagingModeName> kGStageModeNames[] = {
    {PagingModeName::bare, "bare"},     {PagingModeName::sv32x4, "sv32x4"},
    {PagingModeName::sv39x4, "sv39x4"}, {PagingModeName::sv48x4, "sv48x4"},
    {PagingModeName::sv57x4, "sv57x4"},
};

/// A paging mode as data: the walk is one algorithm over these numbers (privileged architecture,
/// "Virtual Address Translation Process": LEVELS, PTESIZE and the VPN field widths).
struct PagingMode {
  PagingModeName name;
  unsigned levels;        ///< LEVELS: the root table is read at level LEVELS - 1; bare has none
  unsigned index_bits;    ///< width of each VPN field
  unsigned pte_bytes;     ///< PTESIZE
  unsigned ppn_bits;      ///< width of a PTE's PPN
  unsigned virtual_bits;  ///< significant address bits; the rest must copy the highest of them
  unsigned xlen;          ///< width of a virtual address in a register
  /// H.1: of a G-stage mode 2. Its root table is four pages, so that the root's index has two bits
  /// more (hypervisor extension, "Guest Physical Address Translation").
  unsigned root_extra_bits = 0;

  /// VPN[level] of `address`: the index into the table of that level.
  constexpr std::uint64_t index(VirtualAddress address, unsigned level) const {
    const unsigned extra = level + 1 == levels ? root_extra_bits : 0;
    return bits(address.value(), kPageShift + level * index_bits, index_bits + extra);
  }
  /// The reach of a leaf found at `level`.
  constexpr PageSize page_size(unsigned level) const {
    return static_cast<PageSize>(kPageShift + level * index_bits);
  }
  /// Bits xlen-1..virtual_bits must equal bit virtual_bits-1, else the access page-faults. Sv32
  /// uses every bit of an address, so that all are canonical. H.1: in a G-stage mode, whose
  /// addresses are guest-physical ones, they must be zero.
  constexpr bool is_canonical(VirtualAddress address) const {
    if (root_extra_bits != 0) return address.value() >> virtual_bits == 0;
    const std::uint64_t high = address.value() >> (virtual_bits - 1);
    return high == 0 || high == low_mask(xlen - (virtual_bits - 1));
  }
  /// Bytes of the lower half, where user programs live.
  constexpr Bytes user_half() const { return Bytes(std::uint64_t{1} << (virtual_bits - 1)); }
  /// Bits of a physical address: 34 in Sv32, 56 in the modes of RV64.
  constexpr unsigned physical_bits() const { return kPageShift + ppn_bits; }
};

constexpr PagingMode kBare{PagingModeName::bare, 0, 0, 0, 44, 64, 64};
constexpr PagingMode kSv32{PagingModeName::sv32, 2, 10, 4, 22, 32, 32};
constexpr PagingMode kSv39{PagingModeName::sv39, 3, 9, 8, 44, 39, 64};
constexpr PagingMode kSv48{PagingModeName::sv48, 4, 9, 8, 44, 48, 64};
constexpr PagingMode kSv57{PagingModeName::sv57, 5, 9, 8, 44, 57, 64};
constexpr PagingMode kSv32x4{PagingModeName::sv32x4, 2, 10, 4, 22, 34, 64, 2};
constexpr PagingMode kSv39x4{PagingModeName::sv39x4, 3, 9, 8, 44, 41, 64, 2};
constexpr PagingMode kSv48x4{PagingModeName::sv48x4, 4, 9, 8, 44, 50, 64, 2};
constexpr PagingMode kSv57x4{PagingModeName::sv57x4, 5, 9, 8, 44, 59, 64, 2};
/// The deepest mode there is; sizes arrays that are indexed by level.
constexpr unsigned kMaxLevels = kSv57.levels;

/// By the value of the name; names that do not exist are bare. A table, because each walk asks.
constexpr auto kModeByName = [] {
  std::array<PagingMode, std::size_t{2} * kX4> modes{};
  for (PagingMode& mode : modes) mode = kBare;
  for (const PagingMode& mode : {kSv32, kSv39, kSv48, kSv57, kSv32x4, kSv39x4, kSv48x4, kSv57x4}) {
    modes[static_cast<std::size_t>(mode.name)] = mode;
  }
  return modes;
}();

constexpr const PagingMode& paging_mode(PagingModeName name) {
  return kModeByName[static_cast<std::size_t>(name)];
}

}  // namespace tlmmu
