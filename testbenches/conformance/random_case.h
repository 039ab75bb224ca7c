// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "models/reference/walk_case.h"
#include "testbenches/conformance/dice.h"

namespace tlmmu::testing {

/// A case, and what belongs together in it.
struct RandomCase {
  reference::WalkCase walk_case;
  /// Of each line. Lines of one group make sense together only: a changed PTE and its fence.
  std::vector<unsigned> groups;
  /// Whether PMP judges the address that a request ends at, too.
  bool pmp_final = false;
};

/// Random cases: page tables of one or two stages and of several address spaces, mostly right, with
/// one thing broken, rarely two; then requests, mixed with changes and the fences that they need,
/// so that an MMU with TLBs has to give the same answers as one without.
class RandomCases {
 public:
  explicit RandomCases(std::uint64_t seed) : dice_(seed) {}

  RandomCase next();

 private:
  Dice dice_;
};

}  // namespace tlmmu::testing
