// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/frame_table.h"

#include <new>

namespace tlmmu::kernel {

FrameTable::FrameTable(Frame* storage, const Memory& memory)
    : storage_(storage), memory_(memory), next_(memory.reserved) {
  counter(FrameState::reserved) = memory.reserved;
  counter(FrameState::free) = memory.frames - memory.reserved;
}

Frame* FrameTable::allocate(FrameState state) {
  Frame* frame = nullptr;
  if (!freed_.empty()) {
    frame = &freed_.front();
    freed_.pop_front();
  } else if (next_ < memory_.frames) {
    frame = &storage_[next_++];
  } else {
    return nullptr;
  }
  new (frame) Frame();
  set_state(*frame, state);
  return frame;
}

void FrameTable::release(Frame& frame) {
  set_state(frame, FrameState::free);
  freed_.push_front(frame);
}

void FrameTable::set_state(Frame& frame, FrameState state) {
  --counter(frame.state);
  ++counter(state);
  frame.state = state;
}

FrameCounts FrameTable::counts() const {
  FrameCounts counts;
  counts.free = count(FrameState::free);
  counts.reserved = count(FrameState::reserved);
  counts.page_tables = count(FrameState::page_table);
  counts.mapped = count(FrameState::mapped);
  counts.reading = count(FrameState::reading);
  counts.writing = count(FrameState::writing);
  return counts;
}

}  // namespace tlmmu::kernel
