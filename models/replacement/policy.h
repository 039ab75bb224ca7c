// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "models/replacement/fifo.h"
#include "models/replacement/lru.h"
#include "models/replacement/policy_name.h"
#include "models/replacement/random_choice.h"
#include "models/replacement/srrip.h"
#include "models/replacement/tree_plru.h"

namespace tlmmu::replacement {

/// A replacement policy for all sets of one structure. The contract of every policy:
///
/// - `fill(set, slot)`: a new entry was put into `slot`, which belongs to `set`.
/// - `touch(set, slot)`: the entry in `slot` was hit. A second touch of the same slot with nothing
/// in
///   between changes nothing; fast paths rely on it.
/// - `victim(set)`: which slot of a set whose slots are all in use makes room. It may change state.
///
/// Entries that are removed are not reported: the owner fills unused slots before it asks for a
/// victim, so what a policy remembers of them is overwritten before it counts.
///
/// Policies are values in a variant. std::visit over so few alternatives compiles to a switch that
/// is always decided the same way and inlines the policy, where a virtual function would cost an
/// indirect call per access, and a template parameter would make every unit a template.
class Policy {
 public:
  /// `suits(name, geometry.ways)` holds. `seed` matters to `random` only.
  Policy(PolicyName name, Geometry geometry, std::uint64_t seed)
      : state_(make(name, geometry, seed)) {}

  void touch(Set set, Slot slot) {
    std::visit([set, slot](auto& policy) { policy.touch(set, slot); }, state_);
  }
  void fill(Set set, Slot slot) {
    std::visit([set, slot](auto& policy) { policy.fill(set, slot); }, state_);
  }
  Slot victim(Set set) {
    return std::visit([set](auto& policy) { return policy.victim(set); }, state_);
  }
  /// Whether all later choices of both would be the same.
  friend bool operator==(const Policy& a, const Policy& b) { return a.state_ == b.state_; }

 private:
  using State = std::variant<LruStamps, LruList, TreePlru, Fifo, Srrip, RandomChoice>;
  static State make(PolicyName name, Geometry geometry, std::uint64_t seed) {
    switch (name) {
      case PolicyName::lru:
        break;  // below
      case PolicyName::tree_plru:
        return TreePlru(geometry);
      case PolicyName::fifo:
        return Fifo(geometry);
      case PolicyName::srrip:
        return Srrip(geometry);
      case PolicyName::random:
        return RandomChoice(geometry, seed);
    }
    if (geometry.ways <= LruStamps::kMostWays) return LruStamps(geometry);
    return LruList(geometry);
  }

  State state_;
};

}  // namespace tlmmu::replacement
