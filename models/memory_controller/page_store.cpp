// SPDX-License-Identifier: Apache-2.0
#include "models/memory_controller/page_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "models/base/bits.h"
#include "models/base/error.h"

namespace tlmmu {

namespace {

/// The part of an access that lies in one page.
struct Piece {
  PhysicalAddress at;
  std::size_t length;
};

Piece first_piece(std::uint64_t offset, std::size_t length) {
  const PhysicalAddress at(offset);
  return {at, std::min<std::size_t>(length, (kPageBytes - at.page_offset()).value())};
}

}  // namespace

PageStore::PageStore(Bytes size)
    : size_(size), tables_((size.value() >> (kPageShift + kTableShift)) + 1) {}

const PageStore::Page* PageStore::find(Ppn page) const {
  const auto& table = tables_[page.value() >> kTableShift];
  return table ? (*table)[page.value() & low_mask(kTableShift)].get() : nullptr;
}

PageStore::Page& PageStore::make(Ppn page) {
  try {
    auto& table = tables_[page.value() >> kTableShift];
    if (!table) table = std::make_unique<Table>();
    auto& slot = (*table)[page.value() & low_mask(kTableShift)];
    if (!slot) {
      slot = std::make_unique<Page>();
      ++pages_;
    }
    return *slot;
  } catch (const std::bad_alloc&) {
    throw HostError(
        fmt::format("no host memory left for the modelled memory after {} pages of 4KiB", pages_));
  }
}

void PageStore::read(std::uint64_t offset, unsigned char* to, std::size_t length) const {
  while (length != 0) {
    const Piece piece = first_piece(offset, length);
    if (const Page* page = find(piece.at.page())) {
      std::memcpy(to, page->data() + piece.at.page_offset().value(), piece.length);
    } else {
      std::memset(to, 0, piece.length);
    }
    offset += piece.length;
    to += piece.length;
    length -= piece.length;
  }
}

void PageStore::write(std::uint64_t offset, const unsigned char* from, std::size_t length) {
  while (length != 0) {
    const Piece piece = first_piece(offset, length);
    Page& page = make(piece.at.page());
    std::memcpy(page.data() + piece.at.page_offset().value(), from, piece.length);
    offset += piece.length;
    from += piece.length;
    length -= piece.length;
  }
}

}  // namespace tlmmu
