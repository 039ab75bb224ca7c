// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "models/base/random.h"

namespace tlmmu::scenario {

/// Ranks 1 to n with probabilities in proportion to 1 / rank^exponent. Integer arithmetic
/// throughout, so that the same seed gives the same ranks on every machine.
class ZipfTable {
 public:
  /// A table keeps 12 bytes or so for each rank.
  static constexpr std::uint64_t kMostRanks = std::uint64_t{1} << 24U;

  /// `ranks` is 1 to kMostRanks, `thousandths` of the exponent 1 to 4000.
  ZipfTable(std::uint64_t ranks, std::uint32_t thousandths);

  /// A rank, counted from 0: O(1) on average.
  std::uint64_t sample(Random& random) const;
  /// The weight of a rank, counted from 0; the first has 2^32.
  std::uint64_t weight(std::uint64_t rank) const {
    return up_to_[rank] - (rank == 0 ? 0 : up_to_[rank - 1]);
  }

 private:
  void make_guide();

  std::vector<std::uint64_t> up_to_;  ///< sums of the weights up to and with each rank
  /// The sum of all weights is cut into equal pieces, about one for each rank: the rank that holds
  /// the first point of each piece, where the search for a point of the piece begins.
  std::vector<std::uint32_t> guide_;
  unsigned piece_shift_ = 0;  ///< a piece has 2^piece_shift_ points
};

}  // namespace tlmmu::scenario
