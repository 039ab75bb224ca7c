// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace tlmmu::analysis {

/// Places in a row, some of which are gaps. Making a gap says how many gaps are above it.
///
/// A bit for each place says whether it is a gap. Above the words of bits stands a tree whose nodes
/// have 16 children: for each child, the gaps in its siblings above it. So each level costs one
/// number to be read and one node of a cache line to be counted up, without a branch.
class GapCounts {
 public:
  /// `places` places without a gap.
  explicit GapCounts(std::uint32_t places) { reset(places); }
  void reset(std::uint32_t places);

  bool is_gap(std::uint32_t place) const {
    return (bits_[place / kWordBits] >> (place % kWordBits) & 1U) != 0;
  }
  /// Makes a gap of `place`, which is none; the number of gaps above it. O(log places).
  std::uint32_t add(std::uint32_t place);

 private:
  static constexpr std::uint32_t kWordBits = 64;
  static constexpr std::uint32_t kChildren = 16;

  /// For each child: the gaps in its siblings above.
  struct alignas(64) Node {
    std::array<std::uint32_t, kChildren> above{};
  };

  std::vector<std::uint64_t> bits_;
  std::vector<std::vector<Node>> levels_;  ///< the one above the bits first; the root last
};

}  // namespace tlmmu::analysis
