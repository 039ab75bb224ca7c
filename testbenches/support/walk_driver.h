// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "models/ptw/walk.h"
#include "models/ptw/walk_cache.h"

namespace tlmmu::testing {

/// What a walk did and how it ended.
struct WalkRecord {
  std::vector<PteRead> reads;
  std::vector<PteUpdate> updates;
  WalkStep end;

  const Translation* translation() const { return std::get_if<Translation>(&end); }
  const WalkFault* fault() const { return std::get_if<WalkFault>(&end); }
};

/// Runs `walk`, a Walk or a TwoStageWalk, to its end against `memory`, which has
/// `read(PhysicalAddress) -> optional<Pte>` (empty: no such memory) and `write(PhysicalAddress,
/// Pte) -> bool`. `before_swap` runs ahead of each compare-and-swap, where a test may play another
/// agent.
template <class AnyWalk, class Memory>
WalkRecord run_walk(AnyWalk walk, Memory& memory, const std::function<void()>& before_swap = {}) {
  WalkRecord record;
  while (!walk.ended()) {
    std::optional<Pte> found;
    if (const auto* read = std::get_if<PteRead>(&walk.step())) {
      record.reads.push_back(*read);
      found = memory.read(read->address);
    } else {
      const auto& update = std::get<PteUpdate>(walk.step());
      record.updates.push_back(update);
      if (before_swap) before_swap();
      found = memory.read(update.address);
      if (found == update.expected) memory.write(update.address, update.desired);
    }
    if (found) {
      walk.supply(*found);
    } else {
      walk.supply_error();
    }
  }
  record.end = walk.step();
  return record;
}

/// Runs a walk for `request` through `cache`, as a walker does, against `memory`; no PTE of it may
/// need an update.
template <class Memory>
WalkRecord run_walk(const WalkRequest& request, WalkCache& cache, WalkCacheStats& stats,
                    const Memory& memory) {
  WalkRecord record;
  record.reads.reserve(kMaxLevels);
  Walk walk(request, {});
  if (const auto known = cache.lookup(request, stats)) walk.start_at(*known);
  while (const auto* wanted = std::get_if<PteRead>(&walk.step())) {
    const PteRead read = *wanted;
    record.reads.push_back(read);
    walk.supply(memory.read(read.address).value());
    if (walk.table().level != read.level) cache.fill(request, walk.table(), stats);
  }
  record.end = walk.step();
  return record;
}

}  // namespace tlmmu::testing
