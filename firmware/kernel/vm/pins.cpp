// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/vm/pins.h"

namespace tlmmu::kernel {

void Pins::pin(Process& process, Frame& frame) {
  let_go(process);
  ++frame.pins;
  process.pinned = &frame;
  ++state_.pinned;
}

void Pins::unpin(Process& process) {
  if (process.pinned == nullptr) return;
  let_go(process);
  state_.scheduler.wake_frame_waiters();
}

void Pins::let_go(Process& process) {
  if (process.pinned == nullptr) return;
  --process.pinned->pins;
  process.pinned = nullptr;
  --state_.pinned;
}

void Pins::hold_source(Process& process, Frame& frame) {
  ++frame.pins;
  ++state_.pinned;
  process.source = &frame;
  frame.referenced = true;
  if (frame.ahead) ++state_.counters.reads_ahead_used;
  frame.ahead = false;
  // On its way out: it stays when it has been written.
  if (frame.state == FrameState::writing) state_.frames.set_state(frame, FrameState::cached);
}

void Pins::release_source(Process& process) {
  if (process.source == nullptr) return;
  --process.source->pins;
  --state_.pinned;
  process.source = nullptr;
  if (state_.source_keeper == &process) state_.source_keeper = nullptr;
}

void Pins::wait_with_source(Process& process) {
  if (process.source == nullptr) return;
  Process*& keeper = state_.source_keeper;
  if (keeper == nullptr) keeper = &process;
  if (keeper != &process) release_source(process);
}

}  // namespace tlmmu::kernel
