// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/analysis/large_vector.h"
#include "models/base/address.h"

namespace tlmmu::analysis {

/// One of the distinct pages of a trace: 0 is the first that was referenced, 1 the second, ...
using PageOrdinal = Strong<struct PageOrdinalTag, std::uint32_t>;

/// Numbers pages in the order in which they are first seen. A hash table with open addressing; it
/// is asked for single pages only, so that its order never shows.
class PageIndex {
 public:
  PageIndex() : slots_(kFirstSlots) {}

  /// The ordinal of `page`; a page that was never seen gets the next one, which is size().
  PageOrdinal ordinal_of(Vpn page) {
    for (std::size_t i = home_of(page);; i = (i + 1) & (slots_.size() - 1)) {
      if (slots_[i].next_ordinal == 0) return add(i, page);
      if (slots_[i].page == page) return PageOrdinal(slots_[i].next_ordinal - 1);
    }
  }

  /// `page` will be asked for soon: begins to read its slot from memory.
  void prefetch(Vpn page) const { __builtin_prefetch(&slots_[home_of(page)]); }

  std::uint32_t size() const { return size_; }

 private:
  static constexpr std::size_t kFirstSlots = 1024;

  struct Slot {
    Vpn page;
    std::uint32_t next_ordinal = 0;  ///< the page's ordinal plus 1; 0: the slot is empty
  };

  /// Fibonacci hashing: the high bits of the product depend on all bits of the page number.
  std::size_t home_of(Vpn page) const {
    return static_cast<std::size_t>((page.value() * 0x9e3779b97f4a7c15U) >> shift_);
  }
  PageOrdinal add(std::size_t slot, Vpn page);
  void grow();

  LargeVector<Slot> slots_;  ///< a power of two of them, at most half of them used
  unsigned shift_ = 64 - 10;
  std::uint32_t size_ = 0;
};

}  // namespace tlmmu::analysis
