// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "models/analysis/gap_counts.h"
#include "models/analysis/large_vector.h"
#include "models/analysis/page_index.h"

namespace tlmmu::analysis {

/// Pages in the order in which they were put in. Taking one out says how many were put in after it:
/// O(log n). Memory is proportional to the largest ordinal.
///
/// Each page stands at a place, and later pages stand at higher places. A page that is taken out
/// leaves a gap; the pages above a place are the places above it without the gaps. When the places
/// are used up, the pages move together and keep their order.
class RecencyOrder {
 public:
  RecencyOrder() : gaps_(kFirstPlaces), page_at_(kFirstPlaces) {}

  /// Puts in `page`, which is not in, as the most recent one.
  void push(PageOrdinal page) {
    if (next_place_ == page_at_.size()) move_together();
    if (page.value() >= place_of_.size()) place_of_.resize(page.value() + std::size_t{1});
    place_of_[page.value()] = next_place_;
    page_at_[next_place_++] = page;
  }
  /// Takes out `page`, which is in; the number of pages that are more recent.
  std::uint32_t remove(PageOrdinal page) {
    const std::uint32_t place = place_of_[page.value()];
    ++gaps_made_;
    return next_place_ - 1 - place - gaps_.add(place);
  }
  /// `page` will be taken out or put in soon: begins to read from memory what that needs.
  void prefetch(PageOrdinal page) const {
    if (page.value() < place_of_.size()) __builtin_prefetch(&place_of_[page.value()], 1);
  }

  std::uint32_t size() const { return next_place_ - gaps_made_; }

 private:
  static constexpr std::uint32_t kFirstPlaces = 1024;

  void move_together();

  GapCounts gaps_;
  std::vector<PageOrdinal> page_at_;     ///< for each place
  LargeVector<std::uint32_t> place_of_;  ///< for each page
  std::uint32_t next_place_ = 0;
  std::uint32_t gaps_made_ = 0;  ///< gaps below next_place_
};

}  // namespace tlmmu::analysis
