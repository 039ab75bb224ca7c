// SPDX-License-Identifier: Apache-2.0
#include "models/replacement/set_associative.h"

#include <gtest/gtest.h>

#include "testbenches/replacement/naive_array.h"

namespace tlmmu::replacement {
namespace {

using Array = SetAssociative<std::uint64_t>;

struct Case {
  PolicyName policy;
  std::uint32_t sets;
  std::uint32_t ways;
};

std::string name_of(const testing::TestParamInfo<Case>& info) {
  return std::string(name_in(kPolicyNames, info.param.policy)) + "_" +
         std::to_string(info.param.sets) + "x" + std::to_string(info.param.ways);
}

std::optional<std::uint64_t> look_up(Array& array, std::uint64_t tag) {
  const Set set = array.set_of(tag);
  const auto slot = array.find(set, tag);
  if (!slot) return std::nullopt;
  array.touch(set, *slot);
  return array.at(*slot);
}

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.sets << " sets of " << c.ways;
}

class SetAssociativeAgainstNaive : public testing::TestWithParam<Case> {};

TEST_P(SetAssociativeAgainstNaive, random_streams_hit_and_evict_the_same) {
  const auto [policy, sets, ways] = GetParam();
  const std::uint64_t seed = 20250101;
  RecordProperty("seed", std::to_string(seed));
  Array array({sets, ways}, policy, seed);
  NaiveArray naive(sets, ways, policy, seed);
  Random random(seed);
  const std::uint64_t span = std::uint64_t{sets} * ways * 3;
  for (int step = 0; step < 4000; ++step) {
    // products of two draws favour small tags, so that some are hot
    const std::uint64_t tag = random.below(span) * random.below(span) / span;
    if (random.below(16) == 0) {
      if (const auto slot = array.find(array.set_of(tag), tag)) array.erase(*slot);
      naive.erase(tag);
      continue;
    }
    const auto value = look_up(array, tag);
    ASSERT_EQ(value, naive.look_up(tag)) << "seed " << seed << " step " << step;
    if (value) continue;
    const auto stored = static_cast<std::uint64_t>(step);
    const auto victim = array.insert(array.set_of(tag), tag, stored);
    const auto expected = naive.insert(tag, stored);
    ASSERT_EQ(victim.has_value(), expected.has_value()) << "seed " << seed << " step " << step;
    if (!victim) continue;
    ASSERT_EQ(victim->tag, expected->tag) << "seed " << seed << " step " << step;
    ASSERT_EQ(victim->entry, expected->value);
  }
}

INSTANTIATE_TEST_SUITE_P(
    all, SetAssociativeAgainstNaive,
    testing::Values(Case{PolicyName::lru, 1, 1}, Case{PolicyName::lru, 16, 4},
                    Case{PolicyName::lru, 7, 12}, Case{PolicyName::lru, 1, 65},
                    Case{PolicyName::lru, 2, 33}, Case{PolicyName::fifo, 4, 9},
                    Case{PolicyName::lru, 1, 1536}, Case{PolicyName::tree_plru, 5, 1},
                    Case{PolicyName::tree_plru, 16, 4}, Case{PolicyName::tree_plru, 3, 32},
                    Case{PolicyName::tree_plru, 1, 128}, Case{PolicyName::fifo, 16, 4},
                    Case{PolicyName::fifo, 11, 3}, Case{PolicyName::fifo, 1, 200},
                    Case{PolicyName::srrip, 16, 4}, Case{PolicyName::srrip, 128, 12},
                    Case{PolicyName::srrip, 1, 100}, Case{PolicyName::random, 16, 4},
                    Case{PolicyName::random, 3, 17}, Case{PolicyName::random, 1, 200}),
    name_of);

TEST(SetAssociative, an_unused_way_is_filled_before_anything_is_evicted) {
  Array array({1, 4}, PolicyName::lru, 1);
  for (std::uint64_t tag = 0; tag < 4; ++tag) EXPECT_FALSE(array.insert(Set(0), tag, tag));
  array.erase(*array.find(Set(0), 2));
  EXPECT_EQ(array.size(), 3U);
  EXPECT_FALSE(array.insert(Set(0), 9, 9));
  EXPECT_EQ(array.insert(Set(0), 10, 10)->tag, 0U);
}

TEST(SetAssociative, the_same_tag_may_be_held_twice_and_told_apart) {
  for (const std::uint32_t ways : {4U, 64U}) {
    Array array({1, ways}, PolicyName::lru, 1);
    array.insert(Set(0), 5, 100);
    array.insert(Set(0), 5, 200);
    const auto slot = array.find(Set(0), 5, [](std::uint64_t entry) { return entry == 100; });
    ASSERT_TRUE(slot);
    EXPECT_EQ(array.at(*slot), 100U);
    array.erase(*slot);
    EXPECT_EQ(array.at(*array.find(Set(0), 5)), 200U);
  }
}

TEST(SetAssociative, numbers_map_to_sets_modulo_any_number_of_sets) {
  for (const std::uint32_t sets : {1U, 2U, 3U, 7U, 96U, 128U}) {
    const Array array({sets, 1}, PolicyName::lru, 1);
    for (const std::uint64_t number : {std::uint64_t{0}, std::uint64_t{95}, ~std::uint64_t{0}}) {
      EXPECT_EQ(array.set_of(number).value(), number % sets);
    }
  }
}

TEST(SetAssociative, remembers_the_last_touch_until_something_else_happens) {
  Array array({1, 4}, PolicyName::srrip, 1);
  array.insert(Set(0), 1, 10);
  EXPECT_FALSE(array.last_touched());  // for srrip a hit after a fill is not a repeat
  const Slot slot = *array.find(Set(0), 1);
  array.touch(Set(0), slot);
  EXPECT_EQ(array.last_touched(), &array.at(slot));
  array.insert(Set(0), 2, 20);
  EXPECT_FALSE(array.last_touched());
  array.touch(Set(0), slot);
  array.erase(*array.find(Set(0), 2));
  EXPECT_FALSE(array.last_touched());
}

TEST(SetAssociative, erase_if_removes_what_the_condition_names_and_nothing_else) {
  Array array({4, 24}, PolicyName::fifo, 1);
  for (std::uint64_t tag = 0; tag < 96; ++tag) array.insert(array.set_of(tag), tag, tag);
  array.erase_if([](std::uint64_t entry) { return entry % 3 == 0; });
  std::uint64_t left = 0;
  array.for_each([&](std::uint64_t tag, std::uint64_t entry) {
    EXPECT_EQ(tag, entry);
    EXPECT_NE(entry % 3, 0U);
    ++left;
  });
  EXPECT_EQ(left, 64U);
  EXPECT_EQ(array.size(), 64U);
}

}  // namespace
}  // namespace tlmmu::replacement
