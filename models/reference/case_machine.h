// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/arch/hgatp.h"
#include "models/arch/pmp.h"
#include "models/arch/satp.h"
#include "models/ptw/walk_rules.h"
#include "models/reference/case_memory.h"
#include "models/reference/hart_widths.h"

namespace tlmmu::reference {

/// What a hart holds that decides translations: implemented are the paging modes down to `deepest`.
/// Out of reset everything is bare, and A and D are software's (Svade).
struct HartState {
  explicit HartState(PagingModeName deepest)
      : widths(widths_of(deepest)),
        satp(widths.satp, deepest),
        vsatp(satp),
        hgatp(widths.hgatp, g_stage_mode(deepest)),
        pmp(widths.pmp_address) {}

  HartWidths widths;
  WalkRules rules{AdUpdate::fault, Extension::absent, Extension::absent};
  Satp satp;
  Satp vsatp;
  Hgatp hgatp;
  Pmp pmp;
};

/// The hart and the memory of a walk case.
struct CaseMachine {
  explicit CaseMachine(PagingModeName deepest) : hart(deepest), memory(hart.widths.pte_bytes) {}

  HartState hart;
  CaseMemory memory;
};

}  // namespace tlmmu::reference
