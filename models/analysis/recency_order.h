// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "models/analysis/page_index.h"

namespace tlmmu::analysis {

/// Pages in the order in which they were put in. Taking one out says how many were put in after it:
/// O(log n). Memory is proportional to the largest ordinal.
///
/// Each page stands at a place, and later pages stand at higher places. A bit for each place says
/// whether a page stands there, and a Fenwick tree counts the bits of each block of places. When
/// the places are used up, the pages move together and keep their order.
class RecencyOrder {
 public:
  RecencyOrder();

  /// Puts in `page`, which is not in, as the most recent one.
  void push(PageOrdinal page);
  /// Takes out `page`, which is in; the number of pages that are more recent.
  std::uint32_t remove(PageOrdinal page);

  std::uint32_t size() const { return size_; }

 private:
  static constexpr std::uint32_t kBlockBits = 256;
  static constexpr std::uint32_t kWordBits = 64;
  static constexpr std::uint32_t kFirstPlaces = 1024;

  std::uint32_t places() const { return static_cast<std::uint32_t>(page_at_.size()); }
  bool taken(std::uint32_t place) const {
    return (bits_[place / kWordBits] >> (place % kWordBits) & 1U) != 0;
  }
  void flip(std::uint32_t place) { bits_[place / kWordBits] ^= std::uint64_t{1} << (place % 64); }
  std::uint32_t taken_up_to(std::uint32_t place) const;
  void move_together();
  void count_blocks();

  std::vector<std::uint64_t> bits_;      ///< for each place: whether a page stands there
  std::vector<std::uint32_t> counts_;    ///< Fenwick tree, from 1: pages in blocks of places
  std::vector<PageOrdinal> page_at_;     ///< for each place
  std::vector<std::uint32_t> place_of_;  ///< for each page
  std::uint32_t next_place_ = 0;
  std::uint32_t size_ = 0;
};

}  // namespace tlmmu::analysis
