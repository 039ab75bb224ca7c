// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/seek_curve.h"

namespace tlmmu {

namespace {

/// Floor of the square root.
std::uint64_t integer_sqrt(std::uint64_t n) {
  std::uint64_t root = 0;
  for (std::uint64_t bit = std::uint64_t{1} << 31U; bit != 0; bit >>= 1U) {
    const std::uint64_t candidate = root | bit;
    if (candidate * candidate <= n) root = candidate;
  }
  return root;
}

/// sqrt(numerator / denominator) in units of 2^-20; the numerator is below 2^24.
constexpr unsigned kFraction = 20;
std::uint64_t root_of_ratio(std::uint64_t numerator, std::uint64_t denominator) {
  return integer_sqrt((numerator << (2 * kFraction)) / denominator);
}

}  // namespace

Picoseconds SeekCurve::lowest_average(Picoseconds track_to_track, Picoseconds full) {
  return Picoseconds((track_to_track * 115 + full * 20 + Picoseconds(134)).value() / 135);
}

Picoseconds SeekCurve::highest_average(Picoseconds track_to_track, Picoseconds full) {
  return (track_to_track * 27 + full * 108) / 135;
}

SeekCurve::SeekCurve(Times times, std::uint64_t cylinders)
    : first_(times.track_to_track),
      knee_time_((times.average * 135 - times.track_to_track * 27 - times.full * 20) / 88),
      full_(times.full),
      knee_((cylinders - 1) / 3),
      stroke_(cylinders - 1) {}

Picoseconds SeekCurve::time(std::uint64_t distance) const {
  if (distance == 0) return Picoseconds(0);
  if (distance <= knee_) {
    const std::uint64_t root = root_of_ratio(distance - 1, knee_ - 1);
    return first_ + Picoseconds(((knee_time_ - first_) * root).value() >> kFraction);
  }
  return knee_time_ + (full_ - knee_time_) * (distance - knee_) / (stroke_ - knee_);
}

}  // namespace tlmmu
