// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/optimal_replacement.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "models/base/error.h"

namespace tlmmu::analysis {

namespace {

/// The next uses of the pages in memory, the latest first. Uses that have passed stay in the heap
/// for a while: they are earlier than all others, so that they never come first.
class LatestFirst {
 public:
  explicit LatestFirst(std::uint64_t frames) : frames_(frames) {}

  void add(std::uint32_t use, std::uint32_t now) {
    heap_.push_back(use);
    std::push_heap(heap_.begin(), heap_.end());
    if (heap_.size() / 2 > frames_ + kSlack) forget_past(now);
  }
  std::uint32_t take_latest() {
    std::pop_heap(heap_.begin(), heap_.end());
    const std::uint32_t latest = heap_.back();
    heap_.pop_back();
    return latest;
  }

 private:
  static constexpr std::uint64_t kSlack = 32;

  void forget_past(std::uint32_t now) {
    heap_.erase(
        std::remove_if(heap_.begin(), heap_.end(), [now](std::uint32_t use) { return use <= now; }),
        heap_.end());
    std::make_heap(heap_.begin(), heap_.end());
  }

  std::vector<std::uint32_t> heap_;
  std::uint64_t frames_;
};

}  // namespace

OptimalReplacement::OptimalReplacement(std::vector<PageOrdinal> string, std::uint32_t pages)
    : string_(std::move(string)), pages_(pages) {
  if (string_.size() + pages > std::numeric_limits<NextUse>::max()) {
    throw InputError("the trace is too long for OPT: limit it, or ask for more frames only");
  }
  const auto length = static_cast<std::uint32_t>(string_.size());
  std::vector<NextUse> next_of_page(pages);
  for (std::uint32_t page = 0; page < pages; ++page) next_of_page[page] = length + page;
  next_use_.resize(length);
  for (std::uint32_t i = length; i-- > 0;) {
    next_use_[i] = std::exchange(next_of_page[string_[i].value()], i);
  }
}

std::uint64_t OptimalReplacement::faults(std::uint64_t frames) const {
  if (frames >= pages_) return pages_;
  std::vector<std::uint8_t> in_memory(pages_);
  LatestFirst next_uses(frames);
  std::uint64_t faults = 0;
  const auto length = static_cast<std::uint32_t>(string_.size());
  for (std::uint32_t now = 0; now < length; ++now) {
    std::uint8_t& present = in_memory[string_[now].value()];
    if (present == 0) {
      if (faults >= frames) in_memory[page_used_at(next_uses.take_latest()).value()] = 0;
      present = 1;
      ++faults;
    }
    next_uses.add(next_use_[now], now);
  }
  return faults;
}

}  // namespace tlmmu::analysis
