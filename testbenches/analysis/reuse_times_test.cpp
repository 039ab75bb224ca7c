// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/reuse_times.h"

#include <gmock/gmock.h>

namespace tlmmu::analysis {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;

TEST(WindowGrid, has_four_windows_to_an_octave) {
  std::vector<std::uint64_t> windows;
  for (std::uint32_t i = 0; i < 16; ++i) windows.push_back(WindowGrid::window(i));
  EXPECT_THAT(windows, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32));
}

TEST(WindowGrid, puts_each_time_below_the_smallest_window_that_holds_it) {
  std::uint32_t index = 0;
  for (std::uint64_t time = 1; time < 5000; ++time) {
    if (time > WindowGrid::window(index)) ++index;
    ASSERT_EQ(WindowGrid::index_of(time), index) << time;
    ASSERT_LE(time, WindowGrid::window(index));
  }
}

TEST(WindowGrid, reaches_beyond_any_trace) {
  const std::uint64_t time = std::uint64_t{1} << 62U;
  EXPECT_EQ(WindowGrid::window(WindowGrid::index_of(time)), time);
  EXPECT_LT(WindowGrid::index_of(time), WindowGrid::kWindows);
}

TEST(ReuseTimes, of_nothing_have_no_curve) {
  EXPECT_TRUE(ReuseTimes().working_sets(0).empty());
}

// The string a b a a: at time 1 {a}, 2 {a b}, 3 {a b}, 4 {a} for a window of 2.
TEST(ReuseTimes, add_up_to_the_working_sets) {
  ReuseTimes times;
  times.record(2);          // a at 3
  times.record_repeats(1);  // a at 4
  times.record_last(3);     // b at 2
  times.record_last(1);     // a at 4
  const auto curve = times.working_sets(4);
  ASSERT_EQ(curve.size(), 4U);
  EXPECT_THAT(curve[0].pages, DoubleEq(1));
  EXPECT_THAT(curve[1].pages, DoubleEq(6.0 / 4));
  EXPECT_THAT(curve[2].pages, DoubleEq(7.0 / 4));
  EXPECT_THAT(curve[3].pages, DoubleEq(7.0 / 4));
  EXPECT_EQ(curve[0].misses, 3U);
  EXPECT_EQ(curve[1].misses, 2U);
  EXPECT_EQ(curve[0].reuses, 1U);
  EXPECT_EQ(curve[1].reuses, 1U);
  EXPECT_EQ(curve[2].reuses, 0U);
}

}  // namespace
}  // namespace tlmmu::analysis
