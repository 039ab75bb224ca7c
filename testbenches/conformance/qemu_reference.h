// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "firmware/mmu_probe/probe_case.h"
#include "models/arch/exception.h"
#include "models/arch/translation.h"
#include "models/ptw/walk_rules.h"

namespace tlmmu::testing {

/// Where a case ends, so that a test can count what its cases reach.
struct CaseEnd {
  std::optional<VatpStep> fault;        ///< the walk ended with one
  std::optional<ExceptionCause> cause;  ///< of any fault
  std::optional<PageSize> page;         ///< the walk found one
  bool final_denied = false;            ///< the PMP refused the access itself
  bool pte_denied = false;              ///< the PMP refused a PTE
  bool updated = false;                 ///< A or D was set
};

/// What this project's walks and Pmp say of a case, in the words of the probe.
struct Reference {
  std::string line;
  /// What QEMU says instead, where it is known to deviate from the specification.
  std::string known_deviation;
  CaseEnd end;
};

/// Empty for a case that says too little, or one that QEMU answers in a way of its own:
///  - a walk or an access reaches devices, or RAM whose content the case does not give;
///  - A or D must be set in a PTE that the PMP lets be read but not written: QEMU does not ask the
///    PMP again for the update;
///  - with Svnapot or Svpbmt a PTE has one of bits 60..54 set, or PBMT = 3: QEMU 7.2 then ignores
///    that these are reserved.
/// And of two stages:
///  - the PMP refuses the access itself, or a PTE of the G stage cannot be read: QEMU makes a
///    guest-page fault of it;
///  - a PTE of the VS stage lies in a page that can only be executed, and MXR is set: QEMU lets MXR
///    count for the walk itself;
///  - A or D must be set in a PTE of the VS stage: QEMU does not ask the G stage again, for a
///  store;
///  - the highest bit of a guest-physical address is set: QEMU 7.2 wants the bits above to be like
///    it, as in a virtual address.
std::optional<Reference> reference_of(const mmu_probe::Case& asked, const WalkRules& rules);

}  // namespace tlmmu::testing
