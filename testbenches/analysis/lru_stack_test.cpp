// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/lru_stack.h"

#include <gmock/gmock.h>

#include "testbenches/analysis/naive_analysis.h"
#include "testbenches/support/seed.h"

namespace tlmmu::analysis {
namespace {

using ::testing::ElementsAre;

template <std::size_t kTop>
std::vector<std::uint32_t> distances(const String& string) {
  BasicLruStack<kTop> stack;
  std::vector<std::uint32_t> result;
  for (const std::uint64_t page : string) result.push_back(stack.reference(Vpn(page)).distance);
  return result;
}

TEST(LruStack, tells_how_many_pages_were_referenced_since) {
  EXPECT_THAT(distances<8>({7, 7, 8, 9, 7, 8, 8}), ElementsAre(0, 1, 0, 0, 3, 3, 1));
}

TEST(LruStack, numbers_pages_in_the_order_of_their_first_reference) {
  LruStack stack;
  EXPECT_EQ(stack.reference(Vpn(900)).page, PageOrdinal(0));
  EXPECT_EQ(stack.reference(Vpn(5)).page, PageOrdinal(1));
  EXPECT_EQ(stack.reference(Vpn(900)).page, PageOrdinal(0));
  EXPECT_EQ(stack.pages(), 2U);
}

TEST(LruStack, knows_the_page_on_top) {
  LruStack stack;
  EXPECT_FALSE(stack.on_top(Vpn(0)));
  stack.reference(Vpn(0));
  EXPECT_TRUE(stack.on_top(Vpn(0)));
  stack.reference(Vpn(1));
  EXPECT_FALSE(stack.on_top(Vpn(0)));
}

TEST(LruStack, of_a_cycle_has_every_page_at_its_bottom) {
  LruStack stack;
  constexpr std::uint32_t kPages = 5000;
  for (std::uint32_t round = 0; round < 3; ++round) {
    for (std::uint32_t page = 0; page < kPages; ++page) {
      ASSERT_EQ(stack.reference(Vpn(page)).distance, round == 0 ? 0 : kPages);
    }
  }
}

TEST(LruStack, takes_the_largest_and_the_smallest_page_number) {
  EXPECT_THAT(distances<1>({~std::uint64_t{0}, 0, ~std::uint64_t{0}, 0}), ElementsAre(0, 0, 2, 2));
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
