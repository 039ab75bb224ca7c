// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <string>

#include "models/platform/machine_config.h"

namespace tlmmu::testing {

/// `config` with the walker that the environment asks for: the machine's numbers must be the same
/// on hardware. ctest runs these tests with and without it.
inline MachineConfig on_chosen_walker(MachineConfig config) {
  const char* const chosen = std::getenv("TLMMU_WALKER_IMPLEMENTATION");
  for (const auto& each : kWalkerImplementationNames) {
    if (chosen != nullptr && chosen == std::string(each.name)) {
      config.mmu.ptw.implementation = each.value;
    }
  }
  return config;
}

}  // namespace tlmmu::testing
