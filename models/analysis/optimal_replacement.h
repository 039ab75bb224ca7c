// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "models/analysis/page_index.h"

namespace tlmmu::analysis {

/// OPT, also called MIN (Belady 1966): the page that is used again last makes room. No policy has
/// fewer faults. It has to know the future, so it works on a string that is complete.
class OptimalReplacement {
 public:
  /// `string` has pages of ordinal 0 to `pages` - 1. One pass backwards finds each reference's next
  /// use. An InputError if the string has 2^32 references or more.
  OptimalReplacement(std::vector<PageOrdinal> string, std::uint32_t pages);

  /// Faults with `frames` frames, at least 1: one pass forwards, O(log frames) for each reference.
  std::uint64_t faults(std::uint64_t frames) const;

 private:
  /// When a page is used next: a place in the string, or behind its end, there the string's length
  /// plus the page. Different for all pages in memory.
  using NextUse = std::uint32_t;

  PageOrdinal page_used_at(NextUse next) const {
    return next < string_.size() ? string_[next]
                                 : PageOrdinal(next - static_cast<std::uint32_t>(string_.size()));
  }

  std::vector<PageOrdinal> string_;
  std::vector<NextUse> next_use_;  ///< for each reference: of the same page
  std::uint32_t pages_;
};

}  // namespace tlmmu::analysis
