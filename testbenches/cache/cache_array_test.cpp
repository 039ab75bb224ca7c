// SPDX-License-Identifier: Apache-2.0
#include "models/cache/cache_array.h"

#include <gtest/gtest.h>

#include "testbenches/replacement/naive_array.h"

namespace tlmmu {
namespace {

using replacement::NaiveArray;
using replacement::PolicyName;

CacheConfig config_of(std::uint64_t sets, std::uint64_t ways, PolicyName policy = PolicyName::lru) {
  CacheConfig config;
  config.ways = ways;
  config.size = config.line * ways * sets;
  config.replacement = policy;
  return config;
}

TEST(CacheArray, an_address_belongs_to_the_line_around_it) {
  const CacheArray array(config_of(4, 2), 1);
  EXPECT_EQ(array.line_of(PhysicalAddress(127)), LineNumber(1));
  EXPECT_EQ(array.line_of(PhysicalAddress(128)), LineNumber(2));
  EXPECT_EQ(array.address_of(LineNumber(2)), PhysicalAddress(128));
}

TEST(CacheArray, lines_map_to_sets_modulo_any_number_of_sets) {
  CacheArray array(config_of(3, 1), 1);
  for (std::uint64_t line = 0; line < 3; ++line) {
    EXPECT_FALSE(array.fill(LineNumber(line), LineState::clean));
  }
  EXPECT_EQ(array.fill(LineNumber(7), LineState::clean)->number, LineNumber(1));
}

TEST(CacheArray, a_victim_leaves_with_its_state) {
  CacheArray array(config_of(1, 1), 1);
  array.fill(LineNumber(1), LineState::clean);
  *array.lookup(LineNumber(1)) = LineState::dirty;
  EXPECT_EQ(array.fill(LineNumber(2), LineState::clean)->state, LineState::dirty);
}

TEST(CacheArray, a_line_can_be_looked_at_without_being_used) {
  CacheArray array(config_of(1, 2), 1);
  array.fill(LineNumber(1), LineState::clean);
  array.fill(LineNumber(2), LineState::clean);
  EXPECT_NE(array.peek(LineNumber(1)), nullptr);
  EXPECT_EQ(array.fill(LineNumber(3), LineState::clean)->number, LineNumber(1));
  EXPECT_EQ(array.peek(LineNumber(1)), nullptr);
}

TEST(CacheArray, a_removed_line_is_gone) {
  CacheArray array(config_of(1, 2), 1);
  array.fill(LineNumber(1), LineState::dirty);
  EXPECT_EQ(array.remove(LineNumber(1)), LineState::dirty);
  EXPECT_FALSE(array.remove(LineNumber(1)));
  EXPECT_EQ(array.lookup(LineNumber(1)), nullptr);
  EXPECT_EQ(array.size(), 0U);
}

struct Case {
  PolicyName policy;
  unsigned sets;
  unsigned ways;
};
std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.sets << " sets of " << c.ways;
}
std::string name_of(const testing::TestParamInfo<Case>& info) {
  return std::string(name_in(replacement::kPolicyNames, info.param.policy)) + "_" +
         std::to_string(info.param.sets) + "x" + std::to_string(info.param.ways);
}

class CacheArrayRandom : public testing::TestWithParam<Case> {};
constexpr std::uint64_t kSeed = 4711;

TEST_P(CacheArrayRandom, streams_hit_and_evict_as_in_a_naive_model) {
  const auto [policy, sets, ways] = GetParam();
  CacheArray array(config_of(sets, ways, policy), kSeed);
  NaiveArray naive(sets, ways, policy, kSeed);
  Random random(kSeed);
  for (int step = 0; step < 4000; ++step) {
    SCOPED_TRACE("seed " + std::to_string(kSeed) + " step " + std::to_string(step));
    const std::uint64_t span = 3ULL * sets * ways;
    const LineNumber line(random.below(span) * random.below(span) / span);
    const bool hit = array.lookup(line) != nullptr;
    ASSERT_EQ(hit, naive.look_up(line.value()).has_value());
    if (hit) continue;
    const auto victim = array.fill(line, LineState::clean);
    const auto expected = naive.insert(line.value(), 0);
    ASSERT_EQ(victim.has_value(), expected.has_value());
    if (victim) {
      ASSERT_EQ(victim->number.value(), expected->tag);
    }
  }
}

TEST_P(CacheArrayRandom, the_shortcut_leaves_the_same_state_as_the_plain_path) {
  const auto [policy, sets, ways] = GetParam();
  CacheArray fast(config_of(sets, ways, policy), kSeed);
  CacheArray plain(config_of(sets, ways, policy), kSeed);
  Random random(kSeed);
  LineNumber line(0);
  for (int step = 0; step < 1500; ++step) {
    SCOPED_TRACE("seed " + std::to_string(kSeed) + " step " + std::to_string(step));
    if (random.below(2) == 0) line = LineNumber(random.below(2ULL * sets * ways));
    LineState* const found = fast.lookup(line);
    LineState* const expected = plain.lookup_plain(line);
    ASSERT_EQ(found == nullptr, expected == nullptr);
    if (found == nullptr) {
      fast.fill(line, LineState::clean);
      plain.fill(line, LineState::clean);
    } else if (random.below(8) == 0) {
      *found = *expected = LineState::dirty;
    } else if (random.below(16) == 0) {
      fast.remove(line);
      plain.remove(line);
    }
    ASSERT_TRUE(fast == plain);
  }
}

INSTANTIATE_TEST_SUITE_P(all, CacheArrayRandom,
                         testing::Values(Case{PolicyName::lru, 8, 4}, Case{PolicyName::lru, 6, 3},
                                         Case{PolicyName::lru, 1, 48},
                                         Case{PolicyName::tree_plru, 8, 8},
                                         Case{PolicyName::fifo, 5, 6},
                                         Case{PolicyName::srrip, 4, 16},
                                         Case{PolicyName::random, 8, 4}),
                         name_of);

}  // namespace
}  // namespace tlmmu
