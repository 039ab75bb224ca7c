// SPDX-License-Identifier: Apache-2.0
#include "models/platform/machine_config.h"

#include "models/memory_controller/memory_rules.h"

namespace tlmmu {

void MachineConfig::describe(config::Visitor& v) {
  v.section({"simulation", "how the model runs"}, simulation);
  v.section({"cpu", "the core"}, cpu);
  v.section({"mmu", "address translation"}, mmu);
  v.section({"cache", "caches"}, cache);
  v.section({"bus", "the system bus"}, bus);
  v.section({"memory", "main memory"}, memory);
  v.section({"memory_controller", "how addresses become DRAM commands"}, memory_controller);
  v.section({"dram", "DRAM devices"}, dram);
  require_memory_rules(v, memory, memory_controller, dram);
  v.section({"swap_disk", "the block device for swapping and for program text"}, swap_disk);
  v.section({"kernel", "the operating system"}, kernel);
  v.require(kernel.reserved < memory.size, "kernel.reserved", "must be less than memory.size");
}

}  // namespace tlmmu
