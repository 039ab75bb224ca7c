// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/arch/privilege.h"
#include "models/base/access_type.h"

namespace tlmmu {

/// mstatus.MPRV: do loads and stores run as MPP and MPV say?
enum class Mprv : std::uint8_t { off = 0, on = 1 };

/// What decides how an access is translated and protected: the nominal privilege, and V.
struct HartMode {
  Privilege privilege = Privilege::machine;
  Virtualization virtualization = Virtualization::off;
  friend constexpr bool operator==(HartMode a, HartMode b) {
    return a.privilege == b.privilege && a.virtualization == b.virtualization;
  }
};

/// The fields of mstatus that change the privilege of loads and stores. Without the hypervisor
/// extension there is no MPV, which is then off.
struct PrivilegeModification {
  Mprv mprv = Mprv::off;
  Privilege mpp = Privilege::user;
  Virtualization mpv = Virtualization::off;
};

/// The mode in which an explicit access of `type`, done by a hart in mode `current`, is translated
/// and protected (privileged architecture, "Memory Privilege in mstatus Register", and with MPV
/// the hypervisor chapter's "Machine Status Registers"):
///  - fetches are unaffected by MPRV;
///  - with MPRV = 0 the current mode counts;
///  - with MPRV = 1 MPP and MPV count, of which MPV means nothing when MPP is M. No satp translates
///    at M (is_translated()), so that MPP = M means physical addresses.
/// The text asks nothing of the current mode: MRET and SRET into a mode below M clear MPRV.
/// HLV, HLVX and HSV, which name their mode themselves, are unaffected by MPRV and do not ask here.
constexpr HartMode effective_mode(AccessType type, HartMode current, PrivilegeModification status) {
  if (type == AccessType::fetch || status.mprv == Mprv::off) return current;
  if (status.mpp == Privilege::machine) return {Privilege::machine, Virtualization::off};
  return {status.mpp, status.mpv};
}

}  // namespace tlmmu
