// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "models/base/quantity.h"
#include "models/ptw/g_stage_stats.h"
#include "models/ptw/walk.h"
#include "models/ptw/walk_cache_stats.h"
#include "models/ptw/walk_step_stats.h"
#include "models/stats/distribution.h"
#include "models/stats/visitor.h"

namespace tlmmu {

/// How the walks of one access type ended.
struct WalkOutcomeStats {
  std::uint64_t translated = 0;
  std::uint64_t page_fault = 0;
  std::uint64_t access_fault = 0;
  std::uint64_t guest_page_fault = 0;

  std::uint64_t total() const { return translated + page_fault + access_fault + guest_page_fault; }
  std::uint64_t faults() const { return total() - translated; }
  void describe(stats::Visitor& v) const;
};

/// Translations by page size.
struct TranslationSizeStats {
  std::array<std::uint64_t, shift_of(PageSize::k256TiB) + 1> shift{};

  std::uint64_t& operator[](PageSize size) { return shift[shift_of(size)]; }
  std::uint64_t operator[](PageSize size) const { return shift[shift_of(size)]; }
  std::uint64_t total() const;
  void describe(stats::Visitor& v) const;
};

/// Everything that a page-table walker counts: group mmu.ptw.
struct PtwStats {
  std::uint64_t walks = 0;
  std::array<WalkOutcomeStats, std::size(kAccessTypeNames)> outcomes;  ///< by AccessType
  TranslationSizeStats translations;
  FaultStepStats faults;

  std::uint64_t pte_reads = 0;
  PerLevelStats pte_reads_by_level;
  std::uint64_t pointers_followed = 0;
  std::uint64_t update_attempts = 0;
  std::uint64_t updates = 0;
  std::uint64_t update_retries = 0;
  std::uint64_t update_refusals = 0;
  WalkCacheStats walk_cache;
  GStageStats g_stage;
  std::uint64_t fences = 0;
  std::uint64_t overtaken = 0;

  Picoseconds step_latency;        ///< of one step
  Picoseconds walk_cache_latency;  ///< of one lookup
  Picoseconds step_time;           ///< step latencies
  Picoseconds walk_cache_time;     ///< walk-cache lookups
  Picoseconds pte_time;            ///< PTE reads and updates, in the memory system
  Picoseconds walk_time;           ///< from request to answer
  stats::Distribution pte_reads_per_walk;
  stats::Distribution walk_latency;  ///< cycles

  Picoseconds own_time() const { return step_time + walk_cache_time; }
  WalkOutcomeStats all_outcomes() const;
  void describe(stats::Visitor& v) const;

 private:
  void describe_outcomes(stats::Visitor& v) const;
  void describe_pte_accesses(stats::Visitor& v) const;
  void describe_time(stats::Visitor& v) const;
};

}  // namespace tlmmu
