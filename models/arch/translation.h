// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "models/arch/paging_mode.h"
#include "models/arch/privilege.h"
#include "models/arch/pte.h"
#include "models/base/address.h"
#include "models/base/page_size.h"

namespace tlmmu {

/// A finished translation of one page: what a walk ends with and a TLB holds.
struct Translation {
  Vpn vpn;  ///< first virtual page of the mapping, aligned to `size`
  Ppn ppn;  ///< first frame of the mapping, aligned to `size`
  PageSize size = PageSize::k4KiB;
  PteFlags flags;  ///< of the leaf PTE after any A/D update; G also if a pointer on the way had it

  /// Where `address`, which lies inside the mapping, is in physical memory.
  constexpr PhysicalAddress apply(VirtualAddress address) const {
    return PhysicalAddress((ppn.value() << kPageShift) |
                           (address.value() & low_mask(shift_of(size))));
  }
};

/// Where an address space's tables start, how deep they are, and its tag in the TLBs: what satp
/// holds.
struct AddressSpace {
  PagingModeName mode = PagingModeName::sv39;
  Ppn root;
  Asid asid;
};

/// Whether satp translates what a hart does at `privilege`, its effective one (VATP.1).
constexpr bool is_translated(const AddressSpace& space, Privilege privilege) {
  return space.mode != PagingModeName::bare && privilege != Privilege::machine;
}

/// What sfence.vma removes: one page or all of them, of one address space or of all. Global entries
/// survive a fence that names an address space.
struct Fence {
  std::optional<Vpn> vpn;
  std::optional<Asid> asid;
};

}  // namespace tlmmu
