// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/arch/fence.h"
#include "models/arch/translation.h"

namespace tlmmu {

/// What a TLB holds: a translation and to whom it belongs. A global one (G set) answers every ASID
/// of its virtual machine and stages.
struct TlbEntry {
  Translation translation;
  SpaceTag tag;

  constexpr bool global() const { return translation.flags.g(); }
  constexpr bool covers(VirtualAddress address) const {
    return lies_in_page_of(address, translation.size);
  }
  constexpr bool answers(SpaceTag asker) const {
    return tag == asker || (global() && tag.same_but_asid(asker));
  }
  /// Whether some address space would be answered by both.
  constexpr bool shares_space_with(const TlbEntry& other) const {
    return tag == other.tag || ((global() || other.global()) && tag.same_but_asid(other.tag));
  }
  /// Whether both are the entry of the same page in the same address space, or both global.
  constexpr bool same_page_as(const TlbEntry& other) const {
    return translation.vpn == other.translation.vpn && translation.size == other.translation.size &&
           global() == other.global() && shares_space_with(other);
  }
  /// Whether `fence` names it. Any address in the first stage's page does, even where the entry
  /// holds only a piece of that.
  constexpr bool named_by(const Fence& fence) const {
    if (!fence.names(tag, global())) return false;
    return !fence.is_by_address_of(tag) ||
           lies_in_page_of(address_of(*fence.vpn), translation.fenced_size());
  }

  friend constexpr bool operator==(const TlbEntry& a, const TlbEntry& b) {
    return a.same_page_as(b) && a.tag == b.tag && a.translation.ppn == b.translation.ppn &&
           a.translation.flags == b.translation.flags &&
           a.translation.g_stage_flags == b.translation.g_stage_flags &&
           a.translation.fenced_size() == b.translation.fenced_size();
  }

 private:
  constexpr bool lies_in_page_of(VirtualAddress address, PageSize size) const {
    const std::uint64_t difference = address.value() ^ (translation.vpn.value() << kPageShift);
    return difference >> shift_of(size) == 0;
  }
};

}  // namespace tlmmu
