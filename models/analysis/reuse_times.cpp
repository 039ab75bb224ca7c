// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/reuse_times.h"

namespace tlmmu::analysis {

std::vector<WorkingSetPoint> ReuseTimes::working_sets(std::uint64_t references) const {
  std::vector<WorkingSetPoint> curve;
  if (references == 0) return curve;
  // Of the references whose page stays for at most the window: their number, and their times.
  std::uint64_t shorter = 0;
  std::uint64_t shorter_sum = 0;
  std::uint64_t reused = 0;
  const std::uint32_t last = WindowGrid::index_of(references);
  for (std::uint32_t i = 0; i <= last; ++i) {
    shorter += bins_[i].count + last_[i].count;
    shorter_sum += bins_[i].sum + last_[i].sum;
    reused += bins_[i].count;
    const std::uint64_t window = WindowGrid::window(i);
    const std::uint64_t sizes = shorter_sum + (references - shorter) * window;
    curve.push_back({window, static_cast<double>(sizes) / static_cast<double>(references),
                     references - reused, bins_[i].count});
  }
  return curve;
}

}  // namespace tlmmu::analysis
