// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ptw/walker_store_config.h"

namespace tlmmu {

/// One level of a walk cache; it holds the pointers that are read at one level of the page table.
using WalkCacheLevelConfig = WalkerStoreConfig;

/// The upper levels of the deepest paging mode, Sv57: level 1 holds pointers to last-level tables.
constexpr unsigned kWalkCacheLevels = 4;

/// Sections [mmu.ptw.walk_cache] and [mmu.ptw.g_stage.walk_cache].
struct WalkCacheConfig {
  WalkCacheLevelConfig level1{32, 4};
  WalkCacheLevelConfig level2{8, 8};
  WalkCacheLevelConfig level3{4, 4};
  WalkCacheLevelConfig level4{2, 2};

  void describe(config::Visitor& v) {
    v.section({"level1", "pointers read at level 1, to tables of 4 KiB pages"}, level1);
    v.section({"level2", "pointers read at level 2, to tables that reach 1 GiB"}, level2);
    v.section({"level3", "pointers read at level 3 (Sv48), to tables that reach 512 GiB"}, level3);
    v.section({"level4", "pointers read at level 4 (Sv57), to tables that reach 256 TiB"}, level4);
  }
};

}  // namespace tlmmu
