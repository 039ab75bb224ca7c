// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "models/base/bits.h"
#include "models/base/random.h"

namespace tlmmu::testing {

/// What random cases are thrown with.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}

  std::uint64_t any() { return random_.next(); }
  /// A number of `bits` bits, at most 63.
  std::uint64_t bits(unsigned bits) { return random_.next() & low_mask(bits); }
  /// From 0 to bound - 1.
  std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }
  bool one_in(std::uint64_t n) { return random_.below(n) == 0; }
  bool percent(std::uint64_t chance) { return random_.below(100) < chance; }
  /// An element of something that is not empty.
  template <class Container>
  auto& pick(Container&& from) {
    return from[random_.below(std::size(from))];
  }

 private:
  Random random_;
};

}  // namespace tlmmu::testing
