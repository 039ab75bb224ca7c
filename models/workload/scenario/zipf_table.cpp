// SPDX-License-Identifier: Apache-2.0
#include "models/workload/scenario/zipf_table.h"

#include <algorithm>
#include <array>

#include "models/base/bits.h"

namespace tlmmu::scenario {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr unsigned kFraction = 32;  ///< bits behind the point of a logarithm
constexpr std::uint64_t kOne = std::uint64_t{1} << 63U;

/// log2(n) with kFraction bits behind the point: the bits come one by one from squaring.
std::uint64_t log2_fixed(std::uint64_t n) {
  const unsigned whole = log2_floor(n);
  Wide x = Wide{n} << (63 - whole);  // 1 <= x / 2^63 < 2
  std::uint64_t result = whole;
  for (unsigned i = 0; i < kFraction; ++i) {
    x = (x * x) >> 63U;
    const bool at_least_two = (x >> 64U) != 0;
    result = 2 * result + (at_least_two ? 1 : 0);
    if (at_least_two) x >>= 1U;
  }
  return result;
}

/// The largest root with root^2 <= square.
std::uint64_t square_root(Wide square) {
  std::uint64_t root = 0;
  for (unsigned bit = 64; bit-- > 0;) {
    const std::uint64_t candidate = root | (std::uint64_t{1} << bit);
    if (Wide{candidate} * candidate <= square) root = candidate;
  }
  return root;
}

/// 2^-(1/2), 2^-(1/4), 2^-(1/8), ... in units of 2^-63.
std::array<std::uint64_t, kFraction> roots_of_a_half() {
  std::array<std::uint64_t, kFraction> roots{};
  std::uint64_t root = kOne / 2;
  for (std::uint64_t& next : roots) next = root = square_root(Wide{root} << 63U);
  return roots;
}

}  // namespace

ZipfTable::ZipfTable(std::uint64_t ranks, std::uint32_t thousandths) {
  const auto roots = roots_of_a_half();
  up_to_.reserve(static_cast<std::size_t>(ranks));
  std::uint64_t sum = 0;
  for (std::uint64_t rank = 1; rank <= ranks; ++rank) {
    // rank^-s = 2^-(s log2 rank) = 2^-whole * 2^-fraction
    const auto power =
        static_cast<std::uint64_t>(Wide{log2_fixed(rank)} * thousandths / std::uint64_t{1000});
    std::uint64_t value = kOne;
    for (unsigned i = 0; i < kFraction; ++i) {
      if (bits(power, kFraction - 1 - i, 1) == 0) continue;
      value = static_cast<std::uint64_t>((Wide{value} * roots[i]) >> 63U);
    }
    // 2^32 for the first rank; above 0 also for the last
    const std::uint64_t shift = (power >> kFraction) + 31;
    sum += shift < 64 ? std::max<std::uint64_t>(value >> shift, 1) : 1;
    up_to_.push_back(sum);
  }
  make_guide();
}

void ZipfTable::make_guide() {
  const std::uint64_t last = up_to_.back() - 1;
  const unsigned pieces = log2_floor(up_to_.size()) + 1;
  const unsigned width = log2_floor(last) + 1;
  piece_shift_ = width > pieces ? width - pieces : 0;
  std::uint32_t rank = 0;
  for (std::uint64_t piece = 0; piece <= last >> piece_shift_; ++piece) {
    while (up_to_[rank] <= piece << piece_shift_) ++rank;
    guide_.push_back(rank);
  }
}

std::uint64_t ZipfTable::sample(Random& random) const {
  const std::uint64_t point = random.below(up_to_.back());
  std::uint64_t rank = guide_[static_cast<std::size_t>(point >> piece_shift_)];
  while (up_to_[static_cast<std::size_t>(rank)] <= point) ++rank;
  return rank;
}

}  // namespace tlmmu::scenario
