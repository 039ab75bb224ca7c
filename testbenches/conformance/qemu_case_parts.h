// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/mmu_probe/probe_case.h"
#include "models/arch/paging_mode.h"
#include "models/arch/pmp_entry.h"
#include "models/arch/pte.h"
#include "models/base/random.h"

namespace tlmmu::testing {

/// What random cases for the probe are made of. Of a part something is wrong now and then, so that
/// most cases come far: what is wrong with one is one thing, rarely two.
class CaseParts {
 protected:
  /// One bit of one PTE in `pte_damage` is wrong.
  CaseParts(std::uint64_t seed, std::uint64_t pte_damage)
      : random_(seed), pte_damage_(pte_damage) {}

  bool one_in(std::uint64_t n) { return random_.below(n) == 0; }
  std::uint64_t below(std::uint64_t n) { return random_.below(n); }
  std::uint64_t any() { return random_.next(); }

  /// A frame for a page table.
  std::uint64_t table();
  /// Where an access is to end: mostly in the window, else where nothing is.
  std::uint64_t target();
  /// An address of `mode` that a leaf at `level` can take to `target`; rarely not a canonical one.
  std::uint64_t address_for(const PagingMode& mode, unsigned level, std::uint64_t target);

  /// A PTE that points to the page `to`.
  std::uint64_t pointer(std::uint64_t to);
  /// A PTE of `level` for the page of `target`.
  std::uint64_t leaf(unsigned level, std::uint64_t target, PteFlags flags);
  /// V, a legal R, W and X at random, and the other flags at random.
  PteFlags any_flags();

  /// What the access is, at a privilege of U or S.
  void put_access(mmu_probe::Case& made);
  /// Sets the word at `address` if the case has none there, and returns what it is.
  std::uint64_t put_word(mmu_probe::Case& made, std::uint64_t address, std::uint64_t value);
  /// PMP entries over the page tables, down to half a PTE, and over pages around `target`.
  void put_pmp(mmu_probe::Case& made, std::uint64_t target);

 private:
  /// One entry that covers `bytes`, a power of two, around or from `base` on.
  void put_pmp_range(mmu_probe::Case& made, std::uint64_t base, std::uint64_t bytes);

  Random random_;
  std::uint64_t pte_damage_;
};

constexpr std::uint64_t kProbePage = 4096;

}  // namespace tlmmu::testing
