// SPDX-License-Identifier: Apache-2.0
#include "models/cpu/expected_memory.h"

#include <gtest/gtest.h>

#include <optional>

namespace tlmmu {
namespace {

constexpr VirtualAddress kAt{0x10'0000};
constexpr Bytes kTwoPages{8192};

class ExpectedMemoryTest : public testing::Test {
 protected:
  ExpectedMemory memory;

  ExpectedMemoryTest() { memory.start(0, {}); }

  void store(std::uint32_t process, VirtualAddress address, unsigned char value) {
    ExpectedPage& page = memory.to_store(process, address.page());
    page.bytes[address.page_offset().value()] = value;
    page.known[address.page_offset().value()] = true;
  }
  /// Nothing where it is not known.
  std::optional<unsigned> load(std::uint32_t process, VirtualAddress address) const {
    const ExpectedPage* page = memory.to_load(process, address.page());
    const std::size_t offset = address.page_offset().value();
    if (page == nullptr || !page->known[offset]) return std::nullopt;
    return page->bytes[offset];
  }
  void map_file(std::uint32_t process, VirtualAddress address, kernel::Sharing sharing) {
    kernel::MapRequest request;
    request.length = kTwoPages;
    request.sharing = sharing;
    request.contents = kernel::FilePart{kernel::FileId(3), 5};
    memory.called(process, MapCall{request}, address.value());
  }
  void attach(std::uint32_t process, VirtualAddress address) {
    memory.called(process, GetSegmentCall{kernel::SegmentKey(7), kTwoPages}, 2);
    memory.called(process, AttachSegmentCall{kernel::SegmentId(2), kernel::kReadWrite},
                  address.value());
  }
  void fork(std::uint32_t parent, std::uint32_t child) { memory.called(parent, ForkCall{}, child); }
};

TEST_F(ExpectedMemoryTest, of_a_program_is_zero_at_first) {
  EXPECT_EQ(load(0, kAt), 0U);
}

TEST_F(ExpectedMemoryTest, of_a_recorded_process_is_unknown_until_it_stores) {
  EXPECT_EQ(load(9, kAt), std::nullopt);
  store(9, kAt, 1);
  EXPECT_EQ(load(9, kAt), 1U);
  EXPECT_EQ(load(9, kAt + Bytes(1)), std::nullopt);
}

TEST_F(ExpectedMemoryTest, of_a_shared_mapping_is_what_parent_or_child_stored_last) {
  kernel::MapRequest request;
  request.length = kTwoPages;
  request.sharing = kernel::Sharing::shared;
  memory.called(0, MapCall{request}, kAt.value());
  EXPECT_EQ(load(0, kAt), 0U);
  fork(0, 1);
  store(1, kAt, 5);
  EXPECT_EQ(load(0, kAt), 5U);
  const VirtualAddress other = kAt + Bytes(0x10'0000);
  memory.called(0, MapCall{request}, other.value());
  EXPECT_EQ(load(0, other), 0U) << "another mapping";
}

TEST_F(ExpectedMemoryTest, is_the_same_after_fork_until_one_of_both_stores) {
  store(0, kAt, 1);
  fork(0, 1);
  EXPECT_EQ(load(1, kAt), 1U);
  store(1, kAt, 2);
  EXPECT_EQ(load(0, kAt), 1U);
  store(0, kAt, 3);
  EXPECT_EQ(load(1, kAt), 2U);
}

TEST_F(ExpectedMemoryTest, of_a_segment_is_one_for_all_who_attach_it) {
  memory.start(1, {});
  attach(0, kAt);
  attach(1, kAt + kTwoPages);
  EXPECT_EQ(load(0, kAt), 0U);
  store(0, kAt, 4);
  EXPECT_EQ(load(1, kAt + kTwoPages), 4U);
  memory.called(0, DetachSegmentCall{kAt}, 0);
  EXPECT_EQ(load(0, kAt), 0U);
  EXPECT_EQ(load(1, kAt + kTwoPages), 4U);
}

TEST_F(ExpectedMemoryTest, of_a_removed_segment_stays_while_it_is_attached_and_no_longer) {
  memory.start(1, {});
  attach(0, kAt);
  attach(1, kAt);
  store(0, kAt, 4);
  memory.called(1, RemoveSegmentCall{kernel::SegmentId(2)}, 0);
  EXPECT_EQ(load(1, kAt), 4U);
  attach(1, kAt + kTwoPages);  // the number again, of a new segment
  EXPECT_EQ(load(1, kAt + kTwoPages), 0U);
  store(1, kAt + kTwoPages, 5);
  EXPECT_EQ(load(0, kAt), 4U);
}

TEST_F(ExpectedMemoryTest, of_a_shared_segment_stays_shared_after_fork) {
  attach(0, kAt);
  fork(0, 1);
  store(1, kAt, 5);
  EXPECT_EQ(load(0, kAt), 5U);
}

TEST_F(ExpectedMemoryTest, of_a_file_outlives_its_mapping) {
  map_file(0, kAt, kernel::Sharing::shared);
  EXPECT_EQ(load(0, kAt), std::nullopt);
  store(0, kAt, 6);
  memory.called(0, UnmapCall{{kAt, kTwoPages}}, 0);
  EXPECT_EQ(load(0, kAt), 0U);
  map_file(0, kAt + kTwoPages, kernel::Sharing::shared);
  EXPECT_EQ(load(0, kAt + kTwoPages), 6U);
}

TEST_F(ExpectedMemoryTest, of_a_private_file_follows_the_file_until_it_is_stored_to) {
  memory.start(1, {});
  map_file(0, kAt, kernel::Sharing::private_copy);
  map_file(1, kAt, kernel::Sharing::shared);
  store(1, kAt, 7);
  EXPECT_EQ(load(0, kAt), 7U);
  store(0, kAt + Bytes(1), 8);
  store(1, kAt, 9);
  EXPECT_EQ(load(0, kAt), 7U);
  EXPECT_EQ(load(1, kAt + Bytes(1)), std::nullopt);
  memory.called(0, AdviseCall{{kAt, kTwoPages}, kernel::Advice::dont_need}, 0);
  EXPECT_EQ(load(0, kAt), 9U);
}

TEST_F(ExpectedMemoryTest, of_the_part_of_a_file_that_stays_mapped_is_that_part) {
  map_file(0, kAt, kernel::Sharing::shared);
  store(0, kAt + kPageBytes, 1);
  memory.called(0, UnmapCall{{kAt, kPageBytes}}, 0);
  EXPECT_EQ(load(0, kAt), 0U);
  EXPECT_EQ(load(0, kAt + kPageBytes), 1U);
}

TEST_F(ExpectedMemoryTest, begins_anew_where_it_was_given_back) {
  store(0, kAt, 1);
  memory.called(0, AdviseCall{{kAt, kPageBytes}, kernel::Advice::dont_need}, 0);
  EXPECT_EQ(load(0, kAt), 0U);
  store(0, kAt, 2);
  memory.called(0, BreakCall{-4096}, kAt.value() + 4096);
  EXPECT_EQ(load(0, kAt), 0U);
  store(0, kAt, 3);
  memory.start(0, {});
  EXPECT_EQ(load(0, kAt), 0U);
}

TEST_F(ExpectedMemoryTest, of_a_programs_data_is_private) {
  const std::vector<kernel::ImageSegment> image = {
      {{kAt, kTwoPages}, kernel::kReadWrite, kernel::FilePart{kernel::FileId(3), 5}}};
  memory.start(0, image);
  memory.start(1, image);
  store(0, kAt, 1);
  EXPECT_EQ(load(0, kAt), 1U);
  EXPECT_EQ(load(1, kAt), std::nullopt);
}

}  // namespace
}  // namespace tlmmu
