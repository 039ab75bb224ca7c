// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "models/arch/pte.h"
#include "models/base/access_type.h"
#include "models/base/address.h"

namespace tlmmu::cosim {

/// What is around a walker: memory with page tables, and the PMP.
class Environment {
 public:
  Environment() = default;
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  virtual ~Environment() = default;

  /// The PTE at `address`; empty where there is no memory.
  virtual std::optional<Pte> read(PhysicalAddress address) = 0;
  /// Writes `desired` if `expected` is there. Says what was; empty where there is no memory.
  virtual std::optional<Pte> compare_and_swap(PhysicalAddress address, Pte expected,
                                              Pte desired) = 0;
  /// Whether PMP lets a supervisor do `type`, a load or a store, to the PTE at `address`.
  virtual bool permits(PhysicalAddress address, AccessType type) = 0;
};

}  // namespace tlmmu::cosim
