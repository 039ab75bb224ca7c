// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>
#include <type_traits>

#include "models/base/address.h"
#include "models/base/bits.h"
#include "models/base/page_size.h"
#include "models/base/quantity.h"
#include "models/base/random.h"

namespace tlmmu {
namespace {

TEST(Strong, different_meanings_do_not_mix) {
  static_assert(!std::is_convertible_v<std::uint64_t, VirtualAddress>);
  static_assert(!std::is_convertible_v<VirtualAddress, PhysicalAddress>);
  static_assert(!std::is_constructible_v<VirtualAddress, PhysicalAddress>);
  static_assert(!std::is_constructible_v<Ppn, Vpn>);
  static_assert(!std::is_constructible_v<Cycles, Picoseconds>);
  static_assert(std::is_trivially_copyable_v<VirtualAddress>);
}

TEST(Strong, quantities_add_scale_and_divide_into_counts) {
  EXPECT_EQ(Bytes(3) + Bytes(4), Bytes(7));
  EXPECT_EQ(Bytes(3) * 4, 4 * Bytes(3));
  EXPECT_EQ(mebibytes(1) / kibibytes(4), 256U);
  EXPECT_EQ(Bytes(10) % Bytes(4), Bytes(2));
  EXPECT_LT(nanoseconds(999), microseconds(1));
  EXPECT_EQ(microseconds(1'000), milliseconds(1));
}

TEST(Address, splits_into_page_and_offset) {
  const VirtualAddress address(0x1234'5678);
  EXPECT_EQ(address.page(), Vpn(0x12345));
  EXPECT_EQ(address.page_offset(), Bytes(0x678));
  EXPECT_EQ(address_of(address.page()) + address.page_offset(), address);
  EXPECT_EQ(address - VirtualAddress(0x1234'0000), Bytes(0x5678));
}

TEST(Bits, low_mask_covers_all_widths) {
  EXPECT_EQ(low_mask(0), 0U);
  EXPECT_EQ(low_mask(1), 1U);
  EXPECT_EQ(low_mask(63), ~std::uint64_t{0} >> 1U);
  EXPECT_EQ(low_mask(64), ~std::uint64_t{0});
}

TEST(Bits, a_field_written_is_the_field_read_and_the_rest_stays) {
  const std::uint64_t word = 0x0123'4567'89ab'cdef;
  for (unsigned low = 0; low < 64; low += 7) {
    for (unsigned width = 1; low + width <= 64; width += 5) {
      const std::uint64_t changed = with_bits(word, low, width, 0x5555'5555'5555'5555);
      EXPECT_EQ(bits(changed, low, width), 0x5555'5555'5555'5555 & low_mask(width));
      EXPECT_EQ(with_bits(changed, low, width, bits(word, low, width)), word);
    }
  }
}

TEST(Bits, powers_of_two_and_their_logarithms) {
  EXPECT_FALSE(is_power_of_two(0));
  for (unsigned shift = 0; shift < 64; ++shift) {
    const std::uint64_t n = std::uint64_t{1} << shift;
    EXPECT_TRUE(is_power_of_two(n));
    EXPECT_EQ(log2_floor(n), shift);
    if (shift > 1) {
      EXPECT_FALSE(is_power_of_two(n - 1));
    }
  }
  EXPECT_EQ(round_up(0, 8), 0U);
  EXPECT_EQ(round_up(9, 8), 16U);
  EXPECT_EQ(round_up(16, 8), 16U);
}

TEST(PageSize, aligns_pages_down_to_its_size) {
  EXPECT_EQ(bytes_of(PageSize::k2MiB), mebibytes(2));
  EXPECT_EQ(bytes_of(PageSize::k1GiB), gibibytes(1));
  EXPECT_EQ(align_down(Vpn(0x12345), PageSize::k4KiB), Vpn(0x12345));
  EXPECT_EQ(align_down(Vpn(0x12345), PageSize::k2MiB), Vpn(0x12200));
  EXPECT_EQ(align_down(Vpn(0x12345), PageSize::k64KiB), Vpn(0x12340));
}

TEST(PageSize, sets_contain_what_was_put_in) {
  PageSizeSet sizes;
  EXPECT_TRUE(sizes.empty());
  sizes = sizes.with(PageSize::k4KiB).with(PageSize::k256TiB);
  for (const auto& entry : kPageSizeNames) {
    EXPECT_EQ(sizes.contains(entry.value),
              entry.value == PageSize::k4KiB || entry.value == PageSize::k256TiB);
  }
  EXPECT_NE(sizes, PageSizeSet().with(PageSize::k4KiB));
}

TEST(ClockPeriod, is_rounded_to_the_picosecond) {
  EXPECT_EQ(ClockPeriod::from_hertz(2'000'000'000).period(), Picoseconds(500));
  EXPECT_EQ(ClockPeriod::from_hertz(3'000'000'000).period(), Picoseconds(333));
  EXPECT_EQ(ClockPeriod::from_hertz(1).period(), Picoseconds(1'000'000'000'000));
}

TEST(ClockPeriod, counts_begun_cycles) {
  const ClockPeriod clock = ClockPeriod::from_hertz(2'000'000'000);
  EXPECT_EQ(clock.of(Cycles(3)), Picoseconds(1'500));
  EXPECT_EQ(clock.ceil_cycles(Picoseconds(0)), Cycles(0));
  EXPECT_EQ(clock.ceil_cycles(Picoseconds(1)), Cycles(1));
  EXPECT_EQ(clock.ceil_cycles(Picoseconds(500)), Cycles(1));
  EXPECT_EQ(clock.ceil_cycles(Picoseconds(501)), Cycles(2));
}

TEST(Random, gives_the_published_numbers_of_splitmix64) {
  Random random(1234567);  // the reference output that comes with the published generator
  EXPECT_EQ(random.next(), 6457827717110365317U);
  EXPECT_EQ(random.next(), 3203168211198807973U);
  EXPECT_EQ(random.next(), 9817491932198370423U);
}

TEST(Random, stays_below_its_bound_and_reaches_every_value) {
  Random random(1);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1'000; ++i) seen.insert(random.below(10));
  EXPECT_EQ(seen.size(), 10U);
  EXPECT_EQ(*seen.rbegin(), 9U);
  EXPECT_EQ(random.below(1), 0U);
}

}  // namespace
}  // namespace tlmmu
