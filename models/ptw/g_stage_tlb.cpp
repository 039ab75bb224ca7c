// SPDX-License-Identifier: Apache-2.0
#include "models/ptw/g_stage_tlb.h"

#include "models/arch/permissions.h"

namespace tlmmu {

GStageTlb::GStageTlb(const WalkerStoreConfig& config, std::uint64_t seed) {
  if (config.entries == 0) return;
  entries_.emplace(replacement::Geometry{config.entries / config.ways, config.ways},
                   config.replacement, seed);
}

std::optional<Translation> GStageTlb::lookup(const WalkRequest& request, WalkerStoreStats& stats) {
  if (!entries_) return std::nullopt;
  ++stats.accesses;
  const std::uint64_t page = request.address.page().value();
  const replacement::Set set = entries_->set_of(page);
  const auto slot =
      entries_->find(set, page, [&](const Entry& entry) { return entry.tag == tag_of(request); });
  if (slot) {
    const Translation& found = entries_->at(*slot).translation;
    if (permits(found.flags, request.type, request.context) &&
        accessed_dirty_current(found.flags, request.type)) {
      ++stats.hits;
      entries_->touch(set, *slot);
      return found;
    }
  }
  ++stats.misses;
  return std::nullopt;
}

void GStageTlb::fill(const WalkRequest& request, const Translation& translation,
                     WalkerStoreStats& stats) {
  if (!entries_) return;
  const Entry entry{tag_of(request), translation};
  const std::uint64_t page = request.address.page().value();
  const replacement::Set set = entries_->set_of(page);
  // An entry that permitted too little makes room for its successor.
  const auto old = entries_->find(set, page, [&](const Entry& e) { return e.tag == entry.tag; });
  if (old) entries_->erase(*old);
  const bool evicted = entries_->insert(set, page, entry).has_value();
  if (old || evicted) ++stats.evictions;
  ++stats.fills;
  stats.held = entries_->size();
}

void GStageTlb::fence(const Fence& fence, WalkerStoreStats& stats) {
  if (!entries_) return;
  const std::uint64_t before = entries_->size();
  entries_->erase_if([&](const Entry& entry) {
    if (!fence.names(entry.tag, false)) return false;
    return !fence.vpn || align_down(*fence.vpn, entry.translation.size) == entry.translation.vpn;
  });
  stats.held = entries_->size();
  stats.fenced += before - stats.held;
}

}  // namespace tlmmu
