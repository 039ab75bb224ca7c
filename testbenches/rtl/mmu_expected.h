// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ptw/walk.h"
#include "testbenches/rtl/mmu_tables.h"

namespace tlmmu {

struct Answer {
  bool fault;
  std::uint64_t what;  ///< physical address, or cause
  friend bool operator==(const Answer& a, const Answer& b) {
    return a.fault == b.fault && a.what == b.what;
  }
};

/// Reads for `walk` until it has ended or wants an update.
inline void read_for(Walk& walk, Tables& tables) {
  while (const auto* read = std::get_if<PteRead>(&walk.step())) {
    const std::uint64_t address = read->address.value();
    const std::uint64_t* word = tables.word(address);
    if (word == nullptr || !tables.permits(address, AccessType::load)) {
      walk.supply_error();
    } else {
      walk.supply(Pte(*word));
    }
  }
}

/// By the model, from the root. Changes nothing.
inline Answer expected(const WalkRequest& request, Tables& tables) {
  Walk walk(request, WalkRules());
  read_for(walk, tables);
  if (const auto* update = std::get_if<PteUpdate>(&walk.step())) {
    if (tables.permits(update->address.value(), AccessType::store)) {
      walk.supply(update->expected);
    } else {
      walk.supply_error();
    }
  }
  if (const auto* fault = std::get_if<WalkFault>(&walk.step())) {
    return {true, static_cast<std::uint64_t>(fault->cause)};
  }
  return {false, std::get<Translation>(walk.step()).apply(request.address).value()};
}

/// Whether a walk would have to set A or D, and may.
inline bool wants_update(const WalkRequest& request, Tables& tables) {
  Walk walk(request, WalkRules());
  read_for(walk, tables);
  const auto* update = std::get_if<PteUpdate>(&walk.step());
  return update != nullptr && tables.permits(update->address.value(), AccessType::store);
}

}  // namespace tlmmu
