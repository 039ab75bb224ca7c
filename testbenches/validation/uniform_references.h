// SPDX-License-Identifier: Apache-2.0
#pragma once

// Number 4: independent uniform references over W pages. Whatever was referenced before, T of the W
// pages are held and the next reference is to any page with the same probability, so that T/W of
// the references hit: with LRU, FIFO and random replacement (King 1971; Fagin and Price 1978), and
// by the same argument with every policy that fills on each miss.
#include <gtest/gtest.h>

#include <cmath>

#include "models/tlb/tlb_array.h"

namespace tlmmu::validation {

using replacement::PolicyName;

constexpr std::uint64_t kSeed = 4;

inline TlbConfig level(std::uint64_t entries, std::uint64_t ways, PolicyName policy) {
  TlbConfig config;
  config.entries = entries;
  config.ways = ways;
  config.replacement = policy;
  return config;
}

/// References `address`; true if it hit, else it is filled.
inline bool reference(TlbArray& array, VirtualAddress address) {
  if (array.lookup(address, Asid(0)) != nullptr) return true;
  const TlbEntry entry{{address.page(), Ppn(0), PageSize::k4KiB, PteFlags()}, Asid(0)};
  array.insert(entry, [](const TlbEntry&) {});
  return false;
}

inline void expect_ratio(std::uint64_t part, std::uint64_t whole, double expected,
                         double tolerance) {
  const double ratio = static_cast<double>(part) / static_cast<double>(whole);
  EXPECT_LT(std::abs(ratio / expected - 1), tolerance) << ratio << ", seed " << kSeed;
}

/// How much a test does, and how near it has to come.
struct Effort {
  std::uint64_t references;
  double tolerance;  ///< relative
};

/// 64 entries of 1024 pages.
inline void one_level_hits_t_of_w(PolicyName policy, std::uint64_t ways, Effort effort) {
  constexpr std::uint64_t kPages = 1024;
  constexpr std::uint64_t kEntries = 64;
  TlbArray array(level(kEntries, ways, policy), kSeed);
  Random random(kSeed);
  std::uint64_t hits = 0;
  for (std::uint64_t i = 0; i < effort.references; ++i) {
    hits += reference(array, address_of(Vpn(random.below(kPages)))) ? 1 : 0;
  }
  expect_ratio(hits, effort.references, 0.0625, effort.tolerance);
}

/// 64 entries, then 1536, of 65536 pages.
inline void second_level_hits_its_share(Effort effort) {
  constexpr std::uint64_t kPages = 65536;
  constexpr std::uint64_t kFirst = 64;
  constexpr std::uint64_t kSecond = 1536;
  TlbArray first(level(kFirst, kFirst, PolicyName::lru), kSeed);
  TlbArray second(level(kSecond, kSecond, PolicyName::lru), kSeed);
  Random random(kSeed);
  std::uint64_t misses = 0;
  std::uint64_t hits_below = 0;
  for (std::uint64_t i = 0; i < effort.references; ++i) {
    const VirtualAddress address = address_of(Vpn(random.below(kPages)));
    if (reference(first, address)) continue;
    ++misses;
    hits_below += reference(second, address) ? 1 : 0;
  }
  const double expected =
      static_cast<double>(kSecond - kFirst) / static_cast<double>(kPages - kFirst);
  EXPECT_NEAR(expected, 0.02248, 0.00001);
  expect_ratio(hits_below, misses, expected, effort.tolerance);
}

}  // namespace tlmmu::validation
