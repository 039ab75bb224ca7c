// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/strong.h"

namespace tlmmu {

using Bytes = Quantity<struct BytesTag>;              ///< an amount of memory
using Cycles = Quantity<struct CyclesTag>;            ///< clock cycles of the unit that speaks
using Picoseconds = Quantity<struct PicosecondsTag>;  ///< modelled time; one SystemC tick

constexpr Bytes kibibytes(std::uint64_t n) {
  return Bytes(n << 10U);
}
constexpr Bytes mebibytes(std::uint64_t n) {
  return Bytes(n << 20U);
}
constexpr Bytes gibibytes(std::uint64_t n) {
  return Bytes(n << 30U);
}
constexpr Picoseconds nanoseconds(std::uint64_t n) {
  return Picoseconds(n * 1'000U);
}
constexpr Picoseconds microseconds(std::uint64_t n) {
  return Picoseconds(n * 1'000'000U);
}
constexpr Picoseconds milliseconds(std::uint64_t n) {
  return Picoseconds(n * 1'000'000'000U);
}

/// A clock rate and its period, rounded to the picosecond that the model counts in.
class ClockPeriod {
 public:
  /// `hertz` is 1 to 10^12.
  static constexpr ClockPeriod from_hertz(std::uint64_t hertz) { return ClockPeriod(hertz); }
  constexpr std::uint64_t hertz() const { return hertz_; }
  constexpr Picoseconds period() const { return period_; }
  constexpr Picoseconds of(Cycles cycles) const { return period_ * cycles.value(); }
  /// The cycles that `time` takes, rounded up: what has begun is paid.
  constexpr Cycles ceil_cycles(Picoseconds time) const {
    return Cycles((time.value() + period_.value() - 1) / period_.value());
  }

 private:
  constexpr explicit ClockPeriod(std::uint64_t hertz)
      : hertz_(hertz), period_((1'000'000'000'000U + hertz / 2) / hertz) {}

  std::uint64_t hertz_;
  Picoseconds period_;
};

}  // namespace tlmmu
