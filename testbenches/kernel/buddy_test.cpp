// SPDX-License-Identifier: Apache-2.0
// Blocks of frames: split, merge, alignment, and what fragmentation is.
#include <gmock/gmock.h>

#include "firmware/kernel/frames/frame_table.h"
#include "models/base/random.h"
#include "testbenches/kernel/kernel_bench.h"

namespace tlmmu::kernel::testing {
namespace {

class BuddyTest : public ::testing::Test {
 protected:
  static constexpr std::uint64_t kFrames = 4096;
  explicit BuddyTest(std::uint64_t first = 0x80000, std::uint64_t reserved = 0)
      : storage_(kFrames), frames(storage_.get(), {Ppn(first), kFrames, reserved}) {}

  std::uint64_t blocks(unsigned order) { return frames.buddy().counts().free_blocks[order]; }

 private:
  RawStorage<Frame> storage_;

 public:
  FrameTable frames;
};

TEST_F(BuddyTest, one_frame_of_4_mib_leaves_a_block_of_every_smaller_order) {
  frames.allocate(FrameState::mapped);
  for (unsigned order = 0; order < 10; ++order) EXPECT_EQ(blocks(order), 1U);
  EXPECT_EQ(blocks(10), 0U);
  EXPECT_EQ(frames.buddy().counts().splits, 10U);
  EXPECT_EQ(frames.free(), kFrames - 1);
}

TEST_F(BuddyTest, giving_it_back_merges_all_the_way_up) {
  Frame* frame = frames.allocate(FrameState::mapped);
  frames.release(*frame);
  EXPECT_EQ(blocks(10), 1U);
  EXPECT_EQ(frames.buddy().counts().merges, 10U);
  EXPECT_EQ(frames.free(), kFrames);
}

TEST_F(BuddyTest, blocks_are_aligned_to_their_size_by_frame_number) {
  for (unsigned order = 0; order < kOrders; ++order) {
    const Frame* block = frames.allocate(FrameState::mapped, order);
    ASSERT_NE(block, nullptr);
    EXPECT_EQ(frames.number_of(*block).value() % (1U << order), 0U);
  }
}

TEST_F(BuddyTest, two_frames_apart_do_not_merge) {
  Frame* a = frames.allocate(FrameState::mapped);
  Frame* b = frames.allocate(FrameState::mapped);
  Frame* c = frames.allocate(FrameState::mapped);
  frames.release(*a);
  frames.release(*c);
  EXPECT_EQ(blocks(1), 1U) << "the pair of c; a's buddy is in use";
  frames.release(*b);
  EXPECT_EQ(blocks(10), 1U);
}

TEST_F(BuddyTest, a_request_larger_than_any_block_fails_although_enough_is_free) {
  std::vector<Frame*> all;
  while (Frame* frame = frames.allocate(FrameState::mapped)) all.push_back(frame);
  EXPECT_EQ(all.size(), kFrames);
  for (std::size_t i = 0; i < all.size(); i += 2) frames.release(*all[i]);
  EXPECT_EQ(frames.free(), kFrames / 2);
  EXPECT_EQ(frames.allocate(FrameState::mapped, 1), nullptr);
  EXPECT_EQ(frames.buddy().fragmentation(1), 1000U) << "external fragmentation";
  EXPECT_EQ(frames.buddy().fragmentation(0), 0U);
}

class UnalignedBuddyTest : public BuddyTest {
 protected:
  UnalignedBuddyTest() : BuddyTest(0x80003, 5) {}
};

TEST_F(UnalignedBuddyTest, a_memory_that_begins_anywhere_is_used_to_the_last_frame) {
  std::set<std::uint64_t> seen;
  while (const Frame* frame = frames.allocate(FrameState::mapped)) {
    EXPECT_TRUE(seen.insert(frames.number_of(*frame).value()).second);
  }
  EXPECT_EQ(seen.size(), kFrames - 5);
  EXPECT_EQ(*seen.begin(), 0x80008U) << "the reserved ones are never handed out";
}

TEST_F(BuddyTest, random_blocks_never_overlap_and_all_come_back) {
  Random random(7);
  std::map<std::uint64_t, unsigned> held;  // order by first frame
  std::set<std::uint64_t> used;
  for (int i = 0; i < 5'000; ++i) {
    if (held.empty() || random.below(2) == 0) {
      const auto order = static_cast<unsigned>(random.below(6));
      const Frame* block = frames.allocate(FrameState::mapped, order);
      if (block == nullptr) continue;
      const std::uint64_t first = frames.number_of(*block).value();
      held[first] = order;
      for (std::uint64_t n = first; n < first + (1U << order); ++n) {
        ASSERT_TRUE(used.insert(n).second) << "frame " << n << " handed out twice";
      }
    } else {
      auto at = held.begin();
      std::advance(at, static_cast<std::ptrdiff_t>(random.below(held.size())));
      for (std::uint64_t n = at->first; n < at->first + (1U << at->second); ++n) used.erase(n);
      frames.release(frames.at(Ppn(at->first)), at->second);
      held.erase(at);
    }
  }
  for (const auto& [first, order] : held) frames.release(frames.at(Ppn(first)), order);
  EXPECT_EQ(frames.free(), kFrames);
  EXPECT_EQ(blocks(10) * 1024 + frames.buddy().counts().never_used, kFrames)
      << "everything merged again";
}

}  // namespace
}  // namespace tlmmu::kernel::testing
