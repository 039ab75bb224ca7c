// SPDX-License-Identifier: Apache-2.0
#include "models/cache/cache_config.h"

#include "models/base/bits.h"

namespace tlmmu {

CacheConfig CacheConfig::l1_instruction() {
  CacheConfig config;
  config.role = CacheRole::instruction;
  config.hit_latency = Cycles(1);
  return config;
}

CacheConfig CacheConfig::l2() {
  CacheConfig config;
  config.size = mebibytes(1);
  config.ways = 16;
  config.hit_latency = Cycles(14);
  return config;
}

void CacheConfig::describe(config::Visitor& v) {
  v.flag({"enabled", "whether the machine has this cache"}, enabled);
  v.when(enabled, "enabled = true", [&] { describe_array(v); });
}

void CacheConfig::describe_array(config::Visitor& v) {
  v.bytes({"size", "capacity"}, size, {16, mebibytes(256).value()});
  v.bytes({"line", "length of a line, a power of two"}, line, {16, 4096});
  v.require(is_power_of_two(line.value()), "line", "must be a power of two");
  v.number({"ways", "places in a set"}, ways, {1, 65536});
  v.require(ways != 0 && line.value() != 0 && size.value() != 0 &&
                size.value() % (line.value() * ways) == 0,
            "size", "must be a multiple of line times ways");
  v.choice({"replacement", "which line of a full set makes room"}, replacement,
           replacement::kPolicyNames);
  v.require(replacement::suits(replacement, ways), "ways", replacement::kUnsuitableWays);
  if (role == CacheRole::general) {
    v.choice({"write_policy", "what happens to a write"}, write_policy, kWritePolicyNames);
  }
  v.number({"hit_latency", "cycles of a lookup, hit or miss"}, hit_latency, {0, 1000});
}

}  // namespace tlmmu
