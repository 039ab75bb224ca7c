// SPDX-License-Identifier: Apache-2.0
#include "models/ptw/count_walk.h"

namespace tlmmu {

namespace {

WalkOutcomeStats& outcomes_of(PtwStats& stats, AccessType type) {
  return stats.outcomes[static_cast<std::size_t>(type)];
}

}  // namespace

void count_read(PtwStats& stats, Stages stage, unsigned level) {
  ++stats.pte_reads;
  ++stats.pte_reads_by_level.level[level];
  if (stage != Stages::g) return;
  ++stats.g_stage.pte_reads;
  ++stats.g_stage.pte_reads_by_level.level[level];
}

void count_pointer(PtwStats& stats, Stages stage) {
  ++stats.pointers_followed;
  if (stage == Stages::g) ++stats.g_stage.pointers_followed;
}

void count_update(PtwStats& stats, Stages stage, const std::optional<Pte>& found, Pte expected) {
  ++stats.update_attempts;
  if (!found) {
    ++stats.update_refusals;
  } else if (*found == expected) {
    ++stats.updates;
  } else {
    ++stats.update_retries;
    if (stage == Stages::g) ++stats.g_stage.update_retries;
  }
}

void count_translation(PtwStats& stats, AccessType type, PageSize size) {
  ++outcomes_of(stats, type).translated;
  ++stats.translations[size];
}

events::WalkOutcome count_fault(PtwStats& stats, Stages stage, AccessType type,
                                const WalkFault& fault) {
  ++(stage == Stages::g ? stats.g_stage.faults : stats.faults)[fault.step];
  WalkOutcomeStats& outcomes = outcomes_of(stats, type);
  if (fault.cause == access_fault(type)) {
    ++outcomes.access_fault;
    return events::WalkOutcome::access_fault;
  }
  if (fault.cause == page_fault(type)) {
    ++outcomes.page_fault;
    return events::WalkOutcome::page_fault;
  }
  ++outcomes.guest_page_fault;
  return events::WalkOutcome::guest_page_fault;
}

}  // namespace tlmmu
