// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/config/visitor.h"
#include "models/replacement/policy_name.h"

namespace tlmmu {

/// One associative store inside the walker: a level of a walk cache, or the G-stage TLB.
struct WalkerStoreConfig {
  unsigned entries;
  unsigned ways;
  replacement::PolicyName replacement = replacement::PolicyName::lru;

  void describe(config::Visitor& v) {
    v.number({"entries", "entries held; 0 leaves the store out"}, entries, {0, 1U << 16U});
    v.when(entries != 0, "entries is not 0", [&] {
      v.number({"ways", "associativity; equal to entries: fully associative"}, ways,
               {1, 1U << 16U});
      v.choice({"replacement", "which entry makes room for a new one"}, replacement,
               replacement::kPolicyNames);
      if (entries == 0) return;
      v.require(ways != 0 && entries % ways == 0, "ways", "must divide entries");
      v.require(replacement::suits(replacement, ways), "ways", replacement::kUnsuitableWays);
    });
  }
};

}  // namespace tlmmu
