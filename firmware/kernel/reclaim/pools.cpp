// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/reclaim/pools.h"

namespace tlmmu::kernel {

void Pools::enter(Frame& frame) {
  if (frame.moving()) return;
  if (frame.state == FrameState::cached) {
    frame.pool = &state_.cached_pages;
  } else if (frame.kind == PageKind::shared) {
    frame.pool = &state_.shared_pages;
  } else {
    frame.pool = &of(*frame.first.process);
    // Only a page that was read just now remembers when it left.
    const Arrival arrival{frame.stamp == 0 ? Arrival::kNew : frame.stamp,
                          state_.scheduler.run_time(*frame.first.process)};
    if (frame.pool != &state_.pages) ++state_.pooled_by_process;
    state_.policy.insert(*frame.pool, frame, arrival);
    return;
  }
  frame.pool->queues[0].push_back(frame);
}

void Pools::leave(Frame& frame) {
  if (frame.pool == nullptr) return;
  if (is_plain(frame.pool)) {
    frame.pool->queues[0].erase(frame.pool->queues[0].iterator_to(frame));
  } else {
    if (frame.pool != &state_.pages) --state_.pooled_by_process;
    state_.policy.remove(*frame.pool, frame);
    frame.stamp = 0;
  }
  frame.pool = nullptr;
}

}  // namespace tlmmu::kernel
