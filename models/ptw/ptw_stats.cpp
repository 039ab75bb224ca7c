// SPDX-License-Identifier: Apache-2.0
#include "models/ptw/ptw_stats.h"

#include <numeric>

namespace tlmmu {

namespace {

template <class Array>
std::uint64_t sum(const Array& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

}  // namespace

void WalkOutcomeStats::describe(stats::Visitor& v) const {
  v.counter({"translated", "walks", "walks that ended with a translation"}, translated);
  v.counter({"page_fault", "walks", "walks that ended with a page fault"}, page_fault);
  v.counter({"access_fault", "walks", "walks whose PTE access memory refused"}, access_fault);
}

std::uint64_t PerLevelStats::total() const {
  return sum(level);
}

void PerLevelStats::describe(stats::Visitor& v) const {
  v.counter({"level0", "PTEs", "in last-level tables"}, level[0]);
  v.counter({"level1", "PTEs", "in tables that reach 1 GiB (Sv32: the root)"}, level[1]);
  v.counter({"level2", "PTEs", "in tables that reach 512 GiB (Sv39: the root)"}, level[2]);
  v.counter({"level3", "PTEs", "in tables that reach 256 TiB (Sv48: the root)"}, level[3]);
  v.counter({"level4", "PTEs", "in the root of Sv57"}, level[4]);
}

std::uint64_t TranslationSizeStats::total() const {
  return sum(shift);
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

std::uint64_t FaultStepStats::total() const {
  return sum(step);
}

void FaultStepStats::describe(stats::Visitor& v) const {
  const auto count = [&](const char* name, const char* help, VatpStep at) {
    v.counter({name, "walks", help}, (*this)[at]);
  };
  count("canonical_address", "VATP.0: high address bits differ, no PTE was read",
        VatpStep::canonical_address);
  count("pte_access", "VATP.2: memory refused a PTE read", VatpStep::pte_access);
  count("pte_format", "VATP.3: invalid PTE or reserved encoding", VatpStep::pte_format);
  count("pointer", "VATP.4: pointer in a last-level table", VatpStep::pointer);
  count("alignment", "VATP.5: misaligned superpage", VatpStep::alignment);
  count("user_bit", "VATP.6: U bit against privilege and SUM", VatpStep::user_bit);
  count("permission", "VATP.8: R, W, X against the access", VatpStep::permission);
  count("accessed_dirty", "VATP.9: A or D clear with Svade, or a refused update",
        VatpStep::accessed_dirty);
}

WalkOutcomeStats PtwStats::all_outcomes() const {
  WalkOutcomeStats all;
  for (const WalkOutcomeStats& one : outcomes) {
    all.translated += one.translated;
    all.page_fault += one.page_fault;
    all.access_fault += one.access_fault;
  }
  return all;
}

void PtwStats::describe(stats::Visitor& v) const {
  v.counter({"walks", "walks", "translation requests"}, walks);
  describe_outcomes(v);
  describe_pte_accesses(v);
  v.counter({"fences", "fences", "sfence.vma that reached the walker"}, fences);
  v.group("walk_cache", "pointers to page tables that the walker remembers", walk_cache);
  describe_time(v);
}

void PtwStats::describe_outcomes(stats::Visitor& v) const {
  v.group("fetch", "walks for instruction fetches", outcomes[0]);
  v.group("load", "walks for loads", outcomes[1]);
  v.group("store", "walks for stores", outcomes[2]);
  v.group("translations", "translations by page size", translations);
  v.group("faults", "faults by the step of the translation process that found them", faults);
  const WalkOutcomeStats all = all_outcomes();
  v.law("walks = translated + page faults + access faults", walks, all.total());
  v.law("translations by page size = translated", translations.total(), all.translated);
  v.law("faults by step = page faults + access faults", faults.total(),
        all.page_fault + all.access_fault);
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
  v.law("pte_reads = walks that read + pointers followed + update retries", pte_reads,
        walks - faults[VatpStep::canonical_address] + pointers_followed + update_retries);
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
  v.law("walk_cache_time = walk_cache.lookups * walk-cache latency", walk_cache_time.value(),
        walk_cache.lookups * walk_cache_latency.value());
  v.law("walk_time = own_time + pte_time", walk_time.value(), (own_time() + pte_time).value());
  v.law("walks = values in walk_latency", walks, walk_latency.count());
}

}  // namespace tlmmu
