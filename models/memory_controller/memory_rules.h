// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "models/dram/dram_config.h"
#include "models/memory_controller/memory_config.h"
#include "models/memory_controller/memory_controller_config.h"

namespace tlmmu {

/// A broken rule between the sections [memory], [memory_controller] and [dram].
struct MemoryProblem {
  std::string key;      ///< with its section: "memory.size"
  std::string message;  ///< what the key must be
};

/// The first broken rule: the mapping fits the geometry, the memory fits the DRAM.
std::optional<MemoryProblem> find_memory_problem(const MemoryConfig& memory,
                                                 const MemoryControllerConfig& controller,
                                                 const DramConfig& dram);

/// The same for a configuration's root, after it has visited the three sections.
void require_memory_rules(config::Visitor& v, const MemoryConfig& memory,
                          const MemoryControllerConfig& controller, const DramConfig& dram);

}  // namespace tlmmu
