// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace tlmmu {

/// A word with the low `count` bits set; `count` is 0 to 64.
constexpr std::uint64_t low_mask(unsigned count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

/// Field `[low + width - 1 : low]` of `word`, right-aligned.
constexpr std::uint64_t bits(std::uint64_t word, unsigned low, unsigned width) {
  return (word >> low) & low_mask(width);
}

/// `word` with field `[low + width - 1 : low]` replaced by `field`.
constexpr std::uint64_t with_bits(std::uint64_t word, unsigned low, unsigned width,
                                  std::uint64_t field) {
  return (word & ~(low_mask(width) << low)) | ((field & low_mask(width)) << low);
}

constexpr bool is_power_of_two(std::uint64_t n) {
  return n != 0 && (n & (n - 1)) == 0;
}

/// Floor of the base-2 logarithm; `n` is at least 1.
constexpr unsigned log2_floor(std::uint64_t n) {
  return 63U - static_cast<unsigned>(__builtin_clzll(n));
}

/// `n` rounded up to a multiple of `step`; `step` is at least 1.
constexpr std::uint64_t round_up(std::uint64_t n, std::uint64_t step) {
  return (n + step - 1) / step * step;
}

}  // namespace tlmmu
