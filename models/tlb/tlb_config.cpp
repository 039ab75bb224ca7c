// SPDX-License-Identifier: Apache-2.0
#include "models/tlb/tlb_config.h"

namespace tlmmu {

TlbConfig TlbConfig::second_level() {
  TlbConfig config;
  config.level = TlbLevel::lower;
  config.entries = 1536;
  config.ways = 12;
  config.hit_latency = Cycles(7);
  config.page_sizes = PageSizeSet().with(PageSize::k4KiB).with(PageSize::k2MiB);
  return config;
}

void TlbConfig::describe(config::Visitor& v) {
  if (level == TlbLevel::first) return describe_array(v);
  v.flag({"enabled", "whether the machine has this level"}, enabled);
  v.when(enabled, "enabled = true", [&] {
    describe_array(v);
    v.choice({"inclusion", "what this level holds of what the levels above it hold"}, inclusion,
             kInclusionNames);
  });
}

void TlbConfig::describe_array(config::Visitor& v) {
  constexpr std::uint64_t kMost = 1U << 20U;
  v.number({"entries", "translations held"}, entries, {1, kMost});
  v.number({"ways", "places in a set; as many as entries is fully associative"}, ways, {1, kMost});
  v.require(ways != 0 && entries % ways == 0, "ways", "must divide entries");
  v.choice({"replacement", "which entry of a full set makes room"}, replacement,
           replacement::kPolicyNames);
  v.require(replacement::suits(replacement, ways), "ways", replacement::kUnsuitableWays);
  v.number({"hit_latency", "cycles of a lookup, hit or miss"}, hit_latency, {0, 1000});
  v.page_sizes({"page_sizes", "sizes of the pages that this level keeps"}, page_sizes);
  v.choice({"two_stage_caching",
            "a virtual machine's translations: both stages in one entry, or "
            "an entry of each"},
           two_stage_caching, kTwoStageCachingNames);
}

}  // namespace tlmmu
