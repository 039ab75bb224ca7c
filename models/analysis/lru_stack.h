// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "models/analysis/recency_order.h"

namespace tlmmu::analysis {

/// The LRU stack of Mattson et al. 1970: all pages, the most recently referenced on top.
///
/// Most references go to the few pages on top, so these stand in an array that is searched; the
/// pages below stand in a RecencyOrder, into which a page falls when others push it out of the
/// array. Where a page stands makes no difference to its distance.
template <std::size_t kTop>
class BasicLruStack {
  static_assert(kTop >= 1, "the page on top stands in the array");

 public:
  /// Brings `page` to the top; a new page's ordinal is pages(). Says where the page stood, 1 is the
  /// top: it hits in every LRU memory of at least so many frames. 0 if this is its first reference,
  /// which hits nowhere.
  std::uint32_t reference(PageOrdinal page) {
    for (std::uint32_t i = 0; i < size_; ++i) {
      if (top_[i] != page) continue;
      put_on_top(page, i);
      return i + 1;
    }
    return reference_below(page);
  }

  /// `page` will be referenced soon: begins to read from memory what that needs.
  void prefetch(PageOrdinal page) const { below_.prefetch(page); }

  std::uint32_t pages() const { return pages_; }

 private:
  /// Those above place `at` move down by one.
  void put_on_top(PageOrdinal page, std::uint32_t at) {
    for (std::uint32_t i = at; i > 0; --i) top_[i] = top_[i - 1];
    top_[0] = page;
  }

  std::uint32_t reference_below(PageOrdinal page) {
    std::uint32_t distance = 0;
    if (page.value() == pages_) {
      ++pages_;
    } else {
      distance = static_cast<std::uint32_t>(kTop) + 1 + below_.remove(page);
    }
    if (size_ == kTop) {
      below_.push(top_[kTop - 1]);
    } else {
      ++size_;
    }
    put_on_top(page, size_ - 1);
    return distance;
  }

  std::array<PageOrdinal, kTop> top_;
  std::uint32_t size_ = 0;   ///< of top_
  std::uint32_t pages_ = 0;  ///< of top_ and below_
  RecencyOrder below_;
};

using LruStack = BasicLruStack<8>;

}  // namespace tlmmu::analysis
