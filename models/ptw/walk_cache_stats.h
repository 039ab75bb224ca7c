// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "models/ptw/walk_cache_config.h"
#include "models/stats/visitor.h"

namespace tlmmu {

/// Counters of one associative store inside the walker.
struct WalkerStoreStats {
  std::uint64_t accesses = 0;
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  std::uint64_t fills = 0;
  std::uint64_t evictions = 0;
  std::uint64_t fenced = 0;
  std::uint64_t held = 0;

  void describe(stats::Visitor& v) const {
    v.counter({"accesses", "lookups", "lookups that this store had to answer"}, accesses);
    v.counter({"hits", "lookups", "lookups that found an entry of use"}, hits);
    v.counter({"misses", "lookups", "lookups that did not"}, misses);
    v.ratio({"hit_ratio", "", "hits per access"}, hits, accesses);
    v.counter({"fills", "entries", "entries taken in"}, fills);
    v.counter({"evictions", "entries", "entries that made room for others"}, evictions);
    v.counter({"fenced", "entries", "entries removed by fences"}, fenced);
    v.counter({"held", "entries", "entries held at the end"}, held);
    v.law("accesses = hits + misses", accesses, hits + misses);
    v.law("fills = evictions + fenced + held", fills, evictions + fenced + held);
  }
};

/// Counters of a walk cache.
struct WalkCacheStats {
  std::uint64_t lookups = 0;
  std::uint64_t misses = 0;
  std::array<WalkerStoreStats, kWalkCacheLevels> level;  ///< level[i - 1] is level i

  void describe(stats::Visitor& v) const {
    v.counter({"lookups", "walks", "walks that asked the walk cache"}, lookups);
    v.counter({"misses", "walks", "lookups that no level answered"}, misses);
    v.group("level1", "pointers read at level 1", level[0]);
    v.group("level2", "pointers read at level 2", level[1]);
    v.group("level3", "pointers read at level 3", level[2]);
    v.group("level4", "pointers read at level 4", level[3]);
    v.law("lookups = hits of all levels + misses", lookups,
          level[0].hits + level[1].hits + level[2].hits + level[3].hits + misses);
  }
};

}  // namespace tlmmu
