// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/address.h"
#include "models/base/bits.h"
#include "models/base/enum_names.h"
#include "models/base/page_size.h"

namespace tlmmu {

/// satp.MODE (RV64 encodings).
enum class PagingModeName : std::uint8_t { bare = 0, sv39 = 8, sv48 = 9 };

constexpr EnumName<PagingModeName> kPagingModeNames[] = {
    {PagingModeName::sv39, "sv39"},
    {PagingModeName::sv48, "sv48"},
};

/// A paging mode as data: the walk is one algorithm over these numbers (privileged architecture,
/// "Virtual Address Translation Process": LEVELS, PTESIZE and the VPN field widths).
struct PagingMode {
  PagingModeName name;
  unsigned levels;        ///< LEVELS: the root table is read at level LEVELS - 1
  unsigned index_bits;    ///< width of each VPN field
  unsigned pte_bytes;     ///< PTESIZE
  unsigned virtual_bits;  ///< significant address bits; the rest must copy the highest of them

  /// VPN[level] of `address`: the index into the table of that level.
  constexpr std::uint64_t index(VirtualAddress address, unsigned level) const {
    return bits(address.value(), kPageShift + level * index_bits, index_bits);
  }
  /// The reach of a leaf found at `level`.
  constexpr PageSize page_size(unsigned level) const {
    return static_cast<PageSize>(kPageShift + level * index_bits);
  }
  /// Bits 63..virtual_bits must equal bit virtual_bits-1, else the access page-faults.
  constexpr bool is_canonical(VirtualAddress address) const {
    const std::uint64_t high = address.value() >> (virtual_bits - 1);
    return high == 0 || high == low_mask(64 - (virtual_bits - 1));
  }
  /// Bytes of the lower half, where user programs live.
  constexpr Bytes user_half() const { return Bytes(std::uint64_t{1} << (virtual_bits - 1)); }
};

constexpr PagingMode kSv39{PagingModeName::sv39, 3, 9, 8, 39};
constexpr PagingMode kSv48{PagingModeName::sv48, 4, 9, 8, 48};
/// The deepest mode there is; sizes arrays that are indexed by level.
constexpr unsigned kMaxLevels = 5;

constexpr const PagingMode& paging_mode(PagingModeName name) {
  return name == PagingModeName::sv48 ? kSv48 : kSv39;
}

}  // namespace tlmmu
