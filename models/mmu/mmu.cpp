// SPDX-License-Identifier: Apache-2.0
#include "models/mmu/mmu.h"

#include "models/cosim/rtl_page_table_walker.h"

namespace tlmmu {

namespace {

/// Requests that a level could not answer itself.
std::uint64_t passed_on(const Tlb& tlb) {
  return tlb.stats().misses + tlb.stats().dirty_rewalks;
}
/// Requests that a level was asked.
std::uint64_t asked(const Tlb& tlb) {
  return tlb.stats().accesses - tlb.stats().g_stage_lookups;
}

std::unique_ptr<PageTableWalker> make_walker(const PtwConfig& config, ClockPeriod clock,
                                             std::uint64_t seed, events::Emitter emit) {
  if (config.implementation == WalkerImplementation::model) {
    return std::make_unique<PageTableWalker>("ptw", config, clock, seed, emit);
  }
  return std::make_unique<cosim::RtlPageTableWalker>("ptw", config, clock, seed, emit);
}

}  // namespace

Mmu::Mmu(const sc_core::sc_module_name& name, const MmuConfig& config, ClockPeriod clock,
         std::uint64_t seed, events::UnitRegistry& units)
    : sc_module(name),
      l1_itlb_("l1_itlb", config.l1_itlb, clock, seed, units.add("mmu.l1_itlb")),
      l1_dtlb_("l1_dtlb", config.l1_dtlb, clock, seed, units.add("mmu.l1_dtlb")),
      l2_tlb_(config.l2_tlb.enabled ? std::make_unique<Tlb>("l2_tlb", config.l2_tlb, clock, seed,
                                                            units.add("mmu.l2_tlb"))
                                    : nullptr),
      ptw_(make_walker(config.ptw, clock, seed, units.add("mmu.ptw"))) {
  TranslationTargetSocket& above_walker = l2_tlb_ ? l2_tlb_->translation_in : ptw_->translation_in;
  l1_itlb_.translation_out.bind(above_walker);
  l1_dtlb_.translation_out.bind(above_walker);
  if (l2_tlb_) l2_tlb_->translation_out.bind(ptw_->translation_in);
}

Picoseconds Mmu::tlb_time() const {
  Picoseconds time = l1_itlb_.stats().own_time + l1_dtlb_.stats().own_time;
  if (l2_tlb_) time += l2_tlb_->stats().own_time;
  return time;
}

std::uint64_t Mmu::requests() const {
  return asked(l1_itlb_) + asked(l1_dtlb_);
}

void Mmu::describe(stats::Visitor& v) const {
  v.group("l1_itlb", "first-level TLB of instruction fetches", l1_itlb_.stats());
  v.group("l1_dtlb", "first-level TLB of loads and stores", l1_dtlb_.stats());
  if (l2_tlb_) v.group("l2_tlb", "second-level TLB that both first levels share", l2_tlb_->stats());
  v.group("ptw", "page-table walker", ptw_->stats());
  const std::uint64_t passed_on_by_l1 = passed_on(l1_itlb_) + passed_on(l1_dtlb_);
  if (l2_tlb_) {
    v.law("L2 TLB's accesses, G-stage lookups apart = what the first levels passed on",
          asked(*l2_tlb_), passed_on_by_l1);
  }
  v.law("walks = what the last TLB level passed on", ptw_->stats().walks,
        l2_tlb_ ? passed_on(*l2_tlb_) : passed_on_by_l1);
}

}  // namespace tlmmu
