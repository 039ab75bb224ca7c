// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/command_queue.h"

#include <algorithm>

namespace tlmmu {

CommandQueue::CommandQueue(DiskScheduler scheduler, std::size_t depth) : scheduler_(scheduler) {
  waiting_.reserve(depth);
}

CommandQueue::Iterator CommandQueue::first_startable(const DiskTiming& medium,
                                                     Picoseconds now) const {
  return std::find_if(waiting_.begin(), waiting_.end(),
                      [&](const Entry& entry) { return medium.free_at(entry.block) <= now; });
}

CommandQueue::Iterator CommandQueue::nearest_ahead(const DiskTiming& medium,
                                                   Picoseconds now) const {
  const std::uint64_t arm = medium.arm_place();
  Iterator best = waiting_.end();
  std::uint64_t best_distance = 0;
  for (Iterator it = waiting_.begin(); it != waiting_.end(); ++it) {
    if (medium.free_at(it->block) > now) continue;
    const std::uint64_t place = medium.place(it->block);
    const bool ahead = direction_ == Direction::up ? place >= arm : place <= arm;
    const std::uint64_t distance = place >= arm ? place - arm : arm - place;
    if (ahead && (best == waiting_.end() || distance < best_distance)) {
      best = it;
      best_distance = distance;
    }
  }
  return best;
}

CommandQueue::Iterator CommandQueue::choose(const DiskTiming& medium, Picoseconds now) {
  if (scheduler_ == DiskScheduler::fifo) return first_startable(medium, now);
  const Iterator ahead = nearest_ahead(medium, now);
  if (ahead != waiting_.end() || first_startable(medium, now) == waiting_.end()) return ahead;
  direction_ = direction_ == Direction::up ? Direction::down : Direction::up;
  return nearest_ahead(medium, now);
}

std::optional<unsigned> CommandQueue::take(const DiskTiming& medium, Picoseconds now) {
  const Iterator chosen = choose(medium, now);
  if (chosen == waiting_.end()) return std::nullopt;
  const unsigned slot = chosen->slot;
  waiting_.erase(chosen);
  return slot;
}

std::optional<Picoseconds> CommandQueue::earliest(const DiskTiming& medium) const {
  std::optional<Picoseconds> result;
  for (const Entry& entry : waiting_) {
    const Picoseconds free = medium.free_at(entry.block);
    if (!result || free < *result) result = free;
  }
  return result;
}

}  // namespace tlmmu
