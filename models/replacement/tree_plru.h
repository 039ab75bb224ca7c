// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/replacement/geometry.h"

namespace tlmmu::replacement {

/// Tree pseudo-LRU: a binary tree over the ways, whose nodes point away from the half that was used
/// last; the victim is where the pointers lead. Ways are a power of two.
class TreePlru {
 public:
  explicit TreePlru(Geometry geometry)
      : geometry_(geometry), nodes_(std::size_t{geometry.sets} * geometry.ways, 0) {}

  void touch(Set set, Slot slot) {
    std::uint8_t* tree = tree_of(set);
    // leaf `way` is node ways + way of a heap whose root is node 1
    for (std::uint32_t node = geometry_.ways + geometry_.way_of(set, slot); node > 1; node /= 2) {
      tree[node / 2] = static_cast<std::uint8_t>((node & 1U) ^ 1U);
    }
  }
  void fill(Set set, Slot slot) { touch(set, slot); }
  Slot victim(Set set) {
    const std::uint8_t* tree = tree_of(set);
    std::uint32_t node = 1;
    while (node < geometry_.ways) node = 2 * node + tree[node];
    return geometry_.slot(set, node - geometry_.ways);
  }
  friend bool operator==(const TreePlru& a, const TreePlru& b) { return a.nodes_ == b.nodes_; }

 private:
  std::uint8_t* tree_of(Set set) { return &nodes_[std::size_t{set.value()} * geometry_.ways]; }

  Geometry geometry_;
  std::vector<std::uint8_t> nodes_;  // per set: node 0 unused, then the heap; 1 points to the right
};

}  // namespace tlmmu::replacement
