// SPDX-License-Identifier: Apache-2.0
#include "models/ptw/walk_cache.h"

#include <algorithm>

#include "models/base/random.h"

namespace tlmmu {

namespace {

/// The virtual address's VPN fields of `level` and above: what a pointer read at `level` serves.
std::uint64_t prefix(const WalkRequest& request, unsigned level) {
  const PagingMode& mode = paging_mode(request.space.mode);
  return request.address.value() >> (kPageShift + level * mode.index_bits);
}

/// To whom a pointer that a walk for `request` reads belongs: what both stages need of the VS
/// stage, the VS stage alone can use.
SpaceTag owner(const WalkRequest& request) {
  const SpaceTag tag = tag_of(request);
  return request.stages == Stages::both ? tag.of(Stages::vs) : tag;
}

/// Upper levels of `mode` that the walk cache knows.
unsigned upper_levels(const PagingMode& mode) {
  return std::min(mode.levels - 1, kWalkCacheLevels);
}

}  // namespace

WalkCache::WalkCache(const WalkCacheConfig& config, std::uint64_t seed) {
  Random seeds(seed);
  const WalkCacheLevelConfig* configs[] = {&config.level1, &config.level2, &config.level3,
                                           &config.level4};
  for (unsigned i = 0; i < kWalkCacheLevels; ++i) {
    const std::uint64_t level_seed = seeds.next();
    const WalkCacheLevelConfig& level = *configs[i];
    if (level.entries == 0) continue;
    levels_[i].emplace(replacement::Geometry{level.entries / level.ways, level.ways},
                       level.replacement, level_seed);
  }
}

bool WalkCache::serves(const PagingMode& mode) const {
  const auto end = levels_.begin() + upper_levels(mode);
  return std::any_of(levels_.begin(), end, [](const auto& level) { return level.has_value(); });
}

std::optional<TablePointer> WalkCache::lookup(const WalkRequest& request, WalkCacheStats& stats) {
  ++stats.lookups;
  const unsigned upper = upper_levels(paging_mode(request.space.mode));
  const SpaceTag asker = owner(request);
  for (unsigned number = 1; number <= upper; ++number) {
    auto& level = levels_[number - 1];
    if (!level) continue;
    WalkerStoreStats& counts = stats.level[number - 1];
    ++counts.accesses;
    const std::uint64_t tag = prefix(request, number);
    const replacement::Set set = level->set_of(tag);
    const auto slot = level->find(set, tag, [&](const Entry& entry) {
      return entry.tag == asker || (entry.reach == Reach::global && entry.tag.same_but_asid(asker));
    });
    if (slot) {
      ++counts.hits;
      level->touch(set, *slot);
      const Entry& entry = level->at(*slot);
      return TablePointer{entry.table, number - 1, entry.reach};
    }
    ++counts.misses;
  }
  ++stats.misses;
  return std::nullopt;
}

void WalkCache::fill(const WalkRequest& request, const TablePointer& table, WalkCacheStats& stats) {
  const unsigned number = table.level + 1;
  if (number > kWalkCacheLevels || !levels_[number - 1]) return;
  Level& level = *levels_[number - 1];
  WalkerStoreStats& counts = stats.level[number - 1];
  const std::uint64_t tag = prefix(request, number);
  const Entry entry{table.table, owner(request), table.reach};
  if (level.insert(level.set_of(tag), tag, entry)) ++counts.evictions;
  ++counts.fills;
  counts.held = level.size();
}

void WalkCache::fence(const Fence& fence, WalkCacheStats& stats) {
  if (fence.vpn) return;
  for (unsigned i = 0; i < kWalkCacheLevels; ++i) {
    if (!levels_[i]) continue;
    const std::uint64_t before = levels_[i]->size();
    levels_[i]->erase_if(
        [&](const Entry& entry) { return fence.names(entry.tag, entry.reach == Reach::global); });
    stats.level[i].held = levels_[i]->size();
    stats.level[i].fenced += before - stats.level[i].held;
  }
}

}  // namespace tlmmu
