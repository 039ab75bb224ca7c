// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "models/arch/fence.h"
#include "models/ptw/walk.h"
#include "models/ptw/walk_cache_config.h"
#include "models/ptw/walk_cache_stats.h"
#include "models/replacement/set_associative.h"

namespace tlmmu {

/// Remembers pointers to page tables, so that a walk may begin below the root: per upper level of
/// the page table a set-associative store of the pointers read at that level, keyed by the virtual
/// address's higher VPN fields and the owner. Pointers below one with G set match every ASID. Of a
/// virtual machine it holds the VS stage's pointers, to guest-physical tables; the G stage's are in
/// a walk cache of their own.
class WalkCache {
 public:
  /// `seed` matters to random replacement only.
  WalkCache(const WalkCacheConfig& config, std::uint64_t seed);

  /// Whether a walk in `mode` can find anything here; one that cannot does not ask and waits for
  /// nothing.
  bool serves(const PagingMode& mode) const;

  /// The lowest table on the way of `request` that is known. Levels are asked from the deepest up;
  /// those above a hit count and age nothing.
  std::optional<TablePointer> lookup(const WalkRequest& request, WalkCacheStats& stats);

  /// Takes in the pointer to `table` that a walk for `request` has just read at table.level + 1,
  /// after lookup() missed there.
  void fill(const WalkRequest& request, const TablePointer& table, WalkCacheStats& stats);

  /// A fence. One that names an address orders leaf PTEs only and leaves pointers alone
  /// (privileged architecture, "Supervisor Memory-Management Fence Instruction").
  void fence(const Fence& fence, WalkCacheStats& stats);

 private:
  struct Entry {
    Ppn table;
    SpaceTag tag;
    Reach reach;
  };
  using Level = replacement::SetAssociative<Entry>;

  std::array<std::optional<Level>, kWalkCacheLevels>
      levels_;  // [i - 1] is level i; empty: left out
};

}  // namespace tlmmu
