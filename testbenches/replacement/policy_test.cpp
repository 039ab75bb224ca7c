// SPDX-License-Identifier: Apache-2.0
#include "models/replacement/policy.h"

#include <gtest/gtest.h>

#include <set>

namespace tlmmu::replacement {
namespace {

constexpr Set kSet(0);

Policy full_set(PolicyName name, std::uint32_t ways, std::uint64_t seed = 1) {
  Policy policy(name, {1, ways}, seed);
  for (std::uint32_t way = 0; way < ways; ++way) policy.fill(kSet, Slot(way));
  return policy;
}

constexpr PolicyName kAll[] = {PolicyName::lru, PolicyName::tree_plru, PolicyName::fifo,
                               PolicyName::srrip, PolicyName::random};

TEST(Policy, lru_replaces_what_was_used_longest_ago) {
  Policy policy = full_set(PolicyName::lru, 4);
  policy.touch(kSet, Slot(0));
  policy.touch(kSet, Slot(2));
  EXPECT_EQ(policy.victim(kSet), Slot(1));
  policy.fill(kSet, Slot(1));
  EXPECT_EQ(policy.victim(kSet), Slot(3));
}

TEST(Policy, fifo_replaces_what_came_first_whatever_is_hit) {
  Policy policy = full_set(PolicyName::fifo, 3);
  policy.touch(kSet, Slot(0));
  EXPECT_EQ(policy.victim(kSet), Slot(0));
  policy.fill(kSet, Slot(0));
  EXPECT_EQ(policy.victim(kSet), Slot(1));
}

TEST(Policy, tree_plru_points_away_from_the_last_two_halves) {
  Policy policy = full_set(PolicyName::tree_plru, 4);
  policy.touch(kSet, Slot(0));  // root points right; 3 was the last used there
  EXPECT_EQ(policy.victim(kSet), Slot(2));
  policy.touch(kSet, Slot(2));  // root points left; 0 was the last used there
  EXPECT_EQ(policy.victim(kSet), Slot(1));
}

TEST(Policy, tree_plru_with_one_way_replaces_it) {
  EXPECT_EQ(full_set(PolicyName::tree_plru, 1).victim(kSet), Slot(0));
}

TEST(Policy, srrip_protects_what_was_hit_from_a_scan) {
  Policy policy = full_set(PolicyName::srrip, 4);
  policy.touch(kSet, Slot(0));
  for (const std::uint32_t expected : {1U, 2U, 3U}) {
    ASSERT_EQ(policy.victim(kSet), Slot(expected));
    policy.fill(kSet, Slot(expected));
  }
  // the aging of the first choice made all others distant; now they are long and way 0 is at 1
  EXPECT_EQ(policy.victim(kSet), Slot(1));
}

TEST(Policy, random_reaches_every_way_and_repeats_with_its_seed) {
  Policy one = full_set(PolicyName::random, 8, 7);
  Policy same = full_set(PolicyName::random, 8, 7);
  Policy other = full_set(PolicyName::random, 8, 8);
  EXPECT_TRUE(one == same);
  EXPECT_FALSE(one == other);
  std::set<std::uint32_t> seen;
  for (int i = 0; i < 200; ++i) {
    const Slot chosen = one.victim(kSet);
    EXPECT_EQ(chosen, same.victim(kSet));
    seen.insert(chosen.value());
  }
  EXPECT_EQ(seen.size(), 8U);
}

TEST(Policy, a_second_touch_in_a_row_changes_nothing) {
  for (const PolicyName name : kAll) {
    Policy once = full_set(name, 8);
    once.touch(kSet, Slot(5));
    Policy twice = once;
    twice.touch(kSet, Slot(5));
    EXPECT_TRUE(once == twice) << name_in(kPolicyNames, name);
  }
}

TEST(Policy, sets_do_not_influence_each_other) {
  for (const PolicyName name :
       {PolicyName::lru, PolicyName::tree_plru, PolicyName::fifo, PolicyName::srrip}) {
    const Geometry geometry{3, 2};
    Policy policy(name, geometry, 1);
    for (std::uint32_t slot = 0; slot < geometry.slots(); ++slot) {
      policy.fill(geometry.set_of(Slot(slot)), Slot(slot));
    }
    policy.touch(Set(0), Slot(0));
    policy.touch(Set(2), Slot(5));
    EXPECT_EQ(policy.victim(Set(1)), Slot(2)) << name_in(kPolicyNames, name);
  }
}

TEST(Policy, only_tree_plru_wants_a_power_of_two) {
  for (const PolicyName name : kAll) {
    EXPECT_EQ(suits(name, 12), name != PolicyName::tree_plru);
    EXPECT_TRUE(suits(name, 16));
    EXPECT_FALSE(suits(name, 0));
  }
}

}  // namespace
}  // namespace tlmmu::replacement
