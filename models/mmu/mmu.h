// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <systemc>

#include "models/events/unit_registry.h"
#include "models/mmu/mmu_config.h"
#include "models/ptw/page_table_walker.h"
#include "models/tlb/tlb.h"

namespace tlmmu {

/// The MMU of one core: an instruction and a data TLB, a second level that both share (if enabled),
/// and the walker at the end of the chain.
class Mmu : public sc_core::sc_module {
 public:
  /// `seed` feeds random replacement.
  Mmu(const sc_core::sc_module_name& name, const MmuConfig& config, ClockPeriod clock,
      std::uint64_t seed, events::UnitRegistry& units);

  TranslationTargetSocket& fetch_in() { return l1_itlb_.translation_in; }  ///< instruction side
  TranslationTargetSocket& load_store_in() { return l1_dtlb_.translation_in; }  ///< data side
  MemoryInitiatorSocket& pte_out() { return ptw_->pte_out; }  ///< the walker's PTE accesses

  /// From now on `pmp`, which outlives the MMU, checks the walker's PTE accesses.
  void protect(const Pmp& pmp) { ptw_->protect(pmp); }
  /// From now on walks follow `rules`, whatever the configuration said.
  void follow(const WalkRules& rules) { ptw_->follow(rules); }
  /// Own time of the TLBs together.
  Picoseconds tlb_time() const;
  const PageTableWalker& ptw() const { return *ptw_; }
  /// Translations asked for, by fetches, loads and stores.
  std::uint64_t requests() const;
  void describe(stats::Visitor& v) const;

 private:
  Tlb l1_itlb_;
  Tlb l1_dtlb_;
  std::unique_ptr<Tlb> l2_tlb_;           ///< null if disabled
  std::unique_ptr<PageTableWalker> ptw_;  ///< the model, or hardware in its place
};

}  // namespace tlmmu
