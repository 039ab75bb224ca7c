// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/access_type.h"
#include "models/base/address.h"

namespace tlmmu {

/// One access of a program: what it does to which bytes. 16 bytes, because millions of them are in
/// flight between the trace reader and the CPU.
struct MemoryAccess {
  VirtualAddress address;
  std::uint32_t size = 1;  ///< bytes, at least 1; the last byte is at or below 2^64 - 1
  AccessType type = AccessType::load;

  friend constexpr bool operator==(const MemoryAccess& a, const MemoryAccess& b) {
    return a.address == b.address && a.size == b.size && a.type == b.type;
  }
  friend constexpr bool operator!=(const MemoryAccess& a, const MemoryAccess& b) {
    return !(a == b);
  }
};
static_assert(sizeof(MemoryAccess) == 16, "a batch of accesses has to stay small");

}  // namespace tlmmu
