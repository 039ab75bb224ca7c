// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace tlmmu {

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers from the same seed on every machine,
/// which the standard library's distributions do not promise.
class Random {
 public:
  constexpr explicit Random(std::uint64_t seed) : state_(seed) {}

  constexpr std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }

  /// Uniform in [0, bound); `bound` is at least 1. Multiply-shift: bias below 2^-32 for small
  /// bounds.
  constexpr std::uint64_t below(std::uint64_t bound) {
    return static_cast<std::uint64_t>((static_cast<Wide>(next()) * bound) >> 64U);
  }

 private:
  __extension__ using Wide = unsigned __int128;
  std::uint64_t state_;
};

}  // namespace tlmmu
