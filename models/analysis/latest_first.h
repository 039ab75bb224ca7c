// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace tlmmu::analysis {

/// A set of times, from which the latest is taken.
///
/// A bit for each time says whether it is in. Above the words of bits stand levels of bits that say
/// which words below are not 0: O(log of the latest time), a 64th of it for each level.
class LatestFirst {
 public:
  /// For times 0 to `times` - 1; at least 1.
  explicit LatestFirst(std::uint64_t times);

  bool has(std::uint32_t time) const {
    return (levels_[0][time / kWordBits] >> (time % kWordBits) & 1U) != 0;
  }
  /// Puts in `time`, which is not in.
  void add(std::uint32_t time);
  /// `time` will be put in soon: begins to read from memory what that needs.
  void prefetch(std::uint32_t time) const { __builtin_prefetch(&levels_[0][time / kWordBits], 1); }
  /// Takes out the latest time; there is one.
  std::uint32_t take_latest();

 private:
  static constexpr std::uint32_t kWordBits = 64;

  std::vector<std::vector<std::uint64_t>> levels_;  ///< that of the times first; one word last
};

}  // namespace tlmmu::analysis
