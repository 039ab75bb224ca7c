// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "models/arch/space_tag.h"
#include "models/base/enum_names.h"

namespace tlmmu {

/// The memory-management fences. Svinval's sinval.vma, hinval.vvma and hinval.gvma name the same as
/// sfence.vma, hfence.vvma and hfence.gvma.
enum class FenceKind : std::uint8_t { sfence_vma, hfence_vvma, hfence_gvma };

/// What a fence removes from every store of translations and pointers: one page or all of them, of
/// one address space or of all. Global entries survive a fence that names an address space.
/// (Privileged architecture, "Supervisor Memory-Management Fence Instruction"; hypervisor
/// extension, "Hypervisor Memory-Management Fence Instructions".)
struct Fence {
  /// The page of rs1; of hfence.gvma a guest-physical page. Empty: every page.
  std::optional<Vpn> vpn = std::nullopt;
  /// rs2 of sfence.vma and hfence.vvma. Empty: every address space.
  std::optional<Asid> asid = std::nullopt;
  FenceKind kind = FenceKind::sfence_vma;
  /// hfence.vvma: hgatp.VMID, always set. hfence.gvma: rs2; empty: every virtual machine.
  std::optional<Vmid> vmid = std::nullopt;

  /// Whether it names what `tag` owns; `global` is of a PTE with G set. Addresses are not looked
  /// at.
  constexpr bool names(SpaceTag tag, bool global) const {
    switch (kind) {
      case FenceKind::sfence_vma:
        if (tag.stages() != Stages::single) return false;
        break;
      case FenceKind::hfence_vvma:
        if (tag.stages() != Stages::vs && tag.stages() != Stages::both) return false;
        break;
      case FenceKind::hfence_gvma:
        if (tag.stages() != Stages::g && tag.stages() != Stages::both) return false;
        return !vmid || tag.vmid() == *vmid;
    }
    if (vmid && tag.vmid() != *vmid) return false;
    return !asid || (!global && tag.asid() == *asid);
  }

  /// Whether `vpn` says anything about the addresses by which what `tag` owns is found. A
  /// translation of both stages has forgotten its guest-physical address, so that hfence.gvma
  /// removes it whatever the address.
  constexpr bool is_by_address_of(SpaceTag tag) const {
    return vpn && (kind != FenceKind::hfence_gvma || tag.stages() == Stages::g);
  }
};

}  // namespace tlmmu
