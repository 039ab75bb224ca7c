// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/disk/swap_area.h"

#include <new>

namespace tlmmu::kernel {

void SwapArea::start(const Tables& tables, const Place& place) {
  tables_ = tables;
  place_ = place;
  next_ = place.first;
}

std::optional<std::uint64_t> SwapArea::take(std::uint64_t limit) {
  const bool filling = current_ && tables_.clusters[*current_].free > 0;
  const std::uint64_t end = place_.end < limit ? place_.end : limit;
  if (!filling) {
    current_.reset();
    if (free_.empty() && next_ < end) return take_unused();
    Clusters& from = free_.empty() ? partial_ : free_;
    if (from.empty()) return std::nullopt;
    current_ = static_cast<std::uint64_t>(&from.front() - tables_.clusters);
  }
  return take_from(*current_);
}

std::uint64_t SwapArea::take_unused() {
  const std::uint64_t slot = next_++;
  if (slot == place_.first || slot % tables_.cluster_slots == 0) {
    new (&tables_.clusters[cluster_of(slot)]) SwapCluster();
  }
  new (&tables_.blocks[slot]) Block();
  ++used;
  return slot;
}

std::uint64_t SwapArea::take_from(std::uint64_t number) {
  SwapCluster& cluster = tables_.clusters[number];
  std::uint64_t slot = number * tables_.cluster_slots;
  while (tables_.blocks[slot].use != BlockUse::free) ++slot;
  if (cluster.free == tables_.cluster_slots) {
    free_.erase(free_.iterator_to(cluster));
    partial_.push_front(cluster);
  }
  if (--cluster.free == 0) partial_.erase(partial_.iterator_to(cluster));
  new (&tables_.blocks[slot]) Block();
  ++used;
  return slot;
}

void SwapArea::give(std::uint64_t slot) {
  SwapCluster& cluster = tables_.clusters[cluster_of(slot)];
  tables_.blocks[slot].use = BlockUse::free;
  --used;
  if (cluster.free++ == 0) partial_.push_back(cluster);
  if (cluster.free < tables_.cluster_slots) return;
  partial_.erase(partial_.iterator_to(cluster));
  free_.push_back(cluster);
}

}  // namespace tlmmu::kernel
