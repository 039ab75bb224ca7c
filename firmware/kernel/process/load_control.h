// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/kernel_state.h"

namespace tlmmu::kernel {

/// Notices thrashing, window by window, and may act on it. A window is one of thrashing if the
/// page-fault frequency is high (Chu and Opderbeck 1972) and at least half of the pages that came
/// back would have stayed in twice the memory (refault distance; Linux, mm/workingset.c). Load
/// control then takes the largest ready process out (Denning 1968), and lets the one that has
/// waited longest return after a window without thrashing.
class LoadControl {
 public:
  explicit LoadControl(KernelState& state) : state_(state) {}

  /// At every entry of the kernel.
  void check();
  /// Nobody is ready: who was taken out returns if nothing else can happen.
  void rescue();

 private:
  bool was_thrashing() const;
  std::uint64_t major_faults() const {
    return state_.counters.faults[static_cast<unsigned>(FaultKind::major_file)] +
           state_.counters.faults[static_cast<unsigned>(FaultKind::major_swap)];
  }
  void suspend_largest();
  void resume();

  KernelState& state_;
  Picoseconds begin_;  // of this window
  std::uint64_t faults_before_ = 0;
  std::uint64_t refaults_before_ = 0;
};

}  // namespace tlmmu::kernel
