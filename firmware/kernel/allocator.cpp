// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/allocator.h"

namespace tlmmu::kernel {

Allocator::Allocation Allocator::allocate(Process& process, FrameState use) {
  const std::uint64_t min = state_.settings.watermarks.min;
  if (state_.frames.free() + state_.frames.writing() < min) reclaimer_.direct();
  for (;;) {
    if (Frame* frame = state_.frames.allocate(use)) {
      reclaimer_.frames_taken();
      return {frame, FaultAnswer::resume};
    }
    reclaimer_.direct();
    if (state_.frames.free() > 0) continue;
    const std::uint64_t own = process.pinned != nullptr ? 1 : 0;
    // A transfer that ends, or a process that runs on, gives another chance; else one must go.
    if (state_.disk.in_flight() > 0 || state_.pinned > own) {
      mapper_.let_go(process);  // waking those who wait already would make them wake each other
      state_.scheduler.wait_for_frame(process);
      return {nullptr, FaultAnswer::blocked};
    }
    Process& victim = *state_.processes.largest();
    ending_.kill(victim, KillReason::out_of_memory);
    if (&victim == &process) return {nullptr, FaultAnswer::killed};
  }
}

Allocator::Allocation Allocator::allocate_page(Process& process, FrameState use) {
  const std::uint64_t limit = state_.settings.resident_limit;
  if (limit > 0 && process.use.resident >= limit) reclaimer_.shrink(process);
  return allocate(process, use);
}

Frame* Allocator::allocate_spare(FrameState use) {
  if (state_.frames.free() <= state_.settings.watermarks.high) return nullptr;
  Frame* frame = state_.frames.allocate(use);
  if (frame != nullptr) reclaimer_.frames_taken();
  return frame;
}

}  // namespace tlmmu::kernel
