// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "models/arch/paging_mode.h"
#include "models/arch/privilege.h"
#include "models/arch/pte.h"
#include "models/arch/space_tag.h"
#include "models/base/address.h"
#include "models/base/page_size.h"

namespace tlmmu {

/// A finished translation of one page: what a walk ends with and a TLB holds. After the VS stage
/// alone `ppn` is a guest-physical page; for the G stage alone `vpn` is one.
struct Translation {
  Vpn vpn;  ///< first virtual page of the mapping, aligned to `size`
  Ppn ppn;  ///< first frame of the mapping, aligned to `size`
  PageSize size = PageSize::k4KiB;
  PteFlags flags;  ///< of the leaf PTE after any A/D update; G also if a pointer on the way had it
  /// Of the G stage's leaf, where there was a G stage.
  PteFlags g_stage_flags = kEveryFlag;
  /// Reach of the first stage's leaf, where that is more than `size`: a fence of any address in it
  /// names this translation too.
  PageSize first_stage_size = PageSize::k4KiB;
  MemoryType memory_type = MemoryType::pma;

  /// Where `address`, which lies inside the mapping, is in physical memory.
  constexpr PhysicalAddress apply(VirtualAddress address) const {
    return PhysicalAddress((ppn.value() << kPageShift) |
                           (address.value() & low_mask(shift_of(size))));
  }
  /// Pages of this size, and aligned to it, are named by a fence as a whole.
  constexpr PageSize fenced_size() const { return std::max(size, first_stage_size); }
  /// Whether the first stage's leaf reaches further.
  constexpr bool is_fractured() const { return first_stage_size > size; }
};

/// A translation of `address` through both stages: `first` is the VS stage's, and `g_stage` that of
/// the guest-physical address which it led to. Both together map what the smaller of their pages
/// maps.
constexpr Translation compose(VirtualAddress address, const Translation& first,
                              const Translation& g_stage) {
  const VirtualAddress guest(first.apply(address).value());
  Translation both = first;
  both.size = std::min(first.size, g_stage.size);
  both.vpn = align_down(address.page(), both.size);
  both.ppn = Ppn(align_down(Vpn(g_stage.apply(guest).page().value()), both.size).value());
  // A Walk gives the G stage's flags as its own, a TLB or a walker that was asked for Stages::g as
  // those of the G stage; the others are kEveryFlag.
  both.g_stage_flags =
      PteFlags(static_cast<std::uint8_t>(g_stage.flags.raw() & g_stage.g_stage_flags.raw()));
  both.first_stage_size = first.size;
  // H.7: the VS stage's memory type (Svpbmt) overrides the G stage's.
  if (first.memory_type == MemoryType::pma) both.memory_type = g_stage.memory_type;
  return both;
}

/// Where an address space's tables start, how deep they are, and its tag in the TLBs: what satp
/// or vsatp holds.
struct AddressSpace {
  PagingModeName mode = PagingModeName::sv39;
  Ppn root;
  Asid asid;
};

/// A virtual machine's guest-physical address space: what hgatp holds.
struct GuestSpace {
  PagingModeName mode = PagingModeName::bare;  ///< bare or an x4 mode
  Ppn root;                                    ///< of four pages, aligned to as many
  Vmid vmid;
};

/// Whether satp translates what a hart does at `privilege`, its effective one (VATP.1).
constexpr bool is_translated(const AddressSpace& space, Privilege privilege) {
  return space.mode != PagingModeName::bare && privilege != Privilege::machine;
}

}  // namespace tlmmu
