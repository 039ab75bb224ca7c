// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "models/base/bits.h"
#include "models/base/strong.h"

namespace tlmmu::replacement {

using Set = Strong<struct SetTag, std::uint32_t>;
/// One place for an entry: way w of set s is slot s * ways + w.
using Slot = Strong<struct SlotTag, std::uint32_t>;

/// A slot or nothing. std::optional<Slot> would be written as two parts and read back as one, which
/// stalls the processor on the path of every lookup.
class MaybeSlot {
 public:
  constexpr MaybeSlot() = default;
  constexpr MaybeSlot(Slot slot) : value_(slot.value()) {}  // implicit, as std::optional's
  constexpr explicit operator bool() const { return value_ != kNone; }
  constexpr Slot operator*() const { return Slot(value_); }

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  std::uint32_t value_ = kNone;
};

/// How many sets of how many ways; both at least 1, together below 2^31.
struct Geometry {
  std::uint32_t sets;
  std::uint32_t ways;

  constexpr std::uint32_t slots() const { return sets * ways; }
  constexpr Slot slot(Set set, std::uint32_t way) const { return Slot(set.value() * ways + way); }
  constexpr Set set_of(Slot slot) const { return Set(slot.value() / ways); }
  constexpr std::uint32_t way_of(Set set, Slot slot) const {
    return slot.value() - set.value() * ways;
  }
};

/// Which set a number (a page number, a line number) belongs to: the number modulo the sets. A mask
/// where the sets are a power of two.
class SetIndex {
 public:
  constexpr explicit SetIndex(std::uint32_t sets)
      : sets_(sets), mask_(is_power_of_two(sets) ? sets - 1 : 0) {}
  constexpr Set operator()(std::uint64_t number) const {
    if (mask_ != 0) return Set(static_cast<std::uint32_t>(number) & mask_);
    return Set(sets_ == 1 ? 0 : static_cast<std::uint32_t>(number % sets_));
  }

 private:
  std::uint32_t sets_;
  std::uint32_t mask_;
};

}  // namespace tlmmu::replacement
