// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace tlmmu {

enum class LiveTrace {
  mixed,  ///< 400 data pages and 40 of text at random
  sweep,  ///< more pages than a memory of 4 MiB holds, so that it swaps
  wide,   ///< pages spread over many upper-level tables
};

/// The proof that a key is alive.
struct LiveKey {
  const char* key;
  const char* value;      ///< other than the default, or than the context's
  const char* statistic;  ///< that is another number then
  LiveTrace trace = LiveTrace::mixed;
  const char* context = "";  ///< settings of both runs, separated by ';'
};

constexpr const char* kTime = "time.elapsed";
constexpr const char* kDramTime = "memory_controller.time";
constexpr const char* kHdd = "swap_disk.preset=hdd_7200rpm";
constexpr const char* kWalkOften = "mmu.l1_dtlb.entries=4;mmu.l2_tlb.enabled=false";

constexpr LiveKey kLiveKeys[] = {
    {"simulation.seed", "2", "mmu.l1_dtlb.misses", LiveTrace::mixed,
     "mmu.l1_dtlb.replacement=random"},
    {"simulation.quantum", "1us", "cpu.synchronizations"},
    {"cpu.clock", "1GHz", kTime},
    {"cpu.instruction_cycles", "5", kTime},
    {"mmu.mode", "sv39", "mmu.ptw.pte_reads"},

    {"mmu.l1_itlb.entries", "8", "mmu.l1_itlb.misses"},
    {"mmu.l1_itlb.ways", "1", "mmu.l1_itlb.misses", LiveTrace::mixed, "mmu.l1_itlb.entries=32"},
    {"mmu.l1_itlb.replacement", "random", "mmu.l1_itlb.misses", LiveTrace::mixed,
     "mmu.l1_itlb.entries=16"},
    {"mmu.l1_itlb.hit_latency", "3", kTime},
    {"mmu.l1_itlb.page_sizes", "[\"2MiB\"]", "mmu.l1_itlb.unfilled"},
    {"mmu.l1_dtlb.entries", "8", "mmu.l1_dtlb.misses"},
    {"mmu.l1_dtlb.ways", "1", "mmu.l1_dtlb.misses"},
    {"mmu.l1_dtlb.replacement", "fifo", "mmu.l1_dtlb.misses"},
    {"mmu.l1_dtlb.hit_latency", "3", kTime},
    {"mmu.l1_dtlb.page_sizes", "[\"2MiB\"]", "mmu.l1_dtlb.unfilled"},
    {"mmu.l2_tlb.enabled", "false", "mmu.ptw.walks"},
    {"mmu.l2_tlb.entries", "96", "mmu.l2_tlb.misses"},
    {"mmu.l2_tlb.ways", "1", "mmu.l2_tlb.misses", LiveTrace::mixed, "mmu.l2_tlb.entries=96"},
    {"mmu.l2_tlb.replacement", "srrip", "mmu.l2_tlb.misses", LiveTrace::mixed,
     "mmu.l2_tlb.entries=96"},
    {"mmu.l2_tlb.hit_latency", "20", kTime},
    {"mmu.l2_tlb.page_sizes", "[\"2MiB\"]", "mmu.l2_tlb.unfilled"},
    {"mmu.l2_tlb.inclusion", "exclusive", "mmu.l2_tlb.victims_taken"},

    {"mmu.ptw.ad_update", "fault", "kernel.faults.spurious"},
    {"mmu.ptw.pte_entry", "memory", "time.walk_memory"},
    {"mmu.ptw.step_latency", "9", "time.walk"},
    {"mmu.ptw.walk_cache_latency", "9", "time.walk"},
    {"mmu.ptw.walk_cache.level1.entries", "0", "mmu.ptw.pte_reads"},
    {"mmu.ptw.walk_cache.level1.ways", "128", "mmu.ptw.pte_reads", LiveTrace::wide,
     "mmu.l1_dtlb.entries=4;mmu.l2_tlb.enabled=false;mmu.ptw.walk_cache.level1.entries=128"},
    {"mmu.ptw.walk_cache.level1.replacement", "random", "mmu.ptw.pte_reads", LiveTrace::wide,
     kWalkOften},
    {"mmu.ptw.walk_cache.level2.entries", "0", "mmu.ptw.pte_reads", LiveTrace::wide, kWalkOften},
    {"mmu.ptw.walk_cache.level2.ways", "1", "mmu.ptw.pte_reads", LiveTrace::wide, kWalkOften},
    {"mmu.ptw.walk_cache.level2.replacement", "random", "mmu.ptw.pte_reads", LiveTrace::wide,
     kWalkOften},
    {"mmu.ptw.walk_cache.level3.entries", "0", "mmu.ptw.pte_reads", LiveTrace::wide, kWalkOften},
    {"mmu.ptw.walk_cache.level3.ways", "1", "mmu.ptw.pte_reads", LiveTrace::wide, kWalkOften},
    {"mmu.ptw.walk_cache.level3.replacement", "random", "mmu.ptw.pte_reads", LiveTrace::wide,
     kWalkOften},

    {"cache.l1i.enabled", "false", "cache.l2.total.accesses"},
    {"cache.l1i.size", "8KiB", "cache.l1i.total.misses"},
    {"cache.l1i.line", "128B", "cache.l1i.total.misses"},
    {"cache.l1i.ways", "1", "cache.l1i.total.misses", LiveTrace::mixed, "cache.l1i.size=8KiB"},
    {"cache.l1i.replacement", "random", "cache.l1i.total.misses", LiveTrace::mixed,
     "cache.l1i.size=8KiB"},
    {"cache.l1i.hit_latency", "4", kTime},
    {"cache.l1d.enabled", "false", "cache.l2.total.accesses"},
    {"cache.l1d.size", "8KiB", "cache.l1d.total.misses"},
    {"cache.l1d.line", "128B", "cache.l1d.total.misses"},
    {"cache.l1d.ways", "1", "cache.l1d.total.misses"},
    {"cache.l1d.replacement", "fifo", "cache.l1d.total.misses"},
    {"cache.l1d.write_policy", "write_through", "cache.l1d.write_through_bytes"},
    {"cache.l1d.hit_latency", "7", kTime},
    {"cache.l2.enabled", "false", "memory_controller.accesses"},
    {"cache.l2.size", "64KiB", "cache.l2.total.misses"},
    {"cache.l2.line", "128B", "cache.l2.total.misses"},
    {"cache.l2.ways", "1", "cache.l2.total.misses", LiveTrace::mixed, "cache.l2.size=64KiB"},
    {"cache.l2.replacement", "fifo", "cache.l2.total.misses", LiveTrace::mixed,
     "cache.l2.size=64KiB"},
    {"cache.l2.write_policy", "write_through", "cache.l2.write_through_bytes"},
    {"cache.l2.hit_latency", "40", kTime},
    {"bus.latency", "50", kTime},

    {"memory.size", "256MiB", "kernel.frames"},
    {"memory_controller.address_mapping", "row rank bank bank_group column channel offset",
     kDramTime},
    {"memory_controller.row_policy", "closed", kDramTime},
    {"memory_controller.row_timeout", "10ns", kDramTime, LiveTrace::mixed,
     "memory_controller.row_policy=timeout"},
    {"memory_controller.frontend_latency", "100ns", kDramTime},
    {"memory_controller.write_queue", "0", kDramTime, LiveTrace::mixed, "cache.l2.enabled=false"},
    {"dram.preset", "DDR5-4800", kDramTime},
    {"dram.channels", "2", kDramTime},
    {"dram.ranks", "2", kDramTime, LiveTrace::mixed,
     "memory_controller.address_mapping=row bank column bank_group rank channel offset"},
    {"dram.bank_groups", "2", kDramTime},
    {"dram.banks", "2", kDramTime},
    {"dram.rows", "64", kDramTime, LiveTrace::mixed,
     "memory.size=8MiB;memory_controller.address_mapping=rank bank bank_group row column channel "
     "offset"},
    {"dram.columns", "512", kDramTime},
    {"dram.bus_width", "32", "memory_controller.bursts"},
    {"dram.burst_length", "4", "memory_controller.bursts"},
    {"dram.tCK", "1250ps", kDramTime},
    {"dram.tCL", "40", kDramTime},
    {"dram.tCWL", "100", kDramTime, LiveTrace::mixed, "cache.l2.enabled=false"},
    {"dram.tRCD", "40", kDramTime},
    {"dram.tRP", "30", kDramTime, LiveTrace::mixed, "dram.tRC=100"},
    {"dram.tRAS", "1500", kDramTime, LiveTrace::mixed, "dram.tRC=2000"},
    {"dram.tRC", "2000", kDramTime},
    {"dram.tWR", "900", kDramTime, LiveTrace::mixed, "cache.l2.enabled=false"},
    {"dram.tRTP", "900", kDramTime},
    {"dram.tCCD_L", "900", kDramTime},
    {"dram.tCCD_L_WR", "900", kDramTime, LiveTrace::mixed, "cache.l2.enabled=false"},
    {"dram.tRRD_L", "900", kDramTime},
    {"dram.tWTR_L", "900", kDramTime, LiveTrace::mixed, "cache.l2.enabled=false"},
    {"dram.tCCD_S", "400", kDramTime, LiveTrace::mixed, "dram.tCCD_L=800;dram.tCCD_L_WR=800"},
    {"dram.tRRD_S", "400", kDramTime, LiveTrace::mixed, "dram.tRRD_L=800"},
    {"dram.tWTR_S", "400", kDramTime, LiveTrace::mixed, "dram.tWTR_L=800;cache.l2.enabled=false"},
    {"dram.tFAW", "2000", kDramTime},
    {"dram.turnaround", "300", kDramTime, LiveTrace::mixed, "cache.l2.enabled=false"},
    {"dram.tREFI", "2000", kDramTime},
    {"dram.tRFC", "2000", kDramTime},

    {"swap_disk.preset", "sata_ssd", kTime, LiveTrace::sweep},
    {"swap_disk.capacity", "1MiB", "kernel.kills.out_of_memory", LiveTrace::sweep},
    {"swap_disk.queue_depth", "1", "kernel.queue_full", LiveTrace::sweep},
    {"swap_disk.command_overhead", "50us", kTime, LiveTrace::sweep},
    {"swap_disk.link_bandwidth", "100", kTime, LiveTrace::sweep},
    {"swap_disk.link_overhead", "10us", kTime, LiveTrace::sweep},
    {"swap_disk.scheduler", "fifo", "swap_disk.medium.seek", LiveTrace::sweep, kHdd},
    {"swap_disk.rpm", "15000", "swap_disk.medium.rotation", LiveTrace::sweep, kHdd},
    {"swap_disk.seek_track_to_track", "2ms", "swap_disk.medium.seek", LiveTrace::sweep, kHdd},
    {"swap_disk.seek_average", "9ms", "swap_disk.medium.seek", LiveTrace::sweep, kHdd},
    {"swap_disk.seek_full", "16ms", "swap_disk.medium.seek", LiveTrace::sweep, kHdd},
    {"swap_disk.write_settle", "3ms", "swap_disk.medium.seek", LiveTrace::sweep, kHdd},
    {"swap_disk.cylinders", "500000", "swap_disk.medium.seek", LiveTrace::sweep, kHdd},
    {"swap_disk.heads", "2", "swap_disk.medium.seek", LiveTrace::sweep,
     "swap_disk.preset=hdd_7200rpm;swap_disk.cylinders=500000"},
    {"swap_disk.blocks_per_track", "488", "swap_disk.medium.transfer", LiveTrace::sweep, kHdd},
    {"swap_disk.channels", "1", kTime, LiveTrace::sweep},
    {"swap_disk.read_time", "400us", kTime, LiveTrace::sweep},
    {"swap_disk.program_time", "2ms", "swap_disk.medium.array", LiveTrace::sweep},
    {"swap_disk.channel_bandwidth", "10", kTime, LiveTrace::sweep},

    {"kernel.reserved", "1MiB", "kernel.frames_reserved"},
    {"kernel.watermarks", "given", "kernel.kswapd_scanned", LiveTrace::sweep, "memory.size=3MiB"},
    {"kernel.watermark_min", "200", "kernel.kswapd_scanned", LiveTrace::sweep,
     "kernel.watermarks=given"},
    {"kernel.time_slice", "5us", "cpu.timer_traps"},
    {"kernel.text_source", "page_cache", "kernel.faults.major_file"},
    {"kernel.nr_async_pages", "1", "kernel.throttled", LiveTrace::sweep},
    {"kernel.kswapd_slice", "4", "kernel.kswapd_slices", LiveTrace::sweep},
    {"kernel.direct_reclaim_batch", "1", kTime, LiveTrace::sweep,
     "kernel.watermarks=given;kernel.watermark_min=0"},
    {"kernel.cycles.trap", "3000", "kernel.operations.trap.time"},
    {"kernel.cycles.fault", "5000", "kernel.operations.fault.time"},
    {"kernel.cycles.context_switch", "9000", "kernel.operations.context_switch.time"},
    {"kernel.cycles.reclaim_scan", "900", "kernel.operations.reclaim_scan.time", LiveTrace::sweep},
    {"kernel.cycles.disk_request", "9000", "kernel.operations.disk_request.time"},
    {"kernel.cycles.interrupt", "9000", "kernel.operations.interrupt.time"},
    {"kernel.cycles.fence", "900", "kernel.operations.fence.time", LiveTrace::sweep},
};

}  // namespace tlmmu
