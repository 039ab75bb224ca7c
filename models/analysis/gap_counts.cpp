// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/gap_counts.h"

namespace tlmmu::analysis {

namespace {

std::uint32_t ones(std::uint64_t word) {
  return static_cast<std::uint32_t>(__builtin_popcountll(word));
}

std::uint32_t divided_up(std::uint32_t value, std::uint32_t by) {
  return value / by + (value % by != 0 ? 1U : 0U);
}

}  // namespace

void GapCounts::reset(std::uint32_t places) {
  std::uint32_t children = divided_up(places, kWordBits);
  bits_.assign(children, 0);
  std::size_t level = 0;
  do {
    children = divided_up(children, kChildren);
    if (level == levels_.size()) levels_.emplace_back();
    levels_[level++].assign(children, {});
  } while (children > 1);
  levels_.resize(level);
}

std::uint32_t GapCounts::add(std::uint32_t place) {
  std::uint64_t& word = bits_[place / kWordBits];
  const std::uint32_t bit = place % kWordBits;
  std::uint32_t gaps = ones(word >> bit);
  word |= std::uint64_t{1} << bit;
  std::uint32_t child = place / kWordBits;
  for (std::vector<Node>& nodes : levels_) {
    Node& node = nodes[child / kChildren];
    const std::uint32_t at = child % kChildren;
    gaps += node.above[at];
    for (std::uint32_t i = 0; i < kChildren; ++i) node.above[i] += i < at ? 1U : 0U;
    child /= kChildren;
  }
  return gaps;
}

}  // namespace tlmmu::analysis
