// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/base/bits.h"
#include "models/base/enum_names.h"

namespace tlmmu::replacement {

/// How a set-associative structure chooses the entry that makes room.
enum class PolicyName : std::uint8_t { lru, tree_plru, fifo, srrip, random };

constexpr EnumName<PolicyName> kPolicyNames[] = {
    {PolicyName::lru, "lru"},     {PolicyName::tree_plru, "tree_plru"}, {PolicyName::fifo, "fifo"},
    {PolicyName::srrip, "srrip"}, {PolicyName::random, "random"},
};

/// Whether `policy` works with `ways`: the tree of tree_plru needs a power of two.
constexpr bool suits(PolicyName policy, std::uint64_t ways) {
  return ways != 0 && (policy != PolicyName::tree_plru || is_power_of_two(ways));
}
/// What a configuration says where suits() is false.
constexpr const char* kUnsuitableWays = "must be a power of two for tree_plru";

}  // namespace tlmmu::replacement
