// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace tlmmu {

/// Keys that matter to virtual machines only: no program that a trace shows is one yet. The proof
/// that one is alive is that a guest's random accesses cost another number of PTE accesses.
struct VirtualMachineKey {
  const char* key;
  const char* value;         ///< other than the default, or than the context's
  const char* context = "";  ///< settings of both runs, separated by ';'
};

constexpr const char* kNoTlbs =
    "mmu.l1_dtlb.entries=4;mmu.l2_tlb.enabled=false;mmu.ptw.g_stage.tlb.entries=0";
constexpr const char* kFewTlbs =
    "mmu.l1_dtlb.entries=4;mmu.l2_tlb.enabled=false;mmu.ptw.g_stage.tlb.entries=8;"
    "mmu.ptw.g_stage.tlb.ways=8";

constexpr VirtualMachineKey kVirtualMachineKeys[] = {
    {"mmu.l1_itlb.two_stage_caching", "separate", "mmu.l2_tlb.enabled=false"},
    {"mmu.l1_dtlb.two_stage_caching", "separate", "mmu.l2_tlb.enabled=false"},
    {"mmu.l2_tlb.two_stage_caching", "separate", "mmu.l2_tlb.entries=96"},
    {"mmu.ptw.g_stage.tlb.entries", "0"},
    {"mmu.ptw.g_stage.tlb.ways", "1", kFewTlbs},
    {"mmu.ptw.g_stage.tlb.replacement", "random", kFewTlbs},
    {"mmu.ptw.walk_cache.level4.entries", "0", kNoTlbs},
    {"mmu.ptw.walk_cache.level4.ways", "1", kNoTlbs},
    {"mmu.ptw.walk_cache.level4.replacement", "random", kNoTlbs},
    {"mmu.ptw.g_stage.walk_cache.level1.entries", "0", kNoTlbs},
    {"mmu.ptw.g_stage.walk_cache.level1.ways", "1", kNoTlbs},
    {"mmu.ptw.g_stage.walk_cache.level1.replacement", "random", kNoTlbs},
    {"mmu.ptw.g_stage.walk_cache.level2.entries", "64", kNoTlbs},
    {"mmu.ptw.g_stage.walk_cache.level2.ways", "1", kNoTlbs},
    {"mmu.ptw.g_stage.walk_cache.level2.replacement", "random", kNoTlbs},
    {"mmu.ptw.g_stage.walk_cache.level3.entries", "0", kNoTlbs},
    {"mmu.ptw.g_stage.walk_cache.level3.ways", "1", kNoTlbs},
    {"mmu.ptw.g_stage.walk_cache.level3.replacement", "random", kNoTlbs},
    {"mmu.ptw.g_stage.walk_cache.level4.entries", "0", kNoTlbs},
    {"mmu.ptw.g_stage.walk_cache.level4.ways", "1",
     "mmu.l1_dtlb.entries=4;mmu.l2_tlb.enabled=false;mmu.ptw.g_stage.tlb.entries=0;"
     "mmu.ptw.g_stage.walk_cache.level4.entries=2;mmu.ptw.g_stage.walk_cache.level4.ways=2"},
    {"mmu.ptw.g_stage.walk_cache.level4.replacement", "random",
     "mmu.l1_dtlb.entries=4;mmu.l2_tlb.enabled=false;mmu.ptw.g_stage.tlb.entries=0;"
     "mmu.ptw.g_stage.walk_cache.level4.entries=2;mmu.ptw.g_stage.walk_cache.level4.ways=2"},
};

}  // namespace tlmmu
