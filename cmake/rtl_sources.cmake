# SPDX-License-Identifier: Apache-2.0
# The hardware's sources, packages first.
set(rtl "${PROJECT_SOURCE_DIR}/rtl")
set(ptw_sources "${rtl}/common/mmu_pkg.sv" "${rtl}/common/tree_plru.sv" "${rtl}/ptw/pte_check.sv"
                "${rtl}/ptw/walk_cache_level.sv" "${rtl}/ptw/walk_cache.sv" "${rtl}/ptw/ptw_access.sv"
                "${rtl}/ptw/ptw_answer.sv" "${rtl}/ptw/ptw_control.sv" "${rtl}/ptw/ptw_position.sv"
                "${rtl}/ptw/ptw_update.sv" "${rtl}/ptw/ptw.sv")
set(ptw_pool_sources ${ptw_sources} "${rtl}/common/round_robin.sv" "${rtl}/ptw/ptw_waiters.sv"
                     "${rtl}/ptw/ptw_dispatch.sv" "${rtl}/ptw/ptw_memory_port.sv" "${rtl}/ptw/ptw_pool.sv")
set(ptw_walker_sources ${ptw_pool_sources} "${rtl}/cosim/ptw_walker.sv")
set(mmu_top_sources ${ptw_sources} "${rtl}/tlb/tlb_cover.sv" "${rtl}/tlb/tlb_join.sv" "${rtl}/tlb/tlb_entries.sv"
                    "${rtl}/tlb/tlb.sv" "${rtl}/cosim/mmu_top.sv")
