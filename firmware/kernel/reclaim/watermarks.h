// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/quantity.h"

namespace tlmmu::kernel {

/// Free frames at which kswapd wakes (below low) and sleeps (at high). Linux 2.6,
/// setup_per_zone_pages_min: low = min + min/4, high = min + min/2.
struct Watermarks {
  std::uint64_t min = 0;
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  static constexpr Watermarks from_min(std::uint64_t frames) {
    return {frames, frames + frames / 4, frames + frames / 2};
  }
};

constexpr std::uint64_t square_root(std::uint64_t n) {
  std::uint64_t root = 0;
  for (std::uint64_t bit = std::uint64_t{1} << 31U; bit != 0; bit >>= 1U) {
    if ((root + bit) * (root + bit) <= n) root += bit;
  }
  return root;
}

/// Frames below `min` that Linux 2.6 would choose (init_per_zone_pages_min): 4 * sqrt(memory in
/// KiB) KiB, between 128 KiB and 64 MiB; but never more than an eighth of a small memory.
constexpr std::uint64_t default_watermark_min(Bytes memory) {
  const std::uint64_t kib = memory.value() >> 10U;
  std::uint64_t reserve_kib = 4 * square_root(kib);
  if (reserve_kib < 128) reserve_kib = 128;
  if (reserve_kib > 65536) reserve_kib = 65536;
  const std::uint64_t most = kib / 8;
  return (reserve_kib < most ? reserve_kib : most) / 4;
}

}  // namespace tlmmu::kernel
