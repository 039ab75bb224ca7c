// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace tlmmu::testing {

inline bool bit(std::uint64_t word, int number) {
  return (word >> number & 1U) != 0;
}

/// `count` bits of `word` from bit `low` on.
inline std::uint64_t field(std::uint64_t word, int low, int count) {
  return (word >> low) % (std::uint64_t{1} << count);
}

}  // namespace tlmmu::testing
