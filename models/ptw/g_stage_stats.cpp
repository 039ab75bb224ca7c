// SPDX-License-Identifier: Apache-2.0
#include "models/ptw/g_stage_stats.h"

namespace tlmmu {

void GStageStats::describe(stats::Visitor& v) const {
  v.counter(
      {"translations", "translations", "guest-physical addresses that walks had to translate"},
      translations);
  v.counter({"walks", "walks", "G-stage walks: translations that the G-stage TLB did not answer"},
            walks);
  v.counter({"no_first_stage", "walks",
             "walks of the G stage alone, and those that ended before they read a guest's PTE"},
            no_first_stage);
  v.group("faults", "faults by the step of the G stage that found them", faults);
  v.counter({"pte_reads", "PTEs", "PTEs of the G stage that walks read"}, pte_reads);
  v.group("pte_reads_by_level", "PTEs read, by level of their table", pte_reads_by_level);
  v.counter({"pointers_followed", "PTEs", "PTEs read that led to another table"},
            pointers_followed);
  v.counter({"update_retries", "updates", "lost compare-and-swaps: the PTE was read again"},
            update_retries);
  v.counter({"lookups", "lookups", "lookups of the G-stage TLB and walk cache together"}, lookups);
  v.group("tlb", "guest-physical pages that the walker remembers", tlb);
  v.group("walk_cache", "pointers of the G stage that the walker remembers", walk_cache);
  v.law("translations = tlb.hits + walks", translations, tlb.hits + walks);
  v.law("pte_reads = walks + pointers followed + update retries", pte_reads,
        walks + pointers_followed + update_retries);
  v.law("pte_reads = sum over levels", pte_reads, pte_reads_by_level.total());
}

}  // namespace tlmmu
