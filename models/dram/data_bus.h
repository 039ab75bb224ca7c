// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/dram/burst.h"
#include "models/dram/timing_rules.h"

namespace tlmmu {

/// The data bus of one channel: one burst after another, with a pause when another rank or the
/// other direction follows.
class DataBus {
 public:
  /// When the data of the next burst may begin.
  Cycles earliest(unsigned rank, BurstKind kind, const TimingRules& rules) const {
    const bool same_driver = rank == rank_ && kind == kind_;
    return same_driver || !used_ ? free_ : free_ + rules.turnaround;
  }
  void occupy(unsigned rank, BurstKind kind, Cycles until) {
    used_ = true;
    rank_ = rank;
    kind_ = kind;
    free_ = until;
  }

 private:
  bool used_ = false;
  unsigned rank_ = 0;
  BurstKind kind_ = BurstKind::read;
  Cycles free_;
};

}  // namespace tlmmu
