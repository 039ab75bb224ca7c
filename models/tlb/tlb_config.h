// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/page_size.h"
#include "models/base/quantity.h"
#include "models/config/visitor.h"
#include "models/replacement/policy_name.h"

namespace tlmmu {

/// What a lower TLB level holds of what the levels above it hold.
enum class Inclusion : std::uint8_t {
  non_inclusive,  ///< both fill on a walk and evict on their own
  inclusive,      ///< everything: what leaves here leaves above too
  exclusive,      ///< nothing: it takes the victims from above, and a hit moves up
};
constexpr EnumName<Inclusion> kInclusionNames[] = {
    {Inclusion::non_inclusive, "non_inclusive"},
    {Inclusion::inclusive, "inclusive"},
    {Inclusion::exclusive, "exclusive"},
};

/// What a TLB keeps of a translation through the VS and the G stage.
enum class TwoStageCaching : std::uint8_t {
  combined,  ///< one entry from guest-virtual to supervisor-physical
  separate,  ///< an entry of each stage, asked one after the other
};
constexpr EnumName<TwoStageCaching> kTwoStageCachingNames[] = {
    {TwoStageCaching::combined, "combined"},
    {TwoStageCaching::separate, "separate"},
};

/// Where a TLB stands: a first level is asked by the CPU, a lower one by other TLBs.
enum class TlbLevel : std::uint8_t { first, lower };

/// One TLB: [mmu.l1_itlb], [mmu.l1_dtlb], [mmu.l2_tlb].
struct TlbConfig {
  TlbLevel level = TlbLevel::first;  ///< no key: given by the place in the machine

  bool enabled = true;  ///< lower levels only; the platform leaves out what is not
  std::uint64_t entries = 64;
  std::uint64_t ways = 4;
  replacement::PolicyName replacement = replacement::PolicyName::lru;
  Cycles hit_latency{1};
  PageSizeSet page_sizes =
      PageSizeSet().with(PageSize::k4KiB).with(PageSize::k2MiB).with(PageSize::k1GiB);
  TwoStageCaching two_stage_caching = TwoStageCaching::combined;
  Inclusion inclusion = Inclusion::non_inclusive;  ///< lower levels only

  static TlbConfig first_level() { return TlbConfig(); }
  static TlbConfig second_level();

  void describe(config::Visitor& v);

 private:
  void describe_array(config::Visitor& v);
};

}  // namespace tlmmu
