// SPDX-License-Identifier: Apache-2.0
#include "models/cpu/trace_player.h"

#include <gtest/gtest.h>

#include "models/workload/vector_source.h"

namespace tlmmu {
namespace {

MemoryAccess access(std::uint64_t address, std::uint32_t size) {
  return {VirtualAddress(address), size, AccessType::load};
}

TEST(TracePlayer, an_access_inside_a_page_is_one_piece) {
  VectorSource source({access(0x1ff8, 8), access(0x3000, 4)});
  TracePlayer player(source);
  ASSERT_TRUE(player.has_piece());
  EXPECT_EQ(player.piece(), access(0x1ff8, 8));
  EXPECT_TRUE(player.retire(player.piece()));
  EXPECT_EQ(player.piece(), access(0x3000, 4));
}

TEST(TracePlayer, an_access_across_a_page_boundary_is_two_pieces) {
  VectorSource source({access(0x1ffa, 16)});
  TracePlayer player(source);
  ASSERT_TRUE(player.has_piece());
  EXPECT_EQ(player.piece(), access(0x1ffa, 6));
  EXPECT_FALSE(player.retire(player.piece()));
  EXPECT_EQ(player.piece(), access(0x2000, 10));
  EXPECT_TRUE(player.retire(player.piece()));
  EXPECT_FALSE(player.has_piece());
}

TEST(TracePlayer, a_piece_that_is_not_retired_comes_again) {
  VectorSource source({access(0x1ffa, 16)});
  TracePlayer player(source);
  ASSERT_TRUE(player.has_piece());
  player.retire(player.piece());
  EXPECT_EQ(player.piece(), access(0x2000, 10));
  EXPECT_EQ(player.piece(), access(0x2000, 10));
}

TEST(TracePlayer, an_access_up_to_the_end_of_the_address_space_does_not_wrap) {
  VectorSource source({access(0xffff'ffff'ffff'fff8, 8)});
  TracePlayer player(source);
  ASSERT_TRUE(player.has_piece());
  EXPECT_TRUE(player.retire(player.piece()));
}

TEST(TracePlayer, an_empty_trace_has_no_piece) {
  VectorSource source({});
  TracePlayer player(source);
  EXPECT_FALSE(player.has_piece());
}

}  // namespace
}  // namespace tlmmu
