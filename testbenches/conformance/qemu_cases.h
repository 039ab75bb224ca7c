// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ptw/walk_rules.h"
#include "testbenches/conformance/qemu_case_parts.h"

namespace tlmmu::testing {

/// Random cases of one stage, and a few without any. Not every case can be answered; see
/// reference_of().
class CaseMaker : private CaseParts {
 public:
  CaseMaker(std::uint64_t seed, const PagingMode& mode, const WalkRules& rules)
      : CaseParts(seed, 12), mode_(mode), rules_(rules) {}

  mmu_probe::Case next();

 private:
  void put_tables(mmu_probe::Case& made, unsigned leaf_level, std::uint64_t target);
  std::uint64_t extended(std::uint64_t pte, unsigned level);

  const PagingMode& mode_;
  WalkRules rules_;
};

/// Random cases of two stages, and a few in which one of them is bare.
class GuestCaseMaker : private CaseParts {
 public:
  explicit GuestCaseMaker(std::uint64_t seed, const PagingMode& mode);

  mmu_probe::Case next();

 private:
  /// A page of the guest's, and where the G stage puts it.
  struct GuestPage {
    std::uint64_t guest;
    std::uint64_t host;
  };

  GuestPage new_table(mmu_probe::Case& made);
  void put_vs_tables(mmu_probe::Case& made, unsigned leaf_level, std::uint64_t guest_target);
  std::uint64_t map_guest(mmu_probe::Case& made, std::uint64_t target, PteFlags flags);

  const PagingMode& vs_mode_;
  const PagingMode& g_mode_;
};

}  // namespace tlmmu::testing
