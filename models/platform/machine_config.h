// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/bus/bus_config.h"
#include "models/cache/cache_config.h"
#include "models/cpu/cpu_config.h"
#include "models/dram/dram_config.h"
#include "models/kernel/kernel_config.h"
#include "models/memory_controller/memory_config.h"
#include "models/memory_controller/memory_controller_config.h"
#include "models/mmu/mmu_config.h"
#include "models/swap_disk/swap_disk_config.h"

namespace tlmmu {

/// Section [simulation]: how the model runs, as opposed to what it models.
struct SimulationConfig {
  std::uint64_t seed = 1;
  Picoseconds quantum = microseconds(10);

  void describe(config::Visitor& v) {
    v.number({"seed", "seed of everything random"}, seed, {0, 0x7fff'ffff'ffff'ffff});
    v.time({"quantum", "how far the CPU may run ahead of the disk (the TLM global quantum)"},
           quantum, {nanoseconds(1).value(), milliseconds(10).value()});
  }
};

/// Section [cache]: the levels between the CPU or the walker and the bus.
struct CacheHierarchyConfig {
  CacheConfig l1i = CacheConfig::l1_instruction();
  CacheConfig l1d;
  CacheConfig l2 = CacheConfig::l2();

  void describe(config::Visitor& v) {
    v.section({"l1i", "first-level cache of instruction fetches"}, l1i);
    v.section({"l1d", "first-level cache of loads, stores and the kernel"}, l1d);
    v.section({"l2", "second-level cache that both first levels share"}, l2);
  }
};

/// A whole machine: the root of every configuration file.
struct MachineConfig {
  SimulationConfig simulation;
  CpuConfig cpu;
  MmuConfig mmu;
  CacheHierarchyConfig cache;
  BusConfig bus;
  MemoryConfig memory;
  MemoryControllerConfig memory_controller;
  DramConfig dram;
  SwapDiskConfig swap_disk;
  KernelConfig kernel;

  void describe(config::Visitor& v);
};

}  // namespace tlmmu
