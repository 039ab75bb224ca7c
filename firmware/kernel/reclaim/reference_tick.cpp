// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/reclaim/reference_tick.h"

namespace tlmmu::kernel {

std::uint64_t reference_ticks_due(const KernelState& state) {
  if (!state.policy.forgets()) return 0;
  return state.settled / state.settings.policy_parameters.nru_tick;
}

void ReferenceTick::check() {
  const std::uint64_t ticks = reference_ticks_due(state_);
  if (ticks == ticks_) return;
  ++state_.counters.reference_ticks;
  state_.counters.reference_ticks_merged += ticks - ticks_ - 1;
  ticks_ = ticks;
  if (state_.settings.scope == ReclaimScope::global) return forget(state_.pages);
  state_.processes.each_alive([this](Process& process) { forget(process.pool); });
}

void ReferenceTick::forget(PagePool& pool) {
  for (FrameQueue& queue : pool.queues) {
    for (const Frame& frame : queue) {
      state_.machine.charge(Operation::reclaim_scan);
      ++state_.counters.references_cleared;
      mapper_.clear_referenced(frame);
    }
  }
  state_.policy.forgotten(pool);
}

}  // namespace tlmmu::kernel
