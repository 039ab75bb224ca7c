// SPDX-License-Identifier: Apache-2.0
#include "models/ptw/ptw_stats.h"

#include <numeric>

namespace tlmmu {

void WalkOutcomeStats::describe(stats::Visitor& v) const {
  v.counter({"translated", "walks", "walks that ended with a translation"}, translated);
  v.counter({"page_fault", "walks", "walks that ended with a page fault"}, page_fault);
  v.counter({"access_fault", "walks", "walks whose PTE access memory refused"}, access_fault);
  v.counter({"guest_page_fault", "walks", "walks that ended with a guest-page fault"},
            guest_page_fault);
}

std::uint64_t TranslationSizeStats::total() const {
  return std::accumulate(shift.begin(), shift.end(), std::uint64_t{0});
}

void TranslationSizeStats::describe(stats::Visitor& v) const {
  const auto count = [&](const char* name, const char* help, PageSize size) {
    v.counter({name, "walks", help}, (*this)[size]);
  };
  count("4KiB", "translations of base pages", PageSize::k4KiB);
  count("64KiB", "translations of NAPOT pages (Svnapot)", PageSize::k64KiB);
  count("2MiB", "translations of megapages", PageSize::k2MiB);
  count("4MiB", "translations of megapages of Sv32", PageSize::k4MiB);
  count("1GiB", "translations of gigapages", PageSize::k1GiB);
  count("512GiB", "translations of terapages", PageSize::k512GiB);
  count("256TiB", "translations of petapages", PageSize::k256TiB);
}

WalkOutcomeStats PtwStats::all_outcomes() const {
  WalkOutcomeStats all;
  for (const WalkOutcomeStats& one : outcomes) {
    all.translated += one.translated;
    all.page_fault += one.page_fault;
    all.access_fault += one.access_fault;
    all.guest_page_fault += one.guest_page_fault;
  }
  return all;
}

void PtwStats::describe(stats::Visitor& v) const {
  v.counter({"walks", "walks", "translation requests"}, walks);
  describe_outcomes(v);
  describe_pte_accesses(v);
  v.counter({"fences", "fences", "fences that reached the walker"}, fences);
  v.counter({"overtaken", "entries",
             "pointers and G-stage pages not kept: a fence came while the walk was under way"},
            overtaken);
  v.group("walk_cache", "pointers to page tables that the walker remembers", walk_cache);
  v.group("g_stage", "the G stages of virtual machines' walks", g_stage);
  describe_time(v);
}

void PtwStats::describe_outcomes(stats::Visitor& v) const {
  v.group("fetch", "walks for instruction fetches", outcomes[0]);
  v.group("load", "walks for loads", outcomes[1]);
  v.group("store", "walks for stores", outcomes[2]);
  v.group("translations", "translations by page size", translations);
  v.group("faults", "faults by the step of the translation process that found them", faults);
  const WalkOutcomeStats all = all_outcomes();
  v.law("walks = translated + page faults + access faults + guest-page faults", walks, all.total());
  v.law("translations by page size = translated", translations.total(), all.translated);
  v.law("faults by step, of both stages = page faults + access faults + guest-page faults",
        faults.total() + g_stage.faults.total(), all.faults());
}

void PtwStats::describe_pte_accesses(stats::Visitor& v) const {
  v.counter({"pte_reads", "PTEs", "PTEs read by walks"}, pte_reads);
  v.group("pte_reads_by_level", "PTEs read, by level of their table", pte_reads_by_level);
  v.distribution({"pte_reads_per_walk", "PTEs", "PTEs read by one walk"}, pte_reads_per_walk);
  v.counter({"pointers_followed", "PTEs", "PTEs read that led to another table"},
            pointers_followed);
  v.counter({"update_attempts", "updates", "compare-and-swaps of A and D"}, update_attempts);
  v.counter({"updates", "updates", "PTEs whose A or D was set"}, updates);
  v.counter({"update_retries", "updates", "lost compare-and-swaps: the PTE was read again"},
            update_retries);
  v.counter({"update_refusals", "updates", "compare-and-swaps that memory refused"},
            update_refusals);
  v.law("pte_reads = sum over levels", pte_reads, pte_reads_by_level.total());
  v.law("pte_reads = sum of pte_reads_per_walk", pte_reads, pte_reads_per_walk.sum());
  v.law("walks = values in pte_reads_per_walk", walks, pte_reads_per_walk.count());
  v.law("pte_reads, the G stage's apart = walks that read + pointers followed + update retries",
        pte_reads - g_stage.pte_reads,
        walks - faults[VatpStep::canonical_address] - g_stage.no_first_stage +
            (pointers_followed - g_stage.pointers_followed) +
            (update_retries - g_stage.update_retries));
  v.law("update_attempts = updates + retries + refusals", update_attempts,
        updates + update_retries + update_refusals);
}

void PtwStats::describe_time(stats::Visitor& v) const {
  v.time({"step_time", "ps", "time of the walker's own steps"}, step_time);
  v.time({"walk_cache_time", "ps", "time of walk-cache lookups"}, walk_cache_time);
  v.time({"own_time", "ps", "time that the walker itself adds"}, own_time());
  v.time({"pte_time", "ps", "time of PTE reads and updates in the memory system"}, pte_time);
  v.time({"walk_time", "ps", "time from request to answer"}, walk_time);
  v.distribution({"walk_latency", "cycles", "time from request to answer"}, walk_latency);
  v.law("step_time = (pte_reads + update_attempts) * step latency", step_time.value(),
        (pte_reads + update_attempts) * step_latency.value());
  v.law("walk_cache_time = (walk_cache.lookups + g_stage.lookups) * walk-cache latency",
        walk_cache_time.value(),
        (walk_cache.lookups + g_stage.lookups) * walk_cache_latency.value());
  v.law("walk_time = own_time + pte_time", walk_time.value(), (own_time() + pte_time).value());
  v.law("walks = values in walk_latency", walks, walk_latency.count());
}

}  // namespace tlmmu
