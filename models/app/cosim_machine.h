// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/cosim/random_cosim.h"
#include "models/platform/machine_config.h"

namespace tlmmu {

/// A machine as random lockstep sees it; without one, memory is everywhere.
struct CosimMachine {
  std::vector<const cosim::WalkerKind*> walkers;  ///< that can walk in it
  cosim::CycleRange memory_latency{
      1, 40};  ///< of a PTE, from where the walker enters the memory system
  cosim::MemoryRange memory;
};

/// With at least one walker. Throws InputError if none that was built in suits.
CosimMachine cosim_machine(const MachineConfig& config);

}  // namespace tlmmu
