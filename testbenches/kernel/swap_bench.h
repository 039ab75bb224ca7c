// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "testbenches/kernel/invariants.h"

// The tests of swapping: six frames hold three page tables and three pages, unless a test says
// otherwise; watermarks are 0, so that only faults reclaim.
namespace tlmmu::kernel::testing {

constexpr std::uint64_t page(std::uint64_t n) {
  return n << kPageShift;
}

/// Stores n to page n, for each page of [from, to).
inline void store_pages(KernelBench& bench, ProcessId p, std::uint64_t from, std::uint64_t to) {
  for (std::uint64_t n = from; n < to; ++n) bench.store(p, page(n), n);
}

}  // namespace tlmmu::kernel::testing
