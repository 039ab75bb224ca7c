// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ptw/walk_cache_stats.h"
#include "models/ptw/walk_step_stats.h"

namespace tlmmu {

/// What the G stages of a walker's walks did: group mmu.ptw.g_stage.
struct GStageStats {
  std::uint64_t translations = 0;
  std::uint64_t walks = 0;
  std::uint64_t no_first_stage = 0;
  FaultStepStats faults;
  std::uint64_t pte_reads = 0;
  PerLevelStats pte_reads_by_level;
  std::uint64_t pointers_followed = 0;
  std::uint64_t update_retries = 0;
  WalkerStoreStats tlb;
  WalkCacheStats walk_cache;

  /// Lookups that cost the walk-cache latency.
  std::uint64_t lookups = 0;

  void describe(stats::Visitor& v) const;
};

}  // namespace tlmmu
