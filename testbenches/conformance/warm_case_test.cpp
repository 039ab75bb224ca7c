// SPDX-License-Identifier: Apache-2.0
// Random walk cases through TLBs and walk caches that remember: the answers must be those of a
// second reading of the specification that remembers nothing.
#include <gtest/gtest.h>

#include "testbenches/conformance/warm_case.h"
#include "testbenches/support/seed.h"

namespace tlmmu::testing {
namespace {

constexpr unsigned kRequests = 50'000;

void expect_agreement(const MmuConfig& config) {
  testing::expect_agreement(config, kRequests, seed_or(1));
}

/// TLBs that hold every page size, in the way `caching` says.
MmuConfig with_every_size(TwoStageCaching caching) {
  MmuConfig config;
  for (TlbConfig* tlb : {&config.l1_itlb, &config.l1_dtlb, &config.l2_tlb}) {
    for (const auto& size : kPageSizeNames) tlb->page_sizes = tlb->page_sizes.with(size.value);
    tlb->two_stage_caching = caching;
  }
  return config;
}

/// Of so few entries that everything is evicted soon.
MmuConfig tiny(TwoStageCaching caching, Inclusion inclusion) {
  MmuConfig config = with_every_size(caching);
  for (TlbConfig* tlb : {&config.l1_itlb, &config.l1_dtlb}) {
    tlb->entries = 2;
    tlb->ways = 2;
  }
  config.l2_tlb.entries = 4;
  config.l2_tlb.ways = 2;
  config.l2_tlb.inclusion = inclusion;
  return config;
}

TEST(WarmRandomCase, the_default_machine_agrees_with_a_second_reading_of_the_specification) {
  expect_agreement({});
}

TEST(WarmRandomCase, tlbs_of_every_page_size_agree) {
  expect_agreement(with_every_size(TwoStageCaching::combined));
}

TEST(WarmRandomCase, tlbs_with_an_entry_for_each_stage_agree) {
  expect_agreement(with_every_size(TwoStageCaching::separate));
}

TEST(WarmRandomCase, tlbs_of_4_kib_pages_agree) {
  MmuConfig config;
  for (TlbConfig* tlb : {&config.l1_itlb, &config.l1_dtlb, &config.l2_tlb}) {
    tlb->page_sizes = PageSizeSet().with(PageSize::k4KiB);
  }
  expect_agreement(config);
}

TEST(WarmRandomCase, levels_that_cache_the_stages_differently_agree) {
  MmuConfig config = with_every_size(TwoStageCaching::separate);
  config.l2_tlb.two_stage_caching = TwoStageCaching::combined;
  expect_agreement(config);
}

TEST(WarmRandomCase, small_inclusive_tlbs_agree) {
  expect_agreement(tiny(TwoStageCaching::combined, Inclusion::inclusive));
}

TEST(WarmRandomCase, small_exclusive_tlbs_agree) {
  expect_agreement(tiny(TwoStageCaching::combined, Inclusion::exclusive));
}

TEST(WarmRandomCase, small_inclusive_tlbs_with_an_entry_for_each_stage_agree) {
  expect_agreement(tiny(TwoStageCaching::separate, Inclusion::inclusive));
}

TEST(WarmRandomCase, small_exclusive_tlbs_with_an_entry_for_each_stage_agree) {
  expect_agreement(tiny(TwoStageCaching::separate, Inclusion::exclusive));
}

TEST(WarmRandomCase, a_walker_with_tlbs_of_one_entry_agrees) {
  MmuConfig config;
  config.l1_itlb.entries = config.l1_itlb.ways = 1;
  config.l1_dtlb.entries = config.l1_dtlb.ways = 1;
  config.l2_tlb.enabled = false;
  expect_agreement(config);
}

TEST(WarmRandomCase, a_walker_without_caches_agrees) {
  MmuConfig config;
  config.l2_tlb.enabled = false;
  for (WalkCacheConfig* cache : {&config.ptw.walk_cache, &config.ptw.g_stage.walk_cache}) {
    for (auto* level : {&cache->level1, &cache->level2, &cache->level3, &cache->level4}) {
      level->entries = 0;
    }
  }
  config.ptw.g_stage.tlb.entries = 0;
  expect_agreement(config);
}

}  // namespace
}  // namespace tlmmu::testing
