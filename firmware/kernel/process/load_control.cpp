// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/process/load_control.h"

namespace tlmmu::kernel {

void LoadControl::check() {
  const Picoseconds now = state_.settled;
  if (now - begin_ < state_.settings.thrash_window) return;
  const bool thrashing = was_thrashing();
  ++state_.counters.windows;
  if (thrashing) ++state_.counters.thrashing_windows;
  begin_ = now;
  faults_before_ = major_faults();
  refaults_before_ = state_.counters.refaults;
  if (state_.settings.overload == Overload::ignore) return;
  thrashing ? suspend_largest() : resume();
}

bool LoadControl::was_thrashing() const {
  const std::uint64_t faults = major_faults() - faults_before_;
  const std::uint64_t refaults = state_.counters.refaults - refaults_before_;
  return faults >= state_.settings.thrash_faults && 2 * refaults >= faults;
}

void LoadControl::suspend_largest() {
  Process* largest = nullptr;
  state_.processes.each_alive([&](Process& process) {
    if (process.state != ProcessState::ready) return;
    if (largest == nullptr || process.use.resident > largest->use.resident) largest = &process;
  });
  // The last one that can run stays.
  const std::uint64_t others = state_.scheduler.alive() - state_.scheduler.suspended();
  if (largest == nullptr || others < 2) return;
  ++state_.counters.suspensions;
  state_.scheduler.suspend(*largest);
}

void LoadControl::resume() {
  if (state_.scheduler.suspended() == 0) return;
  ++state_.counters.resumptions;
  state_.scheduler.resume();
}

void LoadControl::rescue() {
  if (state_.scheduler.is_idle() && state_.disk.in_flight() == 0) resume();
}

}  // namespace tlmmu::kernel
