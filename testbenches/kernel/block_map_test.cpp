// SPDX-License-Identifier: Apache-2.0
// The disk's blocks: several swap areas, clusters of slots, files.
#include <gmock/gmock.h>

#include "testbenches/kernel/kernel_bench.h"

namespace tlmmu::kernel::testing {
namespace {

class BlockMapTest : public ::testing::Test {
 protected:
  BlockMap& make(unsigned areas, SwapPriority priority) {
    DiskLayout layout;
    layout.blocks = 64;
    layout.swap_areas = areas;
    layout.priority = priority;
    layout.cluster_slots = 4;
    return map_.emplace(blocks_.get(), clusters_.get(), layout);
  }

 private:
  std::optional<BlockMap> map_;
  RawStorage<Block> blocks_{65};
  RawStorage<SwapCluster> clusters_{17};
};

TEST_F(BlockMapTest, areas_of_equal_priority_take_turns_cluster_by_cluster) {
  BlockMap& map = make(2, SwapPriority::equal);
  std::vector<std::uint64_t> slots;
  for (int i = 0; i < 12; ++i) slots.push_back(map.allocate_slot()->value());
  EXPECT_THAT(slots, ::testing::ElementsAre(0, 1, 2, 3, 32, 33, 34, 35, 4, 5, 6, 7));
}

TEST_F(BlockMapTest, the_area_of_lower_priority_serves_when_the_first_is_full) {
  BlockMap& map = make(2, SwapPriority::descending);
  for (std::uint64_t i = 0; i < 64; ++i) EXPECT_EQ(map.allocate_slot()->value(), i);
  EXPECT_FALSE(map.allocate_slot());
  EXPECT_EQ(map.used_of(0), 32U);
}

TEST_F(BlockMapTest, a_cluster_that_is_wholly_free_is_filled_again_in_order) {
  BlockMap& map = make(1, SwapPriority::equal);
  for (int i = 0; i < 20; ++i) map.allocate_slot();
  for (const std::uint64_t slot : {6, 4, 7, 13, 5}) map.free_slot(DiskBlock(slot));
  for (std::uint64_t i = 4; i < 8; ++i) EXPECT_EQ(map.allocate_slot()->value(), i);
  EXPECT_EQ(map.allocate_slot()->value(), 20U) << "rather than a hole";
  while (map.counts().free > 1) map.allocate_slot();
  EXPECT_EQ(map.allocate_slot()->value(), 13U) << "holes last";
}

TEST_F(BlockMapTest, files_and_slots_share_what_lies_between_them) {
  BlockMap& map = make(1, SwapPriority::equal);
  EXPECT_EQ(map.allocate_file(10)->value(), 54U);
  for (std::uint64_t i = 0; i < 54; ++i) map.allocate_slot();
  EXPECT_FALSE(map.allocate_slot());
  EXPECT_FALSE(map.allocate_file());
}

TEST_F(BlockMapTest, a_broken_slot_is_never_used_again) {
  BlockMap& map = make(1, SwapPriority::equal);
  const DiskBlock slot = *map.allocate_slot();
  map.at(slot).broken = true;
  map.free_slot(slot);
  EXPECT_EQ(map.counts().bad, 1U);
  for (int i = 0; i < 63; ++i) EXPECT_NE(map.allocate_slot()->value(), slot.value());
  EXPECT_FALSE(map.allocate_slot());
}

}  // namespace
}  // namespace tlmmu::kernel::testing
