// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/optimal_replacement.h"

#include <gmock/gmock.h>

#include "models/analysis/reference_reducer.h"
#include "testbenches/analysis/naive_analysis.h"
#include "testbenches/support/seed.h"

namespace tlmmu::analysis {
namespace {

using ::testing::ElementsAre;

std::vector<PageOrdinal> ordinals(const String& string) {
  PageIndex index;
  std::vector<PageOrdinal> result;
  for (const std::uint64_t page : string) result.push_back(index.ordinal_of(Vpn(page)));
  return result;
}

std::uint32_t pages_of(const std::vector<PageOrdinal>& string) {
  return string.empty() ? 0 : std::max_element(string.begin(), string.end())->value() + 1;
}

std::vector<PageOrdinal> reduced(const std::vector<PageOrdinal>& string, std::uint64_t frames) {
  ReferenceReducer reducer(frames);
  for (const PageOrdinal page : string) reducer.reference(page);
  return reducer.finish();
}

TEST(OptimalReplacement, of_nothing_has_no_faults) {
  EXPECT_EQ(OptimalReplacement({}, 0).faults(1), 0U);
}

TEST(OptimalReplacement, with_one_frame_faults_at_each_change_of_page) {
  const auto string = ordinals({1, 1, 2, 1, 1, 3, 3});
  EXPECT_EQ(OptimalReplacement(string, 3).faults(1), 4U);
}

TEST(OptimalReplacement, with_room_for_all_faults_once_for_each_page) {
  const auto string = ordinals({1, 2, 3, 1, 2, 3, 2});
  EXPECT_EQ(OptimalReplacement(string, 3).faults(3), 3U);
  EXPECT_EQ(OptimalReplacement(string, 3).faults(1'000'000), 3U);
}

// A cycle of W pages over m frames: after the first round OPT misses W-m times in W-1 references.
TEST(OptimalReplacement, keeps_most_of_a_cycle_that_lru_loses) {
  String cycle;
  for (std::uint64_t i = 0; i < 9 * 20; ++i) cycle.push_back(i % 10);
  EXPECT_EQ(OptimalReplacement(ordinals(cycle), 10).faults(9), 10U + (180 - 10) / 9);
}

TEST(OptimalReplacement, equals_the_naive_one) {
  const std::uint64_t seed = testing::seed_or(3);
  SCOPED_TRACE("TLMMU_SEED=" + std::to_string(seed));
  Random random(seed);
  for (const std::uint64_t pages : {1, 4, 12, 60}) {
    const String string = random_string(random, 400, pages);
    const auto string_of_ordinals = ordinals(string);
    const OptimalReplacement opt(string_of_ordinals, pages_of(string_of_ordinals));
    for (std::size_t frames = 1; frames <= pages; frames += 1 + frames / 2) {
      ASSERT_EQ(opt.faults(frames), naive_opt_faults(string, frames)) << pages << " " << frames;
    }
  }
}

TEST(ReferenceReducer, keeps_first_and_last_reference_of_each_page_of_a_segment) {
  EXPECT_EQ(reduced(ordinals({1, 2, 1, 2, 1, 2, 3, 3, 1}), 2), ordinals({1, 2, 1, 2, 3, 1}));
}

TEST(ReferenceReducer, equals_the_naive_one_however_long_its_segments_are) {
  const std::uint64_t seed = testing::seed_or(6);
  SCOPED_TRACE("TLMMU_SEED=" + std::to_string(seed));
  Random random(seed);
  for (const std::uint64_t pages : {1, 3, 12, 60}) {
    const String string = random_string(random, 2000, pages);
    for (std::size_t frames = 1; frames <= pages; frames += 1 + frames / 2) {
      String numbered;  // pages are numbered as they come, in both
      for (const PageOrdinal page : ordinals(string)) numbered.push_back(page.value());
      std::vector<PageOrdinal> expected;
      for (const std::uint64_t page : naive_reduced(numbered, frames)) {
        expected.emplace_back(static_cast<std::uint32_t>(page));
      }
      ASSERT_EQ(reduced(ordinals(string), frames), expected) << pages << " " << frames;
    }
  }
}

TEST(ReferenceReducer, for_one_frame_leaves_out_repeats_only) {
  EXPECT_EQ(reduced(ordinals({1, 1, 2, 2, 1, 2}), 1), ordinals({1, 2, 1, 2}));
}

TEST(ReferenceReducer, is_empty_after_its_end) {
  ReferenceReducer reducer(4);
  reducer.reference(PageOrdinal(0));
  EXPECT_THAT(reducer.finish(), ElementsAre(PageOrdinal(0)));
  EXPECT_TRUE(reducer.finish().empty());
}

TEST(ReferenceReducer, changes_no_faults_of_memories_that_are_large_enough) {
  const std::uint64_t seed = testing::seed_or(4);
  SCOPED_TRACE("TLMMU_SEED=" + std::to_string(seed));
  Random random(seed);
  for (const std::uint64_t pages : {3, 12, 60, 300}) {
    const auto string = ordinals(random_string(random, 1500, pages));
    const OptimalReplacement plain(string, pages_of(string));
    for (std::uint64_t smallest = 1; smallest <= pages; smallest += 1 + smallest) {
      const OptimalReplacement opt(reduced(string, smallest), pages_of(string));
      for (std::uint64_t frames = smallest; frames <= pages; frames += 1 + frames / 2) {
        ASSERT_EQ(opt.faults(frames), plain.faults(frames)) << smallest << " " << frames;
      }
    }
  }
}

TEST(ReferenceReducer, leaves_little_of_a_string_with_locality) {
  Random random(5);
  const auto string = ordinals(random_string(random, 20'000, 300));
  EXPECT_LT(reduced(string, 32).size(), string.size() / 2);
}

}  // namespace
}  // namespace tlmmu::analysis
