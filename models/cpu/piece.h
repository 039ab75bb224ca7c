// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "models/workload/memory_access.h"

namespace tlmmu {

/// The part of an access that comes after its first `done` bytes and lies in one page: each page
/// has a translation of its own. `done` is below the access's size.
inline MemoryAccess piece_of(const MemoryAccess& access, std::uint32_t done) {
  MemoryAccess piece = access;
  piece.address = piece.address + Bytes(done);
  const std::uint64_t left_in_page = kPageBytes.value() - piece.address.page_offset().value();
  piece.size =
      static_cast<std::uint32_t>(std::min<std::uint64_t>(access.size - done, left_in_page));
  return piece;
}

}  // namespace tlmmu
