// SPDX-License-Identifier: Apache-2.0
#include "models/app/cosim_machine.h"

#include <algorithm>

#include "models/base/error.h"
#include "models/platform/memory_map.h"

namespace tlmmu {

namespace {

std::vector<const cosim::WalkerKind*> walkers_of(const MmuConfig& mmu) {
  if (!mmu.ptw.walker.empty()) cosim::require_walker("mmu.ptw.walker", mmu.ptw.walker);
  WalkRules rules;
  rules.ad_update = mmu.ptw.ad_update;
  std::vector<const cosim::WalkerKind*> walkers;
  for (const cosim::WalkerKind& kind : cosim::walker_kinds()) {
    const bool named = mmu.ptw.walker.empty() || mmu.ptw.walker == kind.name;
    if (named && implements(kind, mmu.mode, rules)) walkers.push_back(&kind);
  }
  if (walkers.empty()) {
    throw InputError(cosim::no_walker_for(mmu.mode, rules, mmu.ptw.walker));
  }
  return walkers;
}

/// From a hit where the walker enters to a row of DRAM that has to be closed and opened first.
cosim::CycleRange pte_latency(const MachineConfig& config) {
  static constexpr std::uint64_t kMost = 1'000;
  std::vector<std::uint64_t> hits;
  const PteEntry entry = config.mmu.ptw.pte_entry;
  const auto pass = [&](const CacheConfig& cache, bool on_the_way) {
    if (on_the_way && cache.enabled) hits.push_back(cache.hit_latency.value());
  };
  pass(config.cache.l1d, entry == PteEntry::l1d);
  pass(config.cache.l2, entry != PteEntry::memory);
  const DramTiming& timing = config.dram.timing;
  const Cycles row_hit = timing.tCL + burst_cycles(config.dram.geometry);
  const auto beyond = [&](Cycles dram) {
    const Picoseconds memory =
        config.memory_controller.frontend_latency + timing.tCK * dram.value();
    return config.bus.latency.value() + config.cpu.clock.ceil_cycles(memory).value();
  };
  std::uint64_t most = beyond(timing.tRP + timing.tRCD + row_hit);
  for (const std::uint64_t hit : hits) most += hit;
  const std::uint64_t least = hits.empty() ? beyond(row_hit) : hits.front();
  const auto within = [](std::uint64_t cycles) {
    return std::clamp<std::uint64_t>(cycles, 1, kMost);
  };
  return {within(least), within(most)};
}

}  // namespace

CosimMachine cosim_machine(const MachineConfig& config) {
  const std::uint64_t frames = config.memory.size.value() >> kPageShift;
  return {walkers_of(config.mmu),
          pte_latency(config),
          {Ppn(kMemoryBase.value() >> kPageShift), frames & ~std::uint64_t{7}}};
}

}  // namespace tlmmu
