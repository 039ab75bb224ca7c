// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/address.h"
#include "models/base/bits.h"
#include "models/base/enum_names.h"

namespace tlmmu {

/// A translation's reach; the value is the base-2 logarithm of its bytes.
enum class PageSize : std::uint8_t {
  k4KiB = 12,
  k64KiB = 16,  // Svnapot
  k2MiB = 21,
  k4MiB = 22,  // Sv32's superpage
  k1GiB = 30,
  k512GiB = 39,
  k256TiB = 48,
};

constexpr EnumName<PageSize> kPageSizeNames[] = {
    {PageSize::k4KiB, "4KiB"},     {PageSize::k64KiB, "64KiB"}, {PageSize::k2MiB, "2MiB"},
    {PageSize::k4MiB, "4MiB"},     {PageSize::k1GiB, "1GiB"},   {PageSize::k512GiB, "512GiB"},
    {PageSize::k256TiB, "256TiB"},
};

constexpr unsigned shift_of(PageSize size) {
  return static_cast<unsigned>(size);
}
constexpr Bytes bytes_of(PageSize size) {
  return Bytes(std::uint64_t{1} << shift_of(size));
}
/// First page of the page of `size` that holds `page`.
constexpr Vpn align_down(Vpn page, PageSize size) {
  return Vpn(page.value() & ~low_mask(shift_of(size) - kPageShift));
}

/// A set of page sizes, as a bit mask over their logarithms.
class PageSizeSet {
 public:
  constexpr PageSizeSet() = default;
  constexpr PageSizeSet with(PageSize size) const {
    PageSizeSet result = *this;
    result.mask_ |= std::uint64_t{1} << shift_of(size);
    return result;
  }
  constexpr bool contains(PageSize size) const { return bits(mask_, shift_of(size), 1) != 0; }
  constexpr bool empty() const { return mask_ == 0; }
  friend constexpr bool operator==(PageSizeSet a, PageSizeSet b) { return a.mask_ == b.mask_; }
  friend constexpr bool operator!=(PageSizeSet a, PageSizeSet b) { return a.mask_ != b.mask_; }

 private:
  std::uint64_t mask_ = 0;
};

}  // namespace tlmmu
