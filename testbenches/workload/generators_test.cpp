// SPDX-License-Identifier: Apache-2.0
#include "models/workload/generators.h"

#include <gmock/gmock.h>

#include "models/base/error.h"
#include "models/workload/vector_source.h"

namespace tlmmu {
namespace {

using testing::ElementsAre;

std::vector<std::uint64_t> addresses(AccessSource& source) {
  std::vector<std::uint64_t> result;
  while (source.next_batch()) {
    for (const MemoryAccess& access : source) result.push_back(access.address.value());
  }
  return result;
}

PatternShape shape(std::uint64_t length, std::uint64_t count) {
  PatternShape result;
  result.first = VirtualAddress(0x1000);
  result.length = Bytes(length);
  result.count = count;
  return result;
}

TEST(SequentialSource, scans_the_region_and_starts_over) {
  SequentialSource source(shape(24, 5));
  EXPECT_THAT(addresses(source), ElementsAre(0x1000, 0x1008, 0x1010, 0x1000, 0x1008));
}

TEST(SequentialSource, never_crosses_the_end_of_the_region) {
  SequentialSource source(shape(23, 4));
  EXPECT_THAT(addresses(source), ElementsAre(0x1000, 0x1008, 0x1000, 0x1008));
}

TEST(StridedSource, steps_by_the_stride) {
  StridedSource source(shape(12'288, 5), Bytes(4096));
  EXPECT_THAT(addresses(source), ElementsAre(0x1000, 0x2000, 0x3000, 0x1000, 0x2000));
}

TEST(StridedSource, carries_size_and_type) {
  PatternShape stores = shape(4096, 1);
  stores.size = 2;
  stores.type = AccessType::store;
  StridedSource source(stores, Bytes(64));
  ASSERT_TRUE(source.next_batch());
  EXPECT_EQ(*source.begin(), (MemoryAccess{VirtualAddress(0x1000), 2, AccessType::store}));
}

TEST(StridedSource, reaches_the_top_of_the_address_space) {
  PatternShape top = shape(16, 3);
  top.first = VirtualAddress(~std::uint64_t{0} - 15);
  StridedSource source(top, Bytes(~std::uint64_t{0}));
  EXPECT_EQ(addresses(source), std::vector<std::uint64_t>(3, top.first.value()));
}

TEST(UniformRandomSource, repeats_itself_with_the_same_seed_only) {
  UniformRandomSource first(shape(1U << 20U, 10'000), 7);
  UniformRandomSource again(shape(1U << 20U, 10'000), 7);
  UniformRandomSource other(shape(1U << 20U, 10'000), 8);
  const auto expected = addresses(first);
  EXPECT_EQ(expected.size(), 10'000U);
  EXPECT_EQ(addresses(again), expected);
  EXPECT_NE(addresses(other), expected);
}

TEST(UniformRandomSource, covers_each_slot_about_equally) {
  constexpr std::uint64_t kSlots = 8;
  UniformRandomSource source(shape(kSlots * 8, 80'000), 1);
  std::vector<int> hits(kSlots);
  for (const std::uint64_t address : addresses(source)) {
    ASSERT_EQ(address % 8, 0U);
    ++hits.at((address - 0x1000) / 8);
  }
  // Binomial with p = 1/8: the standard deviation is 94.
  for (const int count : hits) EXPECT_NEAR(count, 10'000, 500);
}

TEST(GeneratedSource, of_no_accesses_is_empty) {
  SequentialSource source(shape(4096, 0));
  EXPECT_FALSE(source.next_batch());
  EXPECT_EQ(source.begin(), source.end());
}

TEST(GeneratedSource, refuses_shapes_without_meaning) {
  PatternShape no_size = shape(4096, 1);
  no_size.size = 0;
  PatternShape beyond = shape(4096, 1);
  beyond.first = VirtualAddress(~std::uint64_t{0} - 100);
  EXPECT_THROW(SequentialSource{no_size}, InputError);
  EXPECT_THROW(SequentialSource{shape(7, 1)}, InputError);
  EXPECT_THROW(SequentialSource{shape(0, 1)}, InputError);
  EXPECT_THROW(SequentialSource{beyond}, InputError);
  EXPECT_THROW(StridedSource(shape(4096, 1), Bytes(0)), InputError);
}

TEST(VectorSource, delivers_its_accesses_once) {
  const MemoryAccess access{VirtualAddress(0x40), 4, AccessType::fetch};
  VectorSource source({access, access});
  ASSERT_TRUE(source.next_batch());
  EXPECT_THAT(std::vector<MemoryAccess>(source.begin(), source.end()), ElementsAre(access, access));
  EXPECT_FALSE(source.next_batch());
  EXPECT_EQ(source.begin(), source.end());
}

TEST(VectorSource, without_accesses_is_at_its_end) {
  VectorSource source({});
  EXPECT_FALSE(source.next_batch());
}

}  // namespace
}  // namespace tlmmu
