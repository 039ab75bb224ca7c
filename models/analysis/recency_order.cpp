// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/recency_order.h"

namespace tlmmu::analysis {

namespace {

std::uint32_t ones(std::uint64_t word) {
  return static_cast<std::uint32_t>(__builtin_popcountll(word));
}

/// The node above node `i` of a Fenwick tree, towards larger (update) or smaller sums (query).
constexpr std::uint32_t up(std::uint32_t i) {
  return i + (i & (~i + 1));
}
constexpr std::uint32_t down(std::uint32_t i) {
  return i & (i - 1);
}

}  // namespace

RecencyOrder::RecencyOrder()
    : bits_(kFirstPlaces / kWordBits),
      counts_(kFirstPlaces / kBlockBits + 1),
      page_at_(kFirstPlaces) {}

void RecencyOrder::push(PageOrdinal page) {
  if (next_place_ == places()) move_together();
  if (page.value() >= place_of_.size()) place_of_.resize(page.value() + std::size_t{1});
  const std::uint32_t place = next_place_++;
  page_at_[place] = page;
  place_of_[page.value()] = place;
  flip(place);
  for (std::uint32_t i = place / kBlockBits + 1; i < counts_.size(); i = up(i)) ++counts_[i];
  ++size_;
}

std::uint32_t RecencyOrder::remove(PageOrdinal page) {
  const std::uint32_t place = place_of_[page.value()];
  const std::uint32_t newer = size_ - taken_up_to(place);
  flip(place);
  for (std::uint32_t i = place / kBlockBits + 1; i < counts_.size(); i = up(i)) --counts_[i];
  --size_;
  return newer;
}

/// The pages at `place` and below.
std::uint32_t RecencyOrder::taken_up_to(std::uint32_t place) const {
  std::uint32_t sum = 0;
  for (std::uint32_t i = place / kBlockBits; i != 0; i = down(i)) sum += counts_[i];
  const std::uint32_t last_word = place / kWordBits;
  for (std::uint32_t word = place / kBlockBits * (kBlockBits / kWordBits); word < last_word;
       ++word) {
    sum += ones(bits_[word]);
  }
  return sum + ones(bits_[last_word] << (kWordBits - 1 - place % kWordBits));
}

/// Closes the gaps. At least half of the places are free afterwards, so that this costs O(1) for
/// each page put in.
void RecencyOrder::move_together() {
  std::uint32_t next = 0;
  for (std::uint32_t place = 0; place < places(); ++place) {
    if (!taken(place)) continue;
    place_of_[page_at_[place].value()] = next;
    page_at_[next++] = page_at_[place];
  }
  next_place_ = next;
  if (next > places() / 4) page_at_.resize(std::size_t{places()} * 2);
  bits_.assign(places() / kWordBits, 0);
  for (std::uint32_t place = 0; place < next; ++place) flip(place);
  count_blocks();
}

void RecencyOrder::count_blocks() {
  counts_.assign(places() / kBlockBits + std::size_t{1}, 0);
  for (std::uint32_t i = 1; i < counts_.size(); ++i) {
    const std::uint32_t first = (i - 1) * kBlockBits;
    if (next_place_ > first) {
      counts_[i] += next_place_ - first < kBlockBits ? next_place_ - first : kBlockBits;
    }
    if (up(i) < counts_.size()) counts_[up(i)] += counts_[i];
  }
}

}  // namespace tlmmu::analysis
