// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "models/analysis/large_vector.h"

namespace tlmmu::analysis {

/// How many references had which LRU stack distance, and with it the faults of an LRU memory of
/// every size: a reference of distance d faults in all memories of fewer than d frames.
class StackDistances {
 public:
  /// A reference of `distance`, which is at most the number of first references before it.
  void record(std::uint32_t distance) { ++references_[distance]; }
  /// `distance` will be recorded soon: begins to read from memory what that needs.
  void prefetch(std::uint32_t distance) const {
    if (distance < references_.size()) __builtin_prefetch(&references_[distance], 1);
  }
  /// A page's first reference, which faults in every memory.
  void record_first() { references_.push_back(0); }
  /// `count` references to the page on top.
  void record_repeats(std::uint64_t count) { references_[1] += count; }

  /// References at `distance`, 1 to pages().
  std::uint64_t at(std::uint32_t distance) const { return references_[distance]; }
  /// Distinct pages, which is also the number of first references.
  std::uint32_t pages() const { return static_cast<std::uint32_t>(references_.size() - 1); }

  /// LRU faults of each size: element m for m frames, from 0 (all references) to pages().
  std::vector<std::uint64_t> faults() const;

 private:
  LargeVector<std::uint64_t> references_{0};  ///< by distance; 0 is no distance
};

}  // namespace tlmmu::analysis
