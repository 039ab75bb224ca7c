// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/arch/fence.h"
#include "models/arch/translation.h"

namespace tlmmu {

/// What a TLB holds: a translation and the address space that it was found in. A global one (G set)
/// answers every address space.
struct TlbEntry {
  Translation translation;
  Asid asid;

  constexpr bool global() const { return translation.flags.g(); }
  constexpr bool covers(VirtualAddress address) const {
    const std::uint64_t difference = address.value() ^ (translation.vpn.value() << kPageShift);
    return difference >> shift_of(translation.size) == 0;
  }
  constexpr bool answers(Asid asker) const { return global() || asid == asker; }
  /// Whether some address space would be answered by both.
  constexpr bool shares_space_with(const TlbEntry& other) const {
    return global() || other.global() || asid == other.asid;
  }
  /// Whether both are the entry of the same page in the same address space, or both global.
  constexpr bool same_page_as(const TlbEntry& other) const {
    return translation.vpn == other.translation.vpn && translation.size == other.translation.size &&
           global() == other.global() && (global() || asid == other.asid);
  }
  /// What sfence.vma says about address spaces: a fence that names one keeps global entries.
  constexpr bool named_by(const Fence& fence) const {
    return !fence.asid || (!global() && asid == *fence.asid);
  }

  friend constexpr bool operator==(const TlbEntry& a, const TlbEntry& b) {
    return a.same_page_as(b) && a.asid == b.asid && a.translation.ppn == b.translation.ppn &&
           a.translation.flags == b.translation.flags;
  }
};

}  // namespace tlmmu
