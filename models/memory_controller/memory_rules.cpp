// SPDX-License-Identifier: Apache-2.0
#include "models/memory_controller/memory_rules.h"

#include <fmt/format.h>

#include "models/config/value_syntax.h"
#include "models/memory_controller/address_map.h"

namespace tlmmu {

std::optional<MemoryProblem> find_memory_problem(const MemoryConfig& memory,
                                                 const MemoryControllerConfig& controller,
                                                 const DramConfig& dram) {
  if (auto problem = DramAddressMap::problem(controller.address_mapping, dram.geometry)) {
    return MemoryProblem{"memory_controller.address_mapping", *problem};
  }
  const Bytes capacity = dram.geometry.capacity();
  if (memory.size > capacity) {
    return MemoryProblem{
        "memory.size",
        fmt::format("must be at most {}, the capacity of the DRAM; raise dram.ranks, dram.channels "
                    "or dram.rows for more",
                    config::format_bytes(capacity))};
  }
  return std::nullopt;
}

void require_memory_rules(config::Visitor& v, const MemoryConfig& memory,
                          const MemoryControllerConfig& controller, const DramConfig& dram) {
  if (const auto problem = find_memory_problem(memory, controller, dram)) {
    v.require(false, problem->key, problem->message);
  }
}

}  // namespace tlmmu
