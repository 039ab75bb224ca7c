// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/reference_reducer.h"

#include <utility>

namespace tlmmu::analysis {

void ReferenceReducer::reference(PageOrdinal page) {
  if (page.value() >= latest_.size()) latest_.resize(page.value() + std::size_t{1});
  Latest& latest = latest_[page.value()];
  if (latest.time() < segment_begin_) {
    if (segment_pages_ == frames_) end_segment();
    ++segment_pages_;
    latest = {now(), Latest::Kind::first};
  } else {
    if (latest.kind() == Latest::Kind::repeated) drop(latest.time());
    latest = {now(), Latest::Kind::repeated};
  }
  segment_.push_back(page);
}

std::vector<PageOrdinal> ReferenceReducer::finish() {
  end_segment();
  return std::exchange(reduced_, {});
}

void ReferenceReducer::drop(std::uint64_t time) {
  segment_[time - segment_begin_] = kDropped;
  if (++dropped_ > segment_pages_ + kSlack) close_gaps();
}

/// Makes room where references were dropped. The rest stays in its order and gets later times.
void ReferenceReducer::close_gaps() {
  const std::uint64_t old_begin = segment_begin_;
  segment_begin_ = now();
  std::size_t kept = 0;
  for (std::size_t i = 0; i < segment_.size(); ++i) {
    const PageOrdinal page = segment_[i];
    if (page == kDropped) continue;
    Latest& latest = latest_[page.value()];
    if (latest.time() == old_begin + i) latest = {segment_begin_ + kept, latest.kind()};
    segment_[kept++] = page;
  }
  segment_.resize(kept);
  dropped_ = 0;
}

void ReferenceReducer::end_segment() {
  for (const PageOrdinal page : segment_) {
    const bool repeats = !reduced_.empty() && reduced_.back() == page;
    if (page != kDropped && !repeats) reduced_.push_back(page);
  }
  segment_begin_ = now();
  segment_.clear();
  segment_pages_ = 0;
  dropped_ = 0;
}

}  // namespace tlmmu::analysis
