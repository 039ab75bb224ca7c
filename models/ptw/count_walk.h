// SPDX-License-Identifier: Apache-2.0
// Counts what a walker does. Reads, pointers and lost updates of the G stage count among all and
// again in PtwStats::g_stage; a fault counts in one place, that of its stage.
#pragma once

#include <optional>

#include "models/arch/pte.h"
#include "models/events/translation_events.h"
#include "models/ptw/ptw_stats.h"

namespace tlmmu {

/// A PTE of `level` is read.
void count_read(PtwStats& stats, Stages stage, unsigned level);
/// The PTE just read points to a table.
void count_pointer(PtwStats& stats, Stages stage);
/// An update that expected one PTE found another, the same, or was refused (empty).
void count_update(PtwStats& stats, Stages stage, const std::optional<Pte>& found, Pte expected);

/// A walk for an access of `type` ended in a translation.
void count_translation(PtwStats& stats, AccessType type, PageSize size);
/// A walk for an access of `type` ended in a fault, by which the outcome goes.
events::WalkOutcome count_fault(PtwStats& stats, Stages stage, AccessType type,
                                const WalkFault& fault);

}  // namespace tlmmu
