// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/mmu_probe/probe_case.h"
#include "models/arch/paging_mode.h"
#include "models/base/random.h"
#include "models/ptw/walk_rules.h"

namespace tlmmu::testing {

/// Random cases for the probe, of which most come far: what is wrong with one is one thing, rarely
/// two. Not every case can be answered; see reference_of().
class ProbeCaseMaker {
 public:
  ProbeCaseMaker(std::uint64_t seed, const PagingMode& mode, const WalkRules& rules)
      : random_(seed), mode_(mode), rules_(rules) {}

  mmu_probe::Case next();

 private:
  bool one_in(std::uint64_t n) { return random_.below(n) == 0; }
  std::uint64_t table();
  std::uint64_t target();
  std::uint64_t address_of_target(std::uint64_t target, unsigned level);
  void put(mmu_probe::Case& made, std::uint64_t address, std::uint64_t pte);
  void put_tables(mmu_probe::Case& made, unsigned leaf_level, std::uint64_t target);
  std::uint64_t pointer(std::uint64_t table);
  std::uint64_t leaf(std::uint64_t target, unsigned level);
  std::uint64_t disturbed(std::uint64_t pte);
  void put_pmp(mmu_probe::Case& made, std::uint64_t target);
  void add_range(mmu_probe::Case& made, std::uint64_t base, std::uint64_t bytes);

  Random random_;
  const PagingMode& mode_;
  WalkRules rules_;
};

}  // namespace tlmmu::testing
