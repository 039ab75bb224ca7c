// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "models/base/quantity.h"

namespace tlmmu {

/// The seek time of a disk arm as a function of the distance, in the form of Ruemmler and Wilkes,
/// "An Introduction to Disk Drive Modeling" (1994): short seeks accelerate and brake, so their time
/// grows with the square root; long ones coast, so their time grows linearly.
///
///     t(0) = 0
///     t(d) = T1 + (K - T1) * sqrt((d-1)/(D0-1))     1 <= d <= D0
///     t(d) = K  + (F - K) * (d-D0)/(D-D0)           D0 < d <= D
///
/// T1 is the track-to-track time, F the full stroke over D = cylinders - 1. The knee D0 is D/3, and
/// its height K is chosen such that the mean over uniformly random pairs of cylinders (distance
/// density 2(1-x), x = d/D) is the data sheet's average A. With x0 = 1/3 the integral gives
///
///     A = (27 T1 + 88 K + 20 F) / 135.
///
/// Integer arithmetic throughout: the same times on every host.
class SeekCurve {
 public:
  struct Times {
    Picoseconds track_to_track;
    Picoseconds average;
    Picoseconds full;
  };
  /// `cylinders` is 8 to 2^24; times are at most 1 s, the average within the bounds below.
  SeekCurve(Times times, std::uint64_t cylinders);

  /// Time to move over `distance` cylinders; 0 for 0. Never falls with the distance.
  Picoseconds time(std::uint64_t distance) const;

  /// The averages for which T1 <= K <= F, so that the curve rises.
  static Picoseconds lowest_average(Picoseconds track_to_track, Picoseconds full);
  static Picoseconds highest_average(Picoseconds track_to_track, Picoseconds full);
  static constexpr std::string_view kAverageRule =
      "must be at least (115 seek_track_to_track + 20 seek_full) / 135 and at most "
      "(27 seek_track_to_track + 108 seek_full) / 135";

 private:
  Picoseconds first_;
  Picoseconds knee_time_;
  Picoseconds full_;
  std::uint64_t knee_;
  std::uint64_t stroke_;
};

}  // namespace tlmmu
