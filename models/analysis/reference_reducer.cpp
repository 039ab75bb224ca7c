// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/reference_reducer.h"

#include <algorithm>
#include <utility>

namespace tlmmu::analysis {

void ReferenceReducer::reference(PageOrdinal page) {
  ++now_;
  if (page.value() >= places_.size()) places_.resize(page.value() + std::size_t{1});
  Place& place = places_[page.value()];
  if (place.segment == segment_) {
    members_[place.member].last = now_;
    return;
  }
  if (members_.size() == frames_) end_segment();
  place = {segment_, static_cast<std::uint32_t>(members_.size())};
  members_.push_back({page, now_, now_});
}

std::vector<PageOrdinal> ReferenceReducer::finish() {
  end_segment();
  return std::exchange(reduced_, {});
}

void ReferenceReducer::end_segment() {
  kept_.clear();
  for (const Member& member : members_) {
    kept_.push_back({member.first, member.page});
    if (member.last != member.first) kept_.push_back({member.last, member.page});
  }
  std::sort(kept_.begin(), kept_.end(),
            [](const Kept& a, const Kept& b) { return a.time < b.time; });
  for (const Kept& kept : kept_) {
    if (reduced_.empty() || reduced_.back() != kept.page) reduced_.push_back(kept.page);
  }
  members_.clear();
  ++segment_;
}

}  // namespace tlmmu::analysis
