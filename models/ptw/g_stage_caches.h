// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ptw/g_stage_config.h"
#include "models/ptw/g_stage_stats.h"
#include "models/ptw/g_stage_tlb.h"
#include "models/ptw/two_stage_walk.h"
#include "models/ptw/walk_cache.h"

namespace tlmmu {

/// What a walker remembers of virtual machines' G stages: whole translations in a TLB, and pointers
/// in a walk cache for those that the TLB lacks.
class GStageCaches {
 public:
  /// `seed` matters to random replacement only.
  GStageCaches(const GStageConfig& config, std::uint64_t seed)
      : tlb_(config.tlb, seed), walk_cache_(config.walk_cache, seed) {}

  /// Whether a G stage in `mode` can find anything here; one that cannot waits for nothing.
  bool serves(const PagingMode& mode) const { return tlb_.exists() || walk_cache_.serves(mode); }

  /// Answers or shortens the G stage that begins in `walk`.
  void begin(TwoStageWalk& walk, GStageStats& stats);
  /// Keeps what the G stage of `walk` has just found: the pointer that it follows next, if
  /// `is_pointer`, or the translation that it ended with, if it has.
  void learn(const TwoStageWalk& walk, bool is_pointer, GStageStats& stats);
  void fence(const Fence& fence, GStageStats& stats);

 private:
  GStageTlb tlb_;
  WalkCache walk_cache_;
};

}  // namespace tlmmu
