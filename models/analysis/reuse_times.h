// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/base/bits.h"

namespace tlmmu::analysis {

/// The windows for which working sets are computed: 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, ...
/// four to an octave.
struct WindowGrid {
  static constexpr std::uint32_t kWindows = 4 * 63;

  /// The smallest window of the grid that is at least `time`; `time` is 1 to 2^62.
  static constexpr std::uint32_t index_of(std::uint64_t time) {
    const std::uint64_t n = time - 1;
    if (n < 4) return static_cast<std::uint32_t>(n);
    const unsigned octave = log2_floor(n);
    return 4 * (octave - 1) + static_cast<std::uint32_t>((n >> (octave - 2)) & 3U);
  }
  static constexpr std::uint64_t window(std::uint32_t index) {
    if (index < 4) return index + std::uint64_t{1};
    return (index % 4 + std::uint64_t{5}) << (index / 4 - 1);
  }
};

/// One window of the working-set curve.
struct WorkingSetPoint {
  std::uint64_t window;  ///< tau, in references
  double pages;          ///< s(tau), the average size of the working set
  std::uint64_t misses;  ///< references to pages that were not in the working set
  std::uint64_t reuses;  ///< reuse times above the window before and up to this one
};

/// Times between references to the same page, in references, and Denning's working sets computed
/// from them, exactly.
///
/// A page is in the working set W(t, tau) if it was referenced at one of the times t-tau+1 to t. A
/// reference keeps its page there for min(tau, time to the page's next reference) steps, at most
/// until the end of the trace. The sum over all references is the sum of the sizes of all working
/// sets.
class ReuseTimes {
 public:
  /// A reference to a page that was referenced `time` references before, at least 1.
  void record(std::uint64_t time) { add(bins_, time); }
  /// `count` references to the page that was referenced just before.
  void record_repeats(std::uint64_t count) {
    bins_[0].count += count;
    bins_[0].sum += count;
  }
  /// A page's last reference, `left` references before the end; 1 is the very last reference.
  void record_last(std::uint64_t left) { add(last_, left); }

  /// The curve up to the first window of the grid that is at least `references`, of a trace of so
  /// many references.
  std::vector<WorkingSetPoint> working_sets(std::uint64_t references) const;

 private:
  struct Bin {
    std::uint64_t count = 0;
    std::uint64_t sum = 0;
  };
  using Bins = std::array<Bin, WindowGrid::kWindows>;

  static void add(Bins& bins, std::uint64_t time) {
    Bin& bin = bins[WindowGrid::index_of(time)];
    ++bin.count;
    bin.sum += time;
  }

  Bins bins_{};
  Bins last_{};
};

}  // namespace tlmmu::analysis
