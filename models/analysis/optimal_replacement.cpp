// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/optimal_replacement.h"

#include <limits>
#include <numeric>
#include <utility>

#include "models/analysis/latest_first.h"
#include "models/base/error.h"

namespace tlmmu::analysis {

namespace {

/// References whose next use is prefetched before they come.
constexpr std::uint32_t kAhead = 16;

}  // namespace

OptimalReplacement::OptimalReplacement(const std::vector<PageOrdinal>& string, std::uint32_t pages)
    : pages_(pages) {
  if (string.size() + pages > std::numeric_limits<std::uint32_t>::max()) {
    throw InputError("the trace is too long for OPT: limit it, or ask for more frames only");
  }
  const auto length = static_cast<std::uint32_t>(string.size());
  std::vector<std::uint32_t> next_of_page(pages);
  std::iota(next_of_page.begin(), next_of_page.end(), length);
  next_use_.resize(length);
  for (std::uint32_t i = length; i-- > 0;) {
    next_use_[i] = std::exchange(next_of_page[string[i].value()], i);
  }
}

std::uint64_t OptimalReplacement::faults(std::uint64_t frames) const {
  if (frames >= pages_) return pages_;
  const auto length = static_cast<std::uint32_t>(next_use_.size());
  LatestFirst next_uses(std::uint64_t{length} + pages_);
  std::uint64_t faults = 0;
  for (std::uint32_t now = 0; now < length; ++now) {
    if (length - now > kAhead) next_uses.prefetch(next_use_[now + kAhead]);
    if (!next_uses.has(now)) {
      if (faults >= frames) next_uses.take_latest();
      ++faults;
    }
    next_uses.add(next_use_[now]);
  }
  return faults;
}

}  // namespace tlmmu::analysis
