// SPDX-License-Identifier: Apache-2.0
#include "models/bus/address_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/base/error.h"
#include "models/base/random.h"

namespace tlmmu {
namespace {

AddressRange range(std::string name, std::uint64_t base, std::uint64_t size) {
  return {std::move(name), PhysicalAddress(base), Bytes(size)};
}

AddressMap example() {
  return AddressMap({range("memory", 0x8000'0000, 0x1000'0000), range("disk", 0x1000'1000, 0x1000),
                     range("uart", 0x1000'0000, 0x100)});
}

std::string message_of(std::vector<AddressRange> ranges) {
  try {
    AddressMap map(std::move(ranges));
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(AddressMap, an_address_belongs_to_the_range_that_holds_it) {
  const AddressMap map = example();
  EXPECT_EQ(map.find(PhysicalAddress(0x8000'0000), Bytes(64)), 0U);
  EXPECT_EQ(map.find(PhysicalAddress(0x8fff'ffff), Bytes(1)), 0U);
  EXPECT_EQ(map.find(PhysicalAddress(0x1000'1000), Bytes(8)), 1U);
  EXPECT_EQ(map.find(PhysicalAddress(0x1000'00ff), Bytes(1)), 2U);
}

TEST(AddressMap, an_address_outside_every_range_belongs_to_nobody) {
  const AddressMap map = example();
  for (std::uint64_t address : {0x0ULL, 0x7fff'ffffULL, 0x9000'0000ULL, 0x1000'0100ULL, ~0ULL}) {
    EXPECT_EQ(map.find(PhysicalAddress(address), Bytes(1)), std::nullopt) << address;
  }
}

TEST(AddressMap, an_access_across_the_end_of_a_range_belongs_to_nobody) {
  const AddressMap map = example();
  EXPECT_EQ(map.find(PhysicalAddress(0x8fff'ffff), Bytes(2)), std::nullopt);
  EXPECT_EQ(map.find(PhysicalAddress(0x1000'1ff8), Bytes(8)), 1U);
  EXPECT_EQ(map.find(PhysicalAddress(0x1000'1ff8), Bytes(16)), std::nullopt);
  EXPECT_EQ(map.find(PhysicalAddress(0x8000'0000), Bytes(~0ULL)), std::nullopt);
}

TEST(AddressMap, a_range_may_end_at_the_top_of_the_address_space) {
  const AddressMap map({range("rom", ~0ULL - 0xfff, 0x1000)});
  EXPECT_EQ(map.find(PhysicalAddress(~0ULL), Bytes(1)), 0U);
  EXPECT_EQ(map.find(PhysicalAddress(0), Bytes(1)), std::nullopt);
}

TEST(AddressMap, ranges_that_touch_do_not_overlap) {
  EXPECT_EQ(message_of({range("a", 0x1000, 0x1000), range("b", 0x2000, 0x1000)}), "no error");
}

TEST(AddressMap, overlapping_ranges_are_refused_with_both_names) {
  EXPECT_EQ(message_of({range("b", 0x1fff, 0x1000), range("a", 0x1000, 0x1000)}),
            "address map: a (0x1000 to 0x1fff) overlaps b (0x1fff to 0x2ffe)");
  EXPECT_THAT(message_of({range("a", 0, 0x4000), range("b", 0x1000, 0x10)}),
              testing::HasSubstr("overlaps"));
}

TEST(AddressMap, empty_and_wrapping_ranges_are_refused) {
  EXPECT_THAT(message_of({range("a", 0x1000, 0)}), testing::HasSubstr("a at 0x1000 is empty"));
  EXPECT_THAT(message_of({range("a", ~0ULL, 2)}), testing::HasSubstr("ends beyond 2^64"));
  EXPECT_THAT(message_of({}), testing::HasSubstr("no ranges"));
}

TEST(AddressMap, agrees_with_a_naive_search_over_random_ranges) {
  constexpr std::uint64_t kSeed = 7;
  SCOPED_TRACE(testing::Message() << "seed " << kSeed);
  Random random(kSeed);
  std::vector<AddressRange> ranges;
  std::uint64_t base = 0;
  for (int i = 0; i < 20; ++i) {
    base += random.below(8);
    const std::uint64_t size = 1 + random.below(16);
    ranges.insert(ranges.begin() + static_cast<int>(random.below(ranges.size() + 1)),
                  range("r", base, size));
    base += size;
  }
  const AddressMap map(ranges);
  for (std::uint64_t address = 0; address < base + 4; ++address) {
    for (std::uint64_t length = 1; length < 20; ++length) {
      std::optional<unsigned> expected;
      for (unsigned i = 0; i < ranges.size(); ++i) {
        const std::uint64_t low = ranges[i].base.value();
        if (low <= address && address + length <= low + ranges[i].size.value()) expected = i;
      }
      ASSERT_EQ(map.find(PhysicalAddress(address), Bytes(length)), expected) << address;
    }
  }
}

}  // namespace
}  // namespace tlmmu
