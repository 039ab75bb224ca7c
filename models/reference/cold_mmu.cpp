// SPDX-License-Identifier: Apache-2.0
#include "models/reference/cold_mmu.h"

#include "models/ptw/two_stage_walk.h"

namespace tlmmu::reference {

TranslationResult ColdMmu::translate(const WalkRequest& request) {
  const WalkRules& rules = machine_.hart.rules;
  if (request.stages == Stages::single) return finish(Walk(request, rules), request.type);
  return finish(TwoStageWalk(request, rules), request.type);
}

template <class AnyWalk>
TranslationResult ColdMmu::finish(AnyWalk walk, AccessType type) {
  while (!walk.ended()) {
    const auto* read = std::get_if<PteRead>(&walk.step());
    const auto pte = read != nullptr ? access(*read) : access(std::get<PteUpdate>(walk.step()));
    if (pte) {
      walk.supply(*pte);
    } else {
      walk.supply_error();
    }
  }
  if (const auto* fault = std::get_if<WalkFault>(&walk.step())) {
    return refused(fault->cause, type, fault->guest_address);
  }
  return std::get<Translation>(walk.step());
}

std::optional<Pte> ColdMmu::access(const PteRead& read) {
  if (!permits(read.address, AccessType::load)) return std::nullopt;
  return machine_.memory.read(read.address);
}

std::optional<Pte> ColdMmu::access(const PteUpdate& update) {
  if (!permits(update.address, AccessType::store)) return std::nullopt;
  return machine_.memory.compare_and_swap(update.address, update.expected, update.desired);
}

/// A walk's accesses are a supervisor's, whoever asked for the walk.
bool ColdMmu::permits(PhysicalAddress pte, AccessType type) const {
  const Bytes width(machine_.memory.pte_bytes());
  return machine_.hart.pmp.check(pte, width, type, Privilege::supervisor) == PmpVerdict::allowed;
}

}  // namespace tlmmu::reference
