// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/arch/paging_mode.h"
#include "models/ptw/ptw_config.h"
#include "models/tlb/tlb_config.h"

namespace tlmmu {

/// The modes that the kernel builds page tables for.
constexpr EnumName<PagingModeName> kKernelModeNames[] = {
    {PagingModeName::sv32, "sv32"},
    {PagingModeName::sv39, "sv39"},
    {PagingModeName::sv48, "sv48"},
    {PagingModeName::sv57, "sv57"},
};

/// Section [mmu]: the TLBs and the walker of one core.
struct MmuConfig {
  PagingModeName mode = PagingModeName::sv48;
  TlbConfig l1_itlb = TlbConfig::first_level();
  TlbConfig l1_dtlb = TlbConfig::first_level();
  TlbConfig l2_tlb = TlbConfig::second_level();
  PtwConfig ptw;

  void describe(config::Visitor& v) {
    v.choice({"mode", "paging mode that the kernel puts into satp"}, mode, kKernelModeNames);
    v.section({"l1_itlb", "first-level TLB of instruction fetches"}, l1_itlb);
    v.section({"l1_dtlb", "first-level TLB of loads and stores"}, l1_dtlb);
    v.section({"l2_tlb", "second-level TLB that both first levels share"}, l2_tlb);
    v.section({"ptw", "page-table walker"}, ptw);
    require_one_way_of_caching(v);
  }

 private:
  /// Levels that tell each other of entries must mean the same by one.
  void require_one_way_of_caching(config::Visitor& v) const {
    const bool apart = !l2_tlb.enabled || l2_tlb.inclusion == Inclusion::non_inclusive;
    const bool alike = l2_tlb.two_stage_caching == l1_itlb.two_stage_caching &&
                       l2_tlb.two_stage_caching == l1_dtlb.two_stage_caching;
    v.require(apart || alike, "l2_tlb.two_stage_caching",
              "must be that of l1_itlb and l1_dtlb unless l2_tlb.inclusion is non_inclusive");
  }
};

}  // namespace tlmmu
