// SPDX-License-Identifier: Apache-2.0
#include "models/bus/address_map.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/base/error.h"

namespace tlmmu {

namespace {

/// The last address; unlike the end it always exists.
PhysicalAddress last_of(const AddressRange& range) {
  return range.base + (range.size - Bytes(1));
}

std::string describe(const AddressRange& range) {
  return fmt::format("{} ({:#x} to {:#x})", range.name, range.base.value(), last_of(range).value());
}

void check_range(const AddressRange& range) {
  if (range.size == Bytes(0)) {
    throw InputError(
        fmt::format("address map: {} at {:#x} is empty", range.name, range.base.value()));
  }
  if (last_of(range) < range.base) {
    throw InputError(fmt::format("address map: {} at {:#x} with {:#x} bytes ends beyond 2^64",
                                 range.name, range.base.value(), range.size.value()));
  }
}

}  // namespace

AddressMap::AddressMap(std::vector<AddressRange> ranges) : ranges_(std::move(ranges)) {
  if (ranges_.empty()) throw InputError("address map: no ranges");
  std::vector<const AddressRange*> by_base;
  for (const AddressRange& range : ranges_) {
    check_range(range);
    by_base.push_back(&range);
  }
  std::sort(by_base.begin(), by_base.end(),
            [](const AddressRange* a, const AddressRange* b) { return a->base < b->base; });
  for (std::size_t i = 1; i < by_base.size(); ++i) {
    if (by_base[i]->base <= last_of(*by_base[i - 1])) {
      throw InputError(fmt::format("address map: {} overlaps {}", describe(*by_base[i - 1]),
                                   describe(*by_base[i])));
    }
  }
}

std::optional<unsigned> AddressMap::find_among_others(PhysicalAddress address, Bytes length) const {
  for (unsigned i = 1; i < ranges_.size(); ++i) {
    if (holds(ranges_[i], address, length)) return i;
  }
  return std::nullopt;
}

}  // namespace tlmmu
