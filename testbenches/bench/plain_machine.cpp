// SPDX-License-Identifier: Apache-2.0
#include "testbenches/bench/plain_machine.h"

#include "models/platform/machine_config.h"

namespace tlmmu {

namespace {

constexpr unsigned kLineShift = 6;
constexpr unsigned kIndexBits = 9;
constexpr std::uint64_t kMemoryCycles = 100;

PlainArray tlb(const TlbConfig& config) {
  return {config.entries / config.ways, config.ways};
}

PlainArray cache(const CacheConfig& config) {
  return {config.size.value() / config.line.value() / config.ways, config.ways};
}

PlainArray walk_cache(const WalkCacheLevelConfig& config) {
  return {config.entries / config.ways, config.ways};
}

const MachineConfig& machine() {
  static const MachineConfig config;
  return config;
}

}  // namespace

PlainMachine::PlainMachine()
    : l1_itlb_(tlb(machine().mmu.l1_itlb)),
      l1_dtlb_(tlb(machine().mmu.l1_dtlb)),
      l2_tlb_(tlb(machine().mmu.l2_tlb)),
      l1i_(cache(machine().cache.l1i)),
      l1d_(cache(machine().cache.l1d)),
      l2_(cache(machine().cache.l2)) {
  const auto& levels = machine().mmu.ptw.walk_cache;
  for (const auto* level : {&levels.level3, &levels.level2, &levels.level1}) {
    walk_cache_.push_back(walk_cache(*level));
  }
}

void PlainMachine::access(const MemoryAccess& access) {
  const bool fetch = access.type == AccessType::fetch;
  const std::uint64_t vpn = access.address.page().value();
  const std::uint64_t frame = translate(vpn, fetch ? l1_itlb_ : l1_dtlb_);
  memory((frame << kPageShift) | access.address.page_offset().value(), fetch ? l1i_ : l1d_);
  ++cycles_;
}

std::uint64_t PlainMachine::translate(std::uint64_t vpn, PlainArray& first_level) {
  if (const auto* frame = first_level.find(vpn)) return *frame;
  const auto* found = l2_tlb_.find(vpn);
  const std::uint64_t frame = found != nullptr ? *found : walk(vpn);
  if (found == nullptr) l2_tlb_.insert(vpn, frame);
  first_level.insert(vpn, frame);
  return frame;
}

PlainMachine::Table& PlainMachine::table(std::uint64_t& entry) {
  if (entry == 0) {
    tables_.push_back(std::make_unique<Table>());
    entry = tables_.size();
  }
  return *tables_[entry - 1];
}

std::uint64_t PlainMachine::walk(std::uint64_t vpn) {
  ++walks_;
  std::uint64_t* entry = &root_;
  for (unsigned level = 4; level-- > 0;) {
    const std::uint64_t prefix = vpn >> (level * kIndexBits);
    if (level > 0) {
      PlainArray& cached = walk_cache_[3 - level];
      if (cached.find(prefix) == nullptr) {
        cached.insert(prefix, 1);
        memory(prefix * 8, l1d_);
      }
    } else {
      memory(prefix * 8, l1d_);
    }
    entry = &table(*entry).entries[prefix % 512];
  }
  if (*entry == 0) *entry = next_frame_++;
  return *entry;
}

void PlainMachine::memory(std::uint64_t physical, PlainArray& first_level) {
  const std::uint64_t line = physical >> kLineShift;
  ++cycles_;
  if (first_level.find(line) != nullptr) return;
  first_level.insert(line, 1);
  cycles_ += 10;
  if (l2_.find(line) != nullptr) return;
  l2_.insert(line, 1);
  cycles_ += kMemoryCycles;
}

}  // namespace tlmmu
