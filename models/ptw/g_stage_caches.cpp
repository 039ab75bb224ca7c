// SPDX-License-Identifier: Apache-2.0
#include "models/ptw/g_stage_caches.h"

namespace tlmmu {

void GStageCaches::begin(TwoStageWalk& walk, GStageStats& stats) {
  const WalkRequest& request = walk.g_stage_request();
  ++stats.translations;
  if (const auto known = tlb_.lookup(request, stats.tlb)) return walk.supply_g_stage(*known);
  ++stats.walks;
  if (!walk_cache_.serves(paging_mode(request.space.mode))) return walk.start_g_stage_at_root();
  const auto known = walk_cache_.lookup(request, stats.walk_cache);
  if (!known) return walk.start_g_stage_at_root();
  walk.start_g_stage_at(*known);
}

void GStageCaches::learn(const TwoStageWalk& walk, bool is_pointer, GStageStats& stats) {
  const WalkRequest& request = walk.g_stage_request();
  if (is_pointer) {
    walk_cache_.fill(request, walk.table(Stages::g), stats.walk_cache);
  } else if (const Translation* translation = walk.g_stage_translation()) {
    tlb_.fill(request, *translation, stats.tlb);
  }
}

void GStageCaches::fence(const Fence& fence, GStageStats& stats) {
  tlb_.fence(fence, stats.tlb);
  walk_cache_.fence(fence, stats.walk_cache);
}

}  // namespace tlmmu
