// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "models/arch/paging_mode.h"
#include "models/base/quantity.h"
#include "models/config/visitor.h"
#include "models/ptw/g_stage_config.h"
#include "models/ptw/walk_cache_config.h"
#include "models/ptw/walk_rules.h"

namespace tlmmu {

/// Where the walker's PTE reads enter the memory system.
enum class PteEntry : std::uint8_t { l1d, l2, memory };
constexpr EnumName<PteEntry> kPteEntryNames[] = {
    {PteEntry::l1d, "l1d"},
    {PteEntry::l2, "l2"},
    {PteEntry::memory, "memory"},
};

/// Who walks: the model, hardware (a Verilated walker), or both, compared walk by walk.
enum class WalkerImplementation : std::uint8_t { model, rtl, lockstep };
constexpr EnumName<WalkerImplementation> kWalkerImplementationNames[] = {
    {WalkerImplementation::model, "model"},
    {WalkerImplementation::rtl, "rtl"},
    {WalkerImplementation::lockstep, "lockstep"},
};

/// Section [mmu.ptw]. The paging mode is not here: each request brings its own, as satp does. The
/// platform wires `pte_entry`.
struct PtwConfig {
  Extension svnapot = Extension::absent;  ///< no key: a property of the hart
  Extension svpbmt = Extension::absent;   ///< no key: a property of the hart

  WalkerImplementation implementation = WalkerImplementation::model;
  std::string walker;  ///< hardware's name; empty: one of the project's own
  AdUpdate ad_update = AdUpdate::hardware;
  PteEntry pte_entry = PteEntry::l1d;
  Cycles step_latency{1};
  Cycles walk_cache_latency{1};
  WalkCacheConfig walk_cache;
  GStageConfig g_stage;

  void describe(config::Visitor& v) {
    v.choice({"implementation",
              "who walks: the model, the hardware walker with a walk cache of its own (needs "
              "Verilator), or both, which stops at a difference"},
             implementation, kWalkerImplementationNames);
    v.when(implementation != WalkerImplementation::model, "implementation is rtl or lockstep", [&] {
      v.text({"walker",
              "which hardware walker that is built in; empty: the project's own that suits "
              "mmu.mode and mmu.ptw.ad_update"},
             walker);
    });
    v.choice({"ad_update", "A and D bits: set by the walker (Svadu) or by a page fault (Svade)"},
             ad_update, kAdUpdateNames);
    v.choice({"pte_entry", "where PTE reads enter the memory system"}, pte_entry, kPteEntryNames);
    v.number({"step_latency", "cycles for each PTE read or update, beside the memory's time"},
             step_latency, {0, 1'000});
    v.number(
        {"walk_cache_latency",
         "cycles of a walk-cache lookup, which all levels (and the G-stage TLB) answer together"},
        walk_cache_latency, {0, 1'000});
    v.section({"walk_cache", "pointers to page tables that the walker remembers"}, walk_cache);
    v.section({"g_stage", "what the walker remembers of virtual machines"}, g_stage);
  }
};

}  // namespace tlmmu
