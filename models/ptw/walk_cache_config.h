// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/config/visitor.h"
#include "models/replacement/policy_name.h"

namespace tlmmu {

/// One level of the walk cache; it holds the pointers that are read at one level of the page table.
struct WalkCacheLevelConfig {
  unsigned entries;
  unsigned ways;
  replacement::PolicyName replacement = replacement::PolicyName::lru;

  void describe(config::Visitor& v) {
    v.number({"entries", "pointers held; 0 leaves the level out"}, entries, {0, 1U << 16U});
    v.when(entries != 0, "entries is not 0", [&] {
      v.number({"ways", "associativity; equal to entries: fully associative"}, ways,
               {1, 1U << 16U});
      v.choice({"replacement", "which pointer makes room for a new one"}, replacement,
               replacement::kPolicyNames);
      if (entries == 0) return;
      v.require(ways != 0 && entries % ways == 0, "ways", "must divide entries");
      v.require(replacement::suits(replacement, ways), "ways", replacement::kUnsuitableWays);
    });
  }
};

/// The upper levels of the deepest paging mode, Sv48: level 1 holds pointers to last-level tables.
constexpr unsigned kWalkCacheLevels = 3;

/// Section [mmu.ptw.walk_cache].
struct WalkCacheConfig {
  WalkCacheLevelConfig level1{32, 4};
  WalkCacheLevelConfig level2{8, 8};
  WalkCacheLevelConfig level3{4, 4};

  void describe(config::Visitor& v) {
    v.section({"level1", "pointers read at level 1, to tables of 4 KiB pages"}, level1);
    v.section({"level2", "pointers read at level 2, to tables that reach 1 GiB"}, level2);
    v.section({"level3", "pointers read at level 3 (Sv48), to tables that reach 512 GiB"}, level3);
  }
};

}  // namespace tlmmu
