// SPDX-License-Identifier: Apache-2.0
#include "models/tlb/tlb_array.h"

#include <gtest/gtest.h>

#include "testbenches/tlb/tlb_fixture.h"

namespace tlmmu {
namespace {

using tlb_test::config_of;
using tlb_test::entry_of;
using tlb_test::fence;
using tlb_test::kGlobalData;
using tlb_test::look_up;
using tlb_test::put;

constexpr std::uint64_t k2MiB = 1U << 21U;
constexpr std::uint64_t k1GiB = 1U << 30U;

TEST(TlbArray, an_entry_answers_every_address_of_its_page_and_no_other) {
  for (const PageSize size : {PageSize::k4KiB, PageSize::k2MiB, PageSize::k1GiB}) {
    TlbArray array(config_of(), 1);
    const std::uint64_t bytes = bytes_of(size).value();
    const TlbEntry entry = entry_of(5 * bytes, 1, size);
    put(array, entry);
    EXPECT_EQ(look_up(array, 5 * bytes, 1), entry);
    EXPECT_EQ(look_up(array, 6 * bytes - 1, 1), entry);
    EXPECT_FALSE(look_up(array, 5 * bytes - 1, 1));
    EXPECT_FALSE(look_up(array, 6 * bytes, 1));
  }
}

TEST(TlbArray, an_entry_answers_its_own_address_space_only) {
  TlbArray array(config_of(), 1);
  put(array, entry_of(0x1000, 1));
  EXPECT_FALSE(look_up(array, 0x1000, 2));
  put(array, entry_of(0x1000, 2));
  EXPECT_EQ(look_up(array, 0x1000, 1)->tag.asid(), Asid(1));
  EXPECT_EQ(look_up(array, 0x1000, 2)->tag.asid(), Asid(2));
}

TEST(TlbArray, a_global_entry_answers_every_address_space) {
  TlbArray array(config_of(), 1);
  put(array, entry_of(0x1000, 1, PageSize::k4KiB, kGlobalData));
  EXPECT_TRUE(look_up(array, 0x1000, 1));
  EXPECT_TRUE(look_up(array, 0x1000, 77));
}

TEST(TlbArray, an_address_with_other_upper_bits_is_another_page) {
  TlbArray array(config_of(), 1);
  put(array, entry_of(0x1000, 1));
  EXPECT_FALSE(look_up(array, 0x1000 | (std::uint64_t{1} << 63U), 1));
  EXPECT_FALSE(look_up(array, 0x1000 | (std::uint64_t{1} << 39U), 1));
}

TEST(TlbArray, the_same_page_is_held_once) {
  TlbArray array(config_of(), 1);
  TlbEntry entry = entry_of(0x1000, 1);
  put(array, entry);
  entry.translation.ppn = Ppn(99);
  EXPECT_TRUE(put(array, entry).empty());
  EXPECT_EQ(array.size(), 1U);
  EXPECT_EQ(look_up(array, 0x1000, 1)->translation.ppn, Ppn(99));
}

TEST(TlbArray, a_global_entry_supersedes_those_of_single_address_spaces) {
  TlbArray array(config_of(), 1);
  put(array, entry_of(0x1000, 1));
  put(array, entry_of(0x1000, 2));
  EXPECT_EQ(put(array, entry_of(0x1000, 3, PageSize::k4KiB, kGlobalData)).size(), 2U);
  EXPECT_EQ(array.size(), 1U);
  EXPECT_EQ(put(array, entry_of(0x1000, 2)).size(), 1U);  // and the other way round
  EXPECT_FALSE(look_up(array, 0x1000, 1));
}

TEST(TlbArray, a_smaller_page_supersedes_the_larger_one_around_it) {
  TlbArray array(config_of(), 1);
  const TlbEntry large = entry_of(k2MiB, 1, PageSize::k2MiB);
  put(array, large);
  EXPECT_EQ(put(array, entry_of(k2MiB + 0x3000, 1)), std::vector<TlbEntry>{large});
  EXPECT_FALSE(look_up(array, k2MiB, 1));
}

TEST(TlbArray, the_largest_page_answers_where_several_do) {
  TlbArray array(config_of(), 1);
  put(array, entry_of(k2MiB + 0x3000, 1));
  put(array, entry_of(k2MiB, 1, PageSize::k2MiB));
  EXPECT_EQ(array.size(), 2U);
  EXPECT_EQ(look_up(array, k2MiB + 0x3000, 1)->translation.size, PageSize::k2MiB);
}

TEST(TlbArray, pages_are_spread_over_the_sets_by_their_own_number) {
  // three sets of one way: pages 0, 1, 2 of any one size do not evict each other
  for (const PageSize size : {PageSize::k4KiB, PageSize::k2MiB}) {
    TlbArray array(config_of(3, 1), 1);
    for (std::uint64_t page = 0; page < 3; ++page) {
      const auto inserted =
          array.insert(entry_of(page * bytes_of(size).value(), 1, size), [](const TlbEntry&) {});
      EXPECT_FALSE(inserted.victim);
    }
    const auto inserted =
        array.insert(entry_of(4 * bytes_of(size).value(), 1, size), [](const TlbEntry&) {});
    ASSERT_TRUE(inserted.victim);
    EXPECT_EQ(inserted.victim->translation.vpn, VirtualAddress(bytes_of(size).value()).page());
  }
}

TEST(TlbArray, a_full_set_gives_up_the_least_recently_used_entry) {
  TlbArray array(config_of(2, 2), 1);
  put(array, entry_of(0x1000, 1));
  put(array, entry_of(0x2000, 1));
  look_up(array, 0x1000, 1);
  const auto inserted = array.insert(entry_of(0x3000, 1), [](const TlbEntry&) {});
  EXPECT_EQ(inserted.placement, TlbArray::Placement::filled);
  EXPECT_EQ(inserted.victim, entry_of(0x2000, 1));
}

class TlbArrayFence : public testing::Test {
 protected:
  void SetUp() override {
    put(array_, entry_of(0x1000, 1));
    put(array_, entry_of(0x1000, 2));
    put(array_, entry_of(0x2000, 1));
    put(array_, entry_of(k2MiB, 1, PageSize::k2MiB));
    put(array_, entry_of(k1GiB, 1, PageSize::k1GiB, kGlobalData));
    put(array_, entry_of(0x5000, 2, PageSize::k4KiB, kGlobalData));
  }
  TlbArray array_{config_of(), 1};
};

TEST_F(TlbArrayFence, without_operands_removes_everything) {
  EXPECT_EQ(fence(array_, {}).size(), 6U);
  EXPECT_EQ(array_.size(), 0U);
}

TEST_F(TlbArrayFence, of_an_address_space_keeps_global_entries_and_other_spaces) {
  EXPECT_EQ(fence(array_, {std::nullopt, Asid(1)}).size(), 3U);
  EXPECT_TRUE(look_up(array_, 0x1000, 2));
  EXPECT_TRUE(look_up(array_, k1GiB, 1));
  EXPECT_FALSE(look_up(array_, 0x2000, 1));
}

TEST_F(TlbArrayFence, of_an_address_removes_it_in_every_address_space) {
  EXPECT_EQ(fence(array_, {Vpn(1), std::nullopt}).size(), 2U);
  EXPECT_TRUE(look_up(array_, 0x2000, 1));
}

TEST_F(TlbArrayFence, of_an_address_removes_global_entries_too) {
  EXPECT_EQ(fence(array_, {Vpn(5), std::nullopt}).size(), 1U);
}

TEST_F(TlbArrayFence, of_an_address_in_a_space_keeps_the_other_space) {
  EXPECT_EQ(fence(array_, {Vpn(1), Asid(1)}), std::vector<TlbEntry>{entry_of(0x1000, 1)});
  EXPECT_TRUE(look_up(array_, 0x1000, 2));
}

TEST_F(TlbArrayFence, of_an_address_in_a_space_keeps_global_entries) {
  EXPECT_TRUE(fence(array_, {Vpn(5), Asid(2)}).empty());
}

TEST_F(TlbArrayFence, of_an_address_removes_the_whole_superpage_around_it) {
  EXPECT_EQ(fence(array_, {VirtualAddress(k2MiB + 0x7000).page(), std::nullopt}).size(), 1U);
  EXPECT_FALSE(look_up(array_, k2MiB, 1));
  EXPECT_EQ(fence(array_, {VirtualAddress(k1GiB + k2MiB).page(), std::nullopt}).size(), 1U);
}

TEST_F(TlbArrayFence, of_an_address_that_is_not_held_removes_nothing) {
  EXPECT_TRUE(fence(array_, {Vpn(7), std::nullopt}).empty());
  EXPECT_EQ(array_.size(), 6U);
}

TEST(TlbArray, remove_takes_the_entry_of_the_page_and_space_only) {
  TlbArray array(config_of(), 1);
  put(array, entry_of(0x1000, 1));
  EXPECT_FALSE(array.remove(entry_of(0x1000, 2)));
  EXPECT_FALSE(array.remove(entry_of(0x1000, 1, PageSize::k2MiB)));
  EXPECT_FALSE(array.remove(entry_of(0x1000, 1, PageSize::k512GiB)));  // a size never kept
  EXPECT_TRUE(array.remove(entry_of(0x1000, 1)));
  EXPECT_EQ(array.size(), 0U);
}

}  // namespace
}  // namespace tlmmu
