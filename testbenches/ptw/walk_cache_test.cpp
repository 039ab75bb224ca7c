// SPDX-License-Identifier: Apache-2.0
#include "models/ptw/walk_cache.h"

#include <gtest/gtest.h>

#include <vector>

#include "models/base/random.h"
#include "testbenches/support/laws.h"

namespace tlmmu {
namespace {

using replacement::PolicyName;
using testing::expect_laws_hold;

constexpr WalkCacheLevelConfig kAbsent{0, 1, PolicyName::lru};
constexpr WalkCacheConfig kSmall{{4, 4}, {2, 2}, {1, 1}};

WalkRequest request(std::uint64_t address, std::uint16_t asid = 1,
                    PagingModeName mode = PagingModeName::sv48) {
  return {VirtualAddress(address), AccessType::load, AccessContext{},
          AddressSpace{mode, Ppn(0x80000), Asid(asid)}};
}
constexpr std::uint64_t kMega = std::uint64_t{1} << 21U;
constexpr std::uint64_t kGiga = std::uint64_t{1} << 30U;

TEST(WalkCache, is_empty_at_first) {
  WalkCache cache(kSmall, 0);
  WalkCacheStats stats;
  EXPECT_FALSE(cache.lookup(request(0), stats));
  EXPECT_EQ(stats.misses, 1U);
  EXPECT_EQ(stats.level[0].misses + stats.level[1].misses + stats.level[2].misses, 3U);
  expect_laws_hold(stats);
}

TEST(WalkCache, a_hit_leads_to_the_table_below_the_level_that_hit) {
  WalkCache cache(kSmall, 0);
  WalkCacheStats stats;
  for (const unsigned level : {2U, 1U, 0U}) {
    cache.fill(request(5 * kGiga), {Ppn(100 + level), level, Reach::address_space}, stats);
    const auto known = cache.lookup(request(5 * kGiga), stats);
    ASSERT_TRUE(known);
    EXPECT_EQ(known->level, level);
    EXPECT_EQ(known->table, Ppn(100 + level));
    EXPECT_EQ(stats.level[level].hits, 1U);
  }
  expect_laws_hold(stats);
}

TEST(WalkCache, the_deepest_hit_wins_and_levels_above_it_are_not_counted) {
  WalkCache cache(kSmall, 0);
  WalkCacheStats stats;
  cache.fill(request(0), {Ppn(2), 1, Reach::address_space}, stats);
  cache.fill(request(0), {Ppn(1), 0, Reach::address_space}, stats);
  EXPECT_EQ(cache.lookup(request(0), stats)->table, Ppn(1));
  EXPECT_EQ(stats.level[1].accesses, 0U);
  EXPECT_EQ(cache.lookup(request(kMega), stats)->table, Ppn(2)) << "another 2 MiB region";
  expect_laws_hold(stats);
}

TEST(WalkCache, each_level_serves_the_region_that_its_pointer_reaches) {
  const std::uint64_t reach[] = {kMega, kGiga, 512 * kGiga};
  for (unsigned level = 0; level < 3; ++level) {
    WalkCache cache(kSmall, 0);
    WalkCacheStats stats;
    const std::uint64_t base = 3 * reach[level];
    cache.fill(request(base + 4096), {Ppn(9), level, Reach::address_space}, stats);
    EXPECT_TRUE(cache.lookup(request(base), stats));
    EXPECT_TRUE(cache.lookup(request(base + reach[level] - 1), stats));
    EXPECT_FALSE(cache.lookup(request(base + reach[level]), stats));
    EXPECT_FALSE(cache.lookup(request(base - 1), stats));
  }
}

TEST(WalkCache, keeps_address_spaces_apart) {
  WalkCache cache(kSmall, 0);
  WalkCacheStats stats;
  cache.fill(request(0, 1), {Ppn(11), 0, Reach::address_space}, stats);
  EXPECT_FALSE(cache.lookup(request(0, 2), stats));
  cache.fill(request(0, 2), {Ppn(12), 0, Reach::address_space}, stats);
  EXPECT_EQ(cache.lookup(request(0, 1), stats)->table, Ppn(11));
  EXPECT_EQ(cache.lookup(request(0, 2), stats)->table, Ppn(12));
}

TEST(WalkCache, global_pointers_serve_every_address_space_and_stay_global) {
  WalkCache cache(kSmall, 0);
  WalkCacheStats stats;
  cache.fill(request(0, 1), {Ppn(11), 0, Reach::global}, stats);
  const auto known = cache.lookup(request(0, 2), stats);
  ASSERT_TRUE(known);
  EXPECT_EQ(known->reach, Reach::global);
}

TEST(WalkCache, a_level_without_entries_is_left_out) {
  WalkCache cache({{4, 4}, kAbsent, {1, 1}}, 0);
  WalkCacheStats stats;
  cache.fill(request(0), {Ppn(2), 1, Reach::address_space}, stats);
  EXPECT_FALSE(cache.lookup(request(0), stats));
  EXPECT_EQ(stats.level[1].accesses, 0U);
  EXPECT_EQ(stats.level[1].fills, 0U);
  EXPECT_EQ(stats.level[0].accesses, 1U);
  EXPECT_EQ(stats.level[2].accesses, 1U);
}

TEST(WalkCache, serves_a_mode_only_with_levels_that_the_mode_has) {
  EXPECT_TRUE(WalkCache(kSmall, 0).serves(kSv39));
  EXPECT_TRUE(WalkCache(kSmall, 0).serves(kSv48));
  EXPECT_FALSE(WalkCache({kAbsent, kAbsent, {1, 1}}, 0).serves(kSv39));
  EXPECT_TRUE(WalkCache({kAbsent, kAbsent, {1, 1}}, 0).serves(kSv48));
  EXPECT_FALSE(WalkCache({kAbsent, kAbsent, kAbsent}, 0).serves(kSv48));
}

TEST(WalkCache, does_not_ask_level_3_for_sv39) {
  WalkCache cache(kSmall, 0);
  WalkCacheStats stats;
  cache.lookup(request(0, 1, PagingModeName::sv39), stats);
  EXPECT_EQ(stats.level[2].accesses, 0U);
}

TEST(WalkCache, the_least_recently_used_pointer_makes_room) {
  WalkCache cache({{2, 2}, kAbsent, kAbsent}, 0);
  WalkCacheStats stats;
  cache.fill(request(0 * kMega), {Ppn(1), 0, Reach::address_space}, stats);
  cache.fill(request(1 * kMega), {Ppn(2), 0, Reach::address_space}, stats);
  cache.lookup(request(0 * kMega), stats);
  cache.fill(request(2 * kMega), {Ppn(3), 0, Reach::address_space}, stats);
  EXPECT_TRUE(cache.lookup(request(0 * kMega), stats));
  EXPECT_FALSE(cache.lookup(request(1 * kMega), stats));
  EXPECT_EQ(stats.level[0].evictions, 1U);
  expect_laws_hold(stats);
}

TEST(WalkCache, ways_bound_how_many_pointers_of_one_set_fit) {
  WalkCacheStats stats;
  WalkCache direct_mapped({{4, 1}, kAbsent, kAbsent}, 0);
  direct_mapped.fill(request(0), {Ppn(1), 0, Reach::address_space}, stats);
  direct_mapped.fill(request(4 * kMega), {Ppn(2), 0, Reach::address_space}, stats);
  EXPECT_FALSE(direct_mapped.lookup(request(0), stats));
  WalkCache fully_associative({{4, 4}, kAbsent, kAbsent}, 0);
  fully_associative.fill(request(0), {Ppn(1), 0, Reach::address_space}, stats);
  fully_associative.fill(request(4 * kMega), {Ppn(2), 0, Reach::address_space}, stats);
  EXPECT_TRUE(fully_associative.lookup(request(0), stats));
}

/// Looks `asked` up and takes in the pointers that a walk from there would read.
void walk_through(WalkCache& cache, const WalkRequest& asked, WalkCacheStats& stats) {
  const auto known = cache.lookup(asked, stats);
  for (unsigned level = known ? known->level : 3; level > 0; --level) {
    cache.fill(asked, {Ppn(level), level - 1, Reach::address_space}, stats);
  }
}

TEST(WalkCache, every_policy_keeps_the_laws) {
  for (const auto& policy : replacement::kPolicyNames) {
    const WalkCacheLevelConfig level{8, 4, policy.value};
    WalkCache cache({level, level, level}, 42);
    WalkCacheStats stats;
    Random random(7);
    for (int i = 0; i < 1'000; ++i) {
      walk_through(cache,
                   request(random.below(64) * kMega, static_cast<std::uint16_t>(random.below(2))),
                   stats);
      if (random.below(100) == 0) cache.fence({std::nullopt, Asid(1)}, stats);
    }
    EXPECT_GT(stats.level[0].hits, 0U) << policy.name;
    EXPECT_GT(stats.level[0].evictions, 0U) << policy.name;
    EXPECT_GT(stats.level[0].fenced, 0U) << policy.name;
    expect_laws_hold(stats);
  }
}

TEST(WalkCache, the_seed_decides_what_random_replacement_forgets) {
  const auto hits = [](std::uint64_t seed) {
    WalkCache cache({{4, 4, PolicyName::random}, kAbsent, kAbsent}, seed);
    WalkCacheStats stats;
    Random random(7);
    for (int i = 0; i < 1'000; ++i) walk_through(cache, request(random.below(8) * kMega), stats);
    return stats.level[0].hits;
  };
  EXPECT_EQ(hits(1), hits(1));
  EXPECT_NE(hits(1), hits(2));
}

class WalkCacheFence : public ::testing::Test {
 protected:
  WalkCacheFence() : cache(kSmall, 0) {
    cache.fill(request(0, 1), {Ppn(1), 0, Reach::address_space}, stats);
    cache.fill(request(kMega, 2), {Ppn(2), 0, Reach::address_space}, stats);
    cache.fill(request(2 * kMega, 1), {Ppn(3), 0, Reach::global}, stats);
  }
  /// Which of the three pointers are still there.
  std::vector<bool> kept() {
    std::vector<bool> result;
    for (const WalkRequest& asked : {request(0, 1), request(kMega, 2), request(2 * kMega, 1)}) {
      result.push_back(cache.lookup(asked, stats).has_value());
    }
    return result;
  }
  WalkCache cache;
  WalkCacheStats stats;
};

TEST_F(WalkCacheFence, of_everything_removes_everything) {
  cache.fence({}, stats);
  EXPECT_EQ(kept(), (std::vector<bool>{false, false, false}));
  EXPECT_EQ(stats.level[0].fenced, 3U);
  expect_laws_hold(stats);
}

TEST_F(WalkCacheFence, of_an_address_space_keeps_others_and_global_pointers) {
  cache.fence({std::nullopt, Asid(1)}, stats);
  EXPECT_EQ(kept(), (std::vector<bool>{false, true, true}));
  expect_laws_hold(stats);
}

TEST_F(WalkCacheFence, of_one_page_keeps_pointers_because_it_orders_leaf_ptes_only) {
  cache.fence({Vpn(0), std::nullopt}, stats);
  cache.fence({Vpn(0), Asid(1)}, stats);
  EXPECT_EQ(kept(), (std::vector<bool>{true, true, true}));
}

}  // namespace
}  // namespace tlmmu
