// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "models/dram/latest.h"
#include "models/dram/timing_rules.h"

namespace tlmmu {

/// How densely the banks of one rank may be activated: tRRD_S, tRRD_L, tFAW.
class ActivateWindow {
 public:
  explicit ActivateWindow(unsigned bank_groups) : same_group_(bank_groups) {}

  Cycles earliest(unsigned bank_group) const {
    return latest(any_group_, same_group_[bank_group], four_window_[oldest_]);
  }
  void activate(unsigned bank_group, Cycles at, const TimingRules& rules) {
    any_group_ = at + rules.tRRD_S;
    same_group_[bank_group] = at + rules.tRRD_L;
    four_window_[oldest_] = at + rules.tFAW;
    oldest_ = (oldest_ + 1) % four_window_.size();
  }

 private:
  Cycles any_group_;
  std::vector<Cycles> same_group_;
  std::array<Cycles, 4> four_window_{};  ///< when each of the last four ACTs leaves the window
  std::size_t oldest_ = 0;
};

}  // namespace tlmmu
