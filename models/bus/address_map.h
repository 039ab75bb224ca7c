// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/base/address.h"

namespace tlmmu {

/// A part of the physical address space that one target answers.
struct AddressRange {
  std::string name;  ///< of the target
  PhysicalAddress base;
  Bytes size;  ///< at least 1; base + size is at most 2^64
};

/// Which target a physical address belongs to.
class AddressMap {
 public:
  /// Throws InputError where a range is empty, wraps around, or overlaps another one.
  explicit AddressMap(std::vector<AddressRange> ranges);

  /// The index of the range that holds all of [address, address + length), in the order given to
  /// the constructor; nothing if none does. The first range is found fastest.
  std::optional<unsigned> find(PhysicalAddress address, Bytes length) const {
    if (holds(ranges_.front(), address, length)) return 0U;
    return find_among_others(address, length);
  }

  const std::vector<AddressRange>& ranges() const { return ranges_; }

 private:
  static bool holds(const AddressRange& range, PhysicalAddress address, Bytes length) {
    // An address below the base wraps to an offset beyond the size.
    const Bytes offset = address - range.base;
    return offset < range.size && length <= range.size - offset;
  }
  std::optional<unsigned> find_among_others(PhysicalAddress address, Bytes length) const;

  std::vector<AddressRange> ranges_;
};

}  // namespace tlmmu
