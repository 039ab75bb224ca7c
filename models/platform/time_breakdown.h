// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/stats/visitor.h"

namespace tlmmu {

/// Where the CPU's time went. Each module counts the time that it adds itself; the parts here are
/// those counts and nothing else, so that their sum being the elapsed time is a law and not a
/// definition.
struct TimeBreakdown {
  Picoseconds execute;      ///< instructions beside their memory accesses
  Picoseconds tlb;          ///< TLB lookups
  Picoseconds walk;         ///< the walker's steps and its walk-cache lookups
  Picoseconds walk_memory;  ///< the walker's PTE accesses, in caches, bus and DRAM
  Picoseconds l1_cache;     ///< fetches, loads and stores of the processes, in the first level
  Picoseconds l2_cache;
  Picoseconds bus;
  Picoseconds dram;
  Picoseconds kernel;         ///< what the kernel's operations are charged
  Picoseconds kernel_memory;  ///< the kernel's own memory and register accesses
  Picoseconds idle;           ///< every process waits for the disk
  Picoseconds elapsed;

  Picoseconds sum() const {
    return execute + tlb + walk + walk_memory + l1_cache + l2_cache + bus + dram + kernel +
           kernel_memory + idle;
  }

  void describe(stats::Visitor& v) const {
    v.time({"execute", "", "instructions beside their memory accesses"}, execute);
    v.time({"tlb", "", "TLB lookups"}, tlb);
    v.time({"walk", "", "the walker's steps and its walk-cache lookups"}, walk);
    v.time({"walk_memory", "", "the walker's PTE accesses in caches, bus and DRAM"}, walk_memory);
    v.time({"l1_cache", "", "processes' accesses in the first-level caches"}, l1_cache);
    v.time({"l2_cache", "", "processes' accesses in the second-level cache"}, l2_cache);
    v.time({"bus", "", "processes' accesses on the bus"}, bus);
    v.time({"dram", "", "processes' accesses in the memory controller"}, dram);
    v.time({"kernel", "", "charges of the kernel's operations"}, kernel);
    v.time({"kernel_memory", "", "the kernel's own memory and register accesses"}, kernel_memory);
    v.time({"idle", "", "no process could run: all waited for the disk"}, idle);
    v.time({"elapsed", "", "all of them: from the first instruction to the last"}, elapsed);
    v.law("the parts sum to the elapsed time", sum().value(), elapsed.value());
  }
};

}  // namespace tlmmu
