// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/lru_stack.h"

#include <gmock/gmock.h>

#include <set>

#include "models/analysis/page_index.h"
#include "testbenches/analysis/naive_analysis.h"
#include "testbenches/support/seed.h"

namespace tlmmu::analysis {
namespace {

using ::testing::ElementsAre;

template <std::size_t kTop>
std::vector<std::uint32_t> distances(const String& string) {
  PageIndex index;
  BasicLruStack<kTop> stack;
  std::vector<std::uint32_t> result;
  for (const std::uint64_t page : string) {
    result.push_back(stack.reference(index.ordinal_of(Vpn(page))));
  }
  return result;
}

TEST(LruStack, tells_how_many_pages_were_referenced_since) {
  EXPECT_THAT(distances<8>({7, 7, 8, 9, 7, 8, 8}), ElementsAre(0, 1, 0, 0, 3, 3, 1));
}

TEST(LruStack, knows_how_many_pages_it_has) {
  LruStack stack;
  for (const std::uint32_t page : {0, 1, 0, 2}) stack.reference(PageOrdinal(page));
  EXPECT_EQ(stack.pages(), 3U);
}

TEST(LruStack, of_a_cycle_has_every_page_at_its_bottom) {
  LruStack stack;
  constexpr std::uint32_t kPages = 5000;
  for (std::uint32_t round = 0; round < 3; ++round) {
    for (std::uint32_t page = 0; page < kPages; ++page) {
      ASSERT_EQ(stack.reference(PageOrdinal(page)), round == 0 ? 0 : kPages);
    }
  }
}

TEST(LruStack, equals_the_naive_stack_whatever_stands_in_its_array) {
  const std::uint64_t seed = testing::seed_or(1);
  SCOPED_TRACE("TLMMU_SEED=" + std::to_string(seed));
  Random random(seed);
  for (const std::uint64_t pages : {1, 5, 8, 9, 10, 40, 2000}) {
    const String string = random_string(random, 4000, pages);
    const auto expected = naive_distances(string);
    ASSERT_EQ(distances<1>(string), expected) << pages;
    ASSERT_EQ(distances<2>(string), expected) << pages;
    ASSERT_EQ(distances<8>(string), expected) << pages;
  }
}

TEST(RecencyOrder, keeps_its_order_when_its_places_are_used_up) {
  const std::uint64_t seed = testing::seed_or(2);
  SCOPED_TRACE("TLMMU_SEED=" + std::to_string(seed));
  Random random(seed);
  RecencyOrder order;
  std::vector<PageOrdinal> naive;  // the most recent last
  for (std::uint32_t page = 0; page < 1500; ++page) {
    order.push(PageOrdinal(page));
    naive.emplace_back(page);
  }
  for (int i = 0; i < 10'000; ++i) {
    const auto place = static_cast<std::ptrdiff_t>(random.below(naive.size()));
    const PageOrdinal page = naive[static_cast<std::size_t>(place)];
    const auto newer = naive.size() - 1 - static_cast<std::size_t>(place);
    ASSERT_EQ(order.remove(page), newer);
    naive.erase(naive.begin() + place);
    if (random.below(50) == 0) continue;  // not put in again: the order shrinks
    order.push(page);
    naive.push_back(page);
  }
  EXPECT_EQ(order.size(), naive.size());
}

TEST(GapCounts, of_any_size_tell_how_many_gaps_are_above) {
  const std::uint64_t seed = testing::seed_or(3);
  SCOPED_TRACE("TLMMU_SEED=" + std::to_string(seed));
  Random random(seed);
  GapCounts gaps(1);
  for (const std::uint32_t places : {1, 63, 64, 65, 1024, 1025, 17'000, 300'000}) {
    gaps.reset(places);
    std::set<std::uint32_t> naive;
    for (int i = 0; i < 300; ++i) {
      const auto place = static_cast<std::uint32_t>(random.below(places));
      ASSERT_EQ(gaps.is_gap(place), naive.count(place) != 0) << place << " of " << places;
      if (gaps.is_gap(place)) continue;
      const auto above = std::distance(naive.upper_bound(place), naive.end());
      ASSERT_EQ(gaps.add(place), above) << place << " of " << places;
      naive.insert(place);
    }
  }
}

TEST(PageIndex, numbers_pages_in_the_order_in_which_they_are_seen) {
  PageIndex index;
  EXPECT_EQ(index.ordinal_of(Vpn(900)), PageOrdinal(0));
  EXPECT_EQ(index.ordinal_of(Vpn(0)), PageOrdinal(1));
  EXPECT_EQ(index.ordinal_of(Vpn(~std::uint64_t{0})), PageOrdinal(2));
  EXPECT_EQ(index.ordinal_of(Vpn(900)), PageOrdinal(0));
  EXPECT_EQ(index.size(), 3U);
}

TEST(PageIndex, finds_every_page_again) {
  PageIndex index;
  constexpr std::uint32_t kPages = 100'000;
  for (int round = 0; round < 2; ++round) {
    for (std::uint32_t i = 0; i < kPages; ++i) {
      ASSERT_EQ(index.ordinal_of(Vpn(std::uint64_t{i} << 9U)), PageOrdinal(i));
    }
  }
  EXPECT_EQ(index.size(), kPages);
}

}  // namespace
}  // namespace tlmmu::analysis
