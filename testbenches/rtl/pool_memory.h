// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <unordered_map>

#include "models/cosim/random_memory.h"
#include "models/cosim/walker_ports.h"
#include "models/ptw/walk.h"

namespace tlmmu {

/// Random page tables of which only walkers change A and D, and PMP.
class PoolMemory {
 public:
  explicit PoolMemory(const PagingMode& mode) : tables_(mode) {}

  void renew(std::uint64_t seed, cosim::RandomMemory::Sharing sharing) {
    tables_.renew(seed, sharing);
    updated_.clear();
  }
  Ppn root(std::uint16_t space) const { return tables_.root(space); }
  bool permits(PhysicalAddress address, AccessType type) { return tables_.permits(address, type); }
  std::optional<Pte> read(PhysicalAddress address) {
    const auto found = updated_.find(address.value());
    return found != updated_.end() ? Pte(found->second) : tables_.read(address);
  }
  std::optional<Pte> compare_and_swap(PhysicalAddress address, Pte expected, Pte desired) {
    const std::optional<Pte> found = read(address);
    if (found == expected) updated_[address.value()] = desired.raw();
    return found;
  }

 private:
  cosim::RandomMemory tables_;
  std::unordered_map<std::uint64_t, std::uint64_t> updated_;  ///< by address; never iterated
};

/// How a walk ends, by the model, from the root. Changes nothing.
inline WalkStep walk_in(PoolMemory& memory, const WalkRequest& request) {
  Walk walk(request, WalkRules());
  while (!walk.ended()) {
    const auto* read = std::get_if<PteRead>(&walk.step());
    const auto* update = std::get_if<PteUpdate>(&walk.step());
    const PhysicalAddress address = read != nullptr ? read->address : update->address;
    const auto type = read != nullptr ? AccessType::load : AccessType::store;
    const std::optional<Pte> pte = memory.read(address);
    if (!memory.permits(address, type) || !pte) {
      walk.supply_error();
    } else {
      walk.supply(update != nullptr ? update->expected : *pte);
    }
  }
  return walk.step();
}

/// Whether hardware's answer is that of the model's walk now, but for D, which another walk may
/// have set since.
inline bool is_answer_to(const WalkRequest& request, const cosim::WalkerResponse& response,
                         PoolMemory& memory) {
  const WalkStep end = walk_in(memory, request);
  if (const auto* fault = std::get_if<WalkFault>(&end)) {
    return response.outcome == cosim::RtlOutcome::faulted &&
           response.cause == static_cast<std::uint8_t>(fault->cause) &&
           response.step == static_cast<std::uint8_t>(fault->step);
  }
  const auto& found = std::get<Translation>(end);
  constexpr unsigned kDirty = PteFlags::kD;
  const unsigned flags = found.flags.raw();
  const bool dirty = (response.flags & kDirty) != 0;
  const bool right_flags = (response.flags & ~kDirty) == (flags & ~kDirty) &&
                           (dirty ? (flags & kDirty) != 0 : request.type != AccessType::store);
  return response.outcome == cosim::RtlOutcome::translated && response.level < kSv39.levels &&
         kSv39.page_size(response.level) == found.size && response.ppn == found.ppn.value() &&
         right_flags;
}

/// Whether two requests are one walk: all but the offset in the page is the same.
inline bool is_same_walk(const WalkRequest& a, const WalkRequest& b) {
  return a.address.page() == b.address.page() && a.type == b.type &&
         a.context.privilege == b.context.privilege && a.context.sum == b.context.sum &&
         a.context.mxr == b.context.mxr && a.space.asid == b.space.asid &&
         a.space.root == b.space.root;
}

}  // namespace tlmmu
