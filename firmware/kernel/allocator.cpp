// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/allocator.h"

namespace tlmmu::kernel {

Allocator::Allocation Allocator::allocate(Process& process, FrameState use) {
  const std::uint64_t min = state_.settings.watermarks.min;
  if (state_.frames.free() + state_.frames.writing() < min) {
    reclaimer_.direct(Reclaimer::Effort::usual);
  }
  for (;;) {
    if (Frame* frame = state_.frames.allocate(use)) {
      reclaimer_.frames_taken();
      return {frame, FaultAnswer::resume};
    }
    reclaimer_.direct(Reclaimer::Effort::usual);
    if (state_.frames.free() == 0 && !may_wait(process)) {
      reclaimer_.direct(Reclaimer::Effort::all);
    }
    if (state_.frames.free() > 0) continue;
    if (may_wait(process)) return {nullptr, wait(process)};
    Process& victim = *state_.processes.largest();
    ending_.kill(victim, KillReason::out_of_memory);
    if (&victim == &process) return {nullptr, FaultAnswer::killed};
  }
}

// A transfer that ends, or a process that runs on, gives another chance; else one must go.
bool Allocator::may_wait(const Process& process) const {
  const std::uint64_t own =
      (process.pinned != nullptr ? 1U : 0U) + (process.source != nullptr ? 1U : 0U);
  return state_.disk.in_flight() > 0 || state_.pinned > own;
}

FaultAnswer Allocator::wait(Process& process) {
  mapper_.pins().let_go(process);  // waking those who wait already would make them wake each other
  mapper_.pins().wait_with_source(process);
  state_.scheduler.wait_for_frame(process);
  return FaultAnswer::blocked;
}

// As a memory control group at its maximum (Linux, try_charge): who cannot give anything ends.
FaultAnswer Allocator::make_room(Process& process) {
  const std::uint64_t limit = state_.settings.resident_limit;
  if (limit == 0) return FaultAnswer::resume;
  while (process.use.resident >= limit) {
    if (reclaimer_.shrink(process, Reclaimer::Effort::usual)) continue;
    if (may_wait(process)) return wait(process);
    if (reclaimer_.shrink(process, Reclaimer::Effort::all)) continue;
    ending_.kill(process, KillReason::out_of_memory);
    return FaultAnswer::killed;
  }
  return FaultAnswer::resume;
}

Frame* Allocator::allocate_spare(FrameState use) {
  if (state_.frames.free() <= state_.settings.watermarks.high) return nullptr;
  Frame* frame = state_.frames.allocate(use);
  if (frame != nullptr) reclaimer_.frames_taken();
  return frame;
}

}  // namespace tlmmu::kernel
