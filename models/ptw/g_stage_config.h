// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ptw/walk_cache_config.h"

namespace tlmmu {

/// Section [mmu.ptw.g_stage]: what the walker remembers of virtual machines' G stages.
struct GStageConfig {
  WalkerStoreConfig tlb{16, 16};
  WalkCacheConfig walk_cache{{8, 8}, {4, 4}, {2, 2}, {1, 1}};

  void describe(config::Visitor& v) {
    v.section({"tlb", "guest-physical pages, for guest page tables and for results"}, tlb);
    v.section({"walk_cache", "pointers to page tables of the G stage"}, walk_cache);
  }
};

}  // namespace tlmmu
