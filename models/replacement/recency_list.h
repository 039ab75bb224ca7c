// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/replacement/geometry.h"

namespace tlmmu::replacement {

/// The slots of every set in an order from newest to oldest: one circular intrusive list a set, so
/// that each step costs the same for 4 ways as for 1536. At first way 0 is the newest.
class RecencyList {
 public:
  explicit RecencyList(Geometry geometry) : links_(geometry.slots()), newest_(geometry.sets) {
    for (std::uint32_t set = 0; set < geometry.sets; ++set) {
      const std::uint32_t first = set * geometry.ways;
      newest_[set] = first;
      for (std::uint32_t way = 0; way < geometry.ways; ++way) {
        links_[first + way] = {first + (way + geometry.ways - 1) % geometry.ways,
                               first + (way + 1) % geometry.ways};
      }
    }
  }

  Slot oldest(Set set) const { return Slot(links_[newest_[set.value()]].newer); }

  /// Makes `slot` the newest of its set `set`.
  void renew(Set set, Slot slot) {
    const std::uint32_t moved = slot.value();
    std::uint32_t& head = newest_[set.value()];
    if (head == moved) return;
    const std::uint32_t tail = links_[head].newer;
    if (tail != moved) {
      const Link old = links_[moved];
      links_[old.newer].older = old.older;
      links_[old.older].newer = old.newer;
      links_[moved] = {tail, head};
      links_[tail].older = moved;
      links_[head].newer = moved;
    }
    head = moved;  // the oldest of a circle is already next to the newest
  }

  friend bool operator==(const RecencyList& a, const RecencyList& b) {
    return a.newest_ == b.newest_ && a.links_ == b.links_;
  }

 private:
  struct Link {
    std::uint32_t newer;
    std::uint32_t older;
    friend bool operator==(Link a, Link b) { return a.newer == b.newer && a.older == b.older; }
  };

  std::vector<Link> links_;            // by slot
  std::vector<std::uint32_t> newest_;  // by set
};

}  // namespace tlmmu::replacement
