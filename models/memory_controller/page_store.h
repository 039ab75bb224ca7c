// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "models/base/address.h"

namespace tlmmu {

/// The contents of a memory. A 4 KiB page exists from its first write on; one that was never
/// written reads as zeros. Two array look-ups find a page, at any size of the memory.
class PageStore {
 public:
  explicit PageStore(Bytes size);

  Bytes size() const { return size_; }
  /// Whether [offset, offset + length) lies in the memory.
  bool contains(std::uint64_t offset, std::uint64_t length) const {
    return length <= size_.value() && offset <= size_.value() - length;
  }

  /// `contains(offset, length)` holds.
  void read(std::uint64_t offset, unsigned char* to, std::size_t length) const;
  /// `contains(offset, length)` holds. Throws HostError when the host has no memory left.
  void write(std::uint64_t offset, const unsigned char* from, std::size_t length);

  /// Pages that exist.
  std::uint64_t pages() const { return pages_; }

 private:
  static constexpr unsigned kTableShift = 11;  ///< pages of one table: 8 MiB of memory
  using Page = std::array<unsigned char, kPageBytes.value()>;
  using Table = std::array<std::unique_ptr<Page>, std::size_t{1} << kTableShift>;

  const Page* find(Ppn page) const;
  Page& make(Ppn page);

  Bytes size_;
  std::vector<std::unique_ptr<Table>> tables_;
  std::uint64_t pages_ = 0;
};

}  // namespace tlmmu
