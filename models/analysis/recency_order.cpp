// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/recency_order.h"

namespace tlmmu::analysis {

/// Closes the gaps. At least half of the places are free afterwards, so that this costs O(1) for
/// each page put in.
void RecencyOrder::move_together() {
  std::uint32_t next = 0;
  for (std::uint32_t place = 0; place < next_place_; ++place) {
    if (gaps_.is_gap(place)) continue;
    place_of_[page_at_[place].value()] = next;
    page_at_[next++] = page_at_[place];
  }
  next_place_ = next;
  gaps_made_ = 0;
  if (next > page_at_.size() / 4) page_at_.resize(page_at_.size() * 2);
  gaps_.reset(static_cast<std::uint32_t>(page_at_.size()));
}

}  // namespace tlmmu::analysis
