// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/seek_curve.h"

#include <gtest/gtest.h>

#include "models/base/random.h"

namespace tlmmu {
namespace {

constexpr std::uint64_t kCylinders = 100'001;
constexpr SeekCurve::Times kTimes{microseconds(1400), microseconds(8500), microseconds(14'700)};

TEST(SeekCurve, its_ends_are_the_data_sheet_values) {
  const SeekCurve curve(kTimes, kCylinders);
  EXPECT_EQ(curve.time(0), Picoseconds(0));
  EXPECT_EQ(curve.time(1), kTimes.track_to_track);
  EXPECT_EQ(curve.time(kCylinders - 1), kTimes.full);
}

TEST(SeekCurve, a_longer_seek_is_never_shorter) {
  const SeekCurve curve(kTimes, kCylinders);
  for (std::uint64_t distance = 1; distance < kCylinders; ++distance) {
    ASSERT_GE(curve.time(distance), curve.time(distance - 1)) << distance;
  }
}

TEST(SeekCurve, random_seeks_take_the_average_of_the_data_sheet) {
  const SeekCurve curve(kTimes, kCylinders);
  // The exact mean over all pairs: distance d occurs 2 (cylinders - d) times.
  double sum = 0;
  for (std::uint64_t distance = 1; distance < kCylinders; ++distance) {
    sum += 2.0 * static_cast<double>(kCylinders - distance) *
           static_cast<double>(curve.time(distance).value());
  }
  const double pairs = static_cast<double>(kCylinders) * static_cast<double>(kCylinders);
  EXPECT_NEAR(sum / pairs, static_cast<double>(kTimes.average.value()),
              0.001 * static_cast<double>(kTimes.average.value()));
}

TEST(SeekCurve, a_short_seek_grows_with_the_square_root_of_the_distance) {
  const SeekCurve curve(kTimes, kCylinders);
  const auto beyond_first = [&](std::uint64_t distance) {
    return static_cast<double>((curve.time(distance) - kTimes.track_to_track).value());
  };
  EXPECT_NEAR(beyond_first(401) / beyond_first(101), 2.0, 0.001);
  EXPECT_NEAR(beyond_first(10'001) / beyond_first(101), 10.0, 0.001);
}

TEST(SeekCurve, a_long_seek_grows_linearly) {
  const SeekCurve curve(kTimes, kCylinders);
  const auto growth = [&](std::uint64_t from) {
    return curve.time(from + 10'000) - curve.time(from);
  };
  EXPECT_NEAR(static_cast<double>(growth(40'000).value()),
              static_cast<double>(growth(80'000).value()), 2.0);
}

TEST(SeekCurve, it_rises_for_every_average_within_the_bounds) {
  const Picoseconds low = SeekCurve::lowest_average(kTimes.track_to_track, kTimes.full);
  const Picoseconds high = SeekCurve::highest_average(kTimes.track_to_track, kTimes.full);
  ASSERT_LT(low, high);
  for (const Picoseconds average : {low, (low + high) / 2, high}) {
    const SeekCurve curve({kTimes.track_to_track, average, kTimes.full}, 1000);
    for (std::uint64_t distance = 1; distance < 1000; ++distance) {
      ASSERT_GE(curve.time(distance), curve.time(distance - 1)) << average.value();
    }
    EXPECT_EQ(curve.time(999), kTimes.full);
  }
}

TEST(SeekCurve, the_smallest_and_the_largest_disk_have_one) {
  for (const std::uint64_t cylinders : {std::uint64_t{8}, std::uint64_t{1} << 24U}) {
    const Picoseconds second = milliseconds(1000);
    const SeekCurve curve({Picoseconds(0), second / 2, second}, cylinders);
    EXPECT_EQ(curve.time(1), Picoseconds(0));
    EXPECT_EQ(curve.time(cylinders - 1), second);
  }
}

}  // namespace
}  // namespace tlmmu
