// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "models/dram/timing_rules.h"

namespace tlmmu {

/// When one rank's all-bank refreshes fall due: each tREFI, the ranks of a channel staggered
/// evenly.
class RefreshTimer {
 public:
  RefreshTimer(unsigned rank, unsigned ranks, const TimingRules& rules)
      : interval_(rules.tREFI), due_(rules.tREFI + rules.tREFI * rank / ranks) {
    if (interval_ == Cycles(0)) due_ = kNever;
  }

  /// The next refresh that has not been served.
  Cycles due() const { return due_; }

  /// Refreshes that fell due together with the next one.
  struct Burst {
    std::uint64_t count;  ///< at least 1
    Cycles last;          ///< when the last of them is sent
  };
  /// Serves all refreshes that are due by `until` (not before due()); the first is sent at `first`,
  /// and nothing else happens to the rank in between. REF number k is sent when it is due, or tRFC
  /// after the one before; tRFC < tREFI, so only the delay of the first can push the last.
  Burst serve(Cycles first, Cycles until, const TimingRules& rules) {
    const std::uint64_t more = (until - due_) / interval_;
    const Cycles last = std::max(due_ + interval_ * more, first + rules.tRFC * more);
    due_ += interval_ * (more + 1);
    return {more + 1, last};
  }

 private:
  static constexpr Cycles kNever{~std::uint64_t{0}};
  Cycles interval_;
  Cycles due_;
};

}  // namespace tlmmu
