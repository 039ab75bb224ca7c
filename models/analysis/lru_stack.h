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
  struct Reference {
    PageOrdinal page;
    /// Where the page stood, 1 is the top: it hits in every LRU memory of at least so many frames.
    /// 0 if this is its first reference, which hits nowhere.
    std::uint32_t distance;
  };

  /// Brings `page` to the top.
  Reference reference(Vpn page) {
    for (std::uint32_t i = 0; i < size_; ++i) {
      if (top_[i].page != page) continue;
      const Entry entry = top_[i];
      move_down(i);
      top_[0] = entry;
      return {entry.ordinal, i + 1};
    }
    return reference_below(page);
  }

  /// Whether `page` is on top, so that a reference to it has distance 1 and changes nothing.
  bool on_top(Vpn page) const { return size_ != 0 && top_[0].page == page; }

  std::uint32_t pages() const { return index_.size(); }

 private:
  struct Entry {
    Vpn page;
    PageOrdinal ordinal;
  };

  void move_down(std::uint32_t count) {
    for (std::uint32_t i = count; i > 0; --i) top_[i] = top_[i - 1];
  }

  Reference reference_below(Vpn page) {
    const std::uint32_t known = index_.size();
    const PageOrdinal ordinal = index_.ordinal_of(page);
    const std::uint32_t distance =
        ordinal.value() == known ? 0
                                 : static_cast<std::uint32_t>(kTop) + 1 + below_.remove(ordinal);
    if (size_ == kTop) {
      below_.push(top_[kTop - 1].ordinal);
    } else {
      ++size_;
    }
    move_down(size_ - 1);
    top_[0] = {page, ordinal};
    return {ordinal, distance};
  }

  PageIndex index_;
  std::array<Entry, kTop> top_;
  std::uint32_t size_ = 0;  ///< of top_
  RecencyOrder below_;
};

using LruStack = BasicLruStack<8>;

}  // namespace tlmmu::analysis
