// SPDX-License-Identifier: Apache-2.0
// Machines of random shape, each against many random cases.
#include "testbenches/conformance/warm_case.h"
#include "testbenches/support/seed.h"

namespace tlmmu::testing {
namespace {

constexpr unsigned kMachines = 10;
constexpr unsigned kRequests = 500'000;

void shape(Dice& dice, TlbConfig& tlb) {
  constexpr std::uint64_t kWays[] = {1, 2, 4};
  tlb.ways = dice.pick(kWays);
  tlb.entries = tlb.ways << dice.below(5);
  constexpr replacement::PolicyName kPolicies[] = {
      replacement::PolicyName::lru, replacement::PolicyName::fifo, replacement::PolicyName::random};
  tlb.replacement = dice.pick(kPolicies);
  tlb.page_sizes = PageSizeSet().with(PageSize::k4KiB);
  for (const auto& size : kPageSizeNames) {
    if (dice.one_in(2)) tlb.page_sizes = tlb.page_sizes.with(size.value);
  }
}

void shape(Dice& dice, WalkCacheConfig& cache) {
  for (auto* level : {&cache.level1, &cache.level2, &cache.level3, &cache.level4}) {
    level->ways = 1U << dice.below(3);
    level->entries = dice.one_in(4) ? 0 : level->ways << dice.below(3);
  }
}

MmuConfig random_machine(std::uint64_t seed) {
  Dice dice(seed);
  MmuConfig config;
  shape(dice, config.l1_itlb);
  shape(dice, config.l1_dtlb);
  shape(dice, config.l2_tlb);
  // A level that is told of the other's entries has to hold the same sizes, in the same way.
  constexpr Inclusion kInclusions[] = {Inclusion::non_inclusive, Inclusion::inclusive,
                                       Inclusion::exclusive};
  config.l2_tlb.inclusion = dice.pick(kInclusions);
  config.l2_tlb.enabled = !dice.one_in(4);
  const auto caching = dice.one_in(2) ? TwoStageCaching::combined : TwoStageCaching::separate;
  for (TlbConfig* tlb : {&config.l1_itlb, &config.l1_dtlb, &config.l2_tlb}) {
    tlb->two_stage_caching = caching;
  }
  shape(dice, config.ptw.walk_cache);
  shape(dice, config.ptw.g_stage.walk_cache);
  if (dice.one_in(3)) config.ptw.g_stage.tlb.entries = 0;
  return config;
}

class LongWarmRandomCase : public ::testing::TestWithParam<unsigned> {};

TEST_P(LongWarmRandomCase, a_machine_of_random_shape_agrees) {
  const std::uint64_t seed = seed_or(2'000);
  SCOPED_TRACE("machine " + std::to_string(GetParam()));
  expect_agreement(random_machine(seed + GetParam()), kRequests, seed);
}

INSTANTIATE_TEST_SUITE_P(Machines, LongWarmRandomCase, ::testing::Range(0U, kMachines));

}  // namespace
}  // namespace tlmmu::testing
