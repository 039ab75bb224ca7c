// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "models/analysis/page_index.h"

namespace tlmmu::analysis {

/// OPT, also called MIN (Belady 1966): the page that is used again last makes room. No policy has
/// fewer faults. It has to know the future, so it works on a string that is complete.
///
/// Which page a reference is to does not matter, only when that page is used next. Of the pages in
/// memory their next uses are known, and a reference faults if it is none of them.
class OptimalReplacement {
 public:
  /// `string` has pages of ordinal 0 to `pages` - 1. One pass backwards finds each reference's next
  /// use. An InputError if the string has 2^32 references or more.
  OptimalReplacement(const std::vector<PageOrdinal>& string, std::uint32_t pages);

  /// Faults with `frames` frames, at least 1: one pass forwards, O(log references) for each.
  std::uint64_t faults(std::uint64_t frames) const;

 private:
  /// For each reference: when its page is used next, as a place in the string; behind its end if
  /// never, there the string's length plus the page, so that no two are the same.
  std::vector<std::uint32_t> next_use_;
  std::uint32_t pages_;
};

}  // namespace tlmmu::analysis
