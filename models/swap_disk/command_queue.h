// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "models/swap_disk/disk_timing.h"

namespace tlmmu {

/// The commands that wait for the medium, and the choice of the next one.
class CommandQueue {
 public:
  struct Entry {
    unsigned slot;      ///< the command's place in the controller
    BlockNumber block;  ///< the first one that it wants
  };

  CommandQueue(DiskScheduler scheduler, std::size_t depth);

  /// There must be room; never allocates.
  void push(Entry entry) { waiting_.push_back(entry); }
  /// Takes out the command that the medium should begin now, if it can begin one.
  std::optional<unsigned> take(const DiskTiming& medium, Picoseconds now);
  /// When the medium could begin one of the waiting commands; nothing if none waits.
  std::optional<Picoseconds> earliest(const DiskTiming& medium) const;

 private:
  enum class Direction : std::uint8_t { up, down };
  using Iterator = std::vector<Entry>::const_iterator;

  Iterator first_startable(const DiskTiming& medium, Picoseconds now) const;
  Iterator nearest_ahead(const DiskTiming& medium, Picoseconds now) const;
  Iterator choose(const DiskTiming& medium, Picoseconds now);

  DiskScheduler scheduler_;
  Direction direction_ = Direction::up;
  std::vector<Entry> waiting_;  // in order of arrival
};

}  // namespace tlmmu
