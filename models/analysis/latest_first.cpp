// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/latest_first.h"

#include "models/base/bits.h"

namespace tlmmu::analysis {

LatestFirst::LatestFirst(std::uint64_t times) {
  std::uint64_t words = times;
  do {
    words = round_up(words, kWordBits) / kWordBits;
    levels_.emplace_back(words);
  } while (words > 1);
}

void LatestFirst::add(std::uint32_t time) {
  for (std::vector<std::uint64_t>& words : levels_) {
    std::uint64_t& word = words[time / kWordBits];
    const bool known_above = word != 0;
    word |= std::uint64_t{1} << (time % kWordBits);
    if (known_above) return;
    time /= kWordBits;
  }
}

std::uint32_t LatestFirst::take_latest() {
  std::uint32_t latest = 0;
  for (auto words = levels_.rbegin(); words != levels_.rend(); ++words) {
    latest = latest * kWordBits + log2_floor((*words)[latest]);
  }
  std::uint32_t time = latest;
  for (std::vector<std::uint64_t>& words : levels_) {
    std::uint64_t& word = words[time / kWordBits];
    word &= ~(std::uint64_t{1} << (time % kWordBits));
    if (word != 0) break;
    time /= kWordBits;
  }
  return latest;
}

}  // namespace tlmmu::analysis
