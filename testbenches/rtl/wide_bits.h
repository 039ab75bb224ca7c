// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace tlmmu {

/// Sets bit `bit` of a port that Verilator keeps in one word.
template <class Word>
void raise_bit(Word& word, unsigned bit) {
  word = static_cast<Word>(word | 1U << bit);
}

/// Writes bits `low` and up of a port that Verilator keeps in words of 32 bits.
template <class Wide>
void put_bits(Wide& wide, unsigned low, unsigned width, std::uint64_t value) {
  for (unsigned i = 0; i < width; ++i) {
    const unsigned bit = low + i;
    const std::uint32_t mask = 1U << bit % 32;
    if ((value >> i & 1U) != 0) {
      wide[bit / 32] |= mask;
    } else {
      wide[bit / 32] &= ~mask;
    }
  }
}

/// Reads them.
template <class Wide>
std::uint64_t get_bits(const Wide& wide, unsigned low, unsigned width) {
  std::uint64_t value = 0;
  for (unsigned i = 0; i < width; ++i) {
    const unsigned bit = low + i;
    value |= static_cast<std::uint64_t>(wide[bit / 32] >> bit % 32 & 1U) << i;
  }
  return value;
}

}  // namespace tlmmu
