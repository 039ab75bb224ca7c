// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/frames/frame_table.h"

namespace tlmmu::kernel {

FrameTable::FrameTable(Frame* storage, const Memory& memory)
    : storage_(storage),
      memory_(memory),
      buddy_(storage, {memory.first.value(), memory.reserved, memory.frames}) {
  counter(FrameState::reserved) = memory.reserved;
  counter(FrameState::free) = memory.frames - memory.reserved;
}

Frame* FrameTable::allocate(FrameState state, unsigned order) {
  Frame* block = buddy_.take(order);
  if (block == nullptr) return nullptr;
  const std::uint64_t frames = std::uint64_t{1} << order;
  for (std::uint64_t i = 0; i < frames; ++i) set_state(block[i], state);
  return block;
}

void FrameTable::release(Frame& frame, unsigned order) {
  const std::uint64_t frames = std::uint64_t{1} << order;
  for (std::uint64_t i = 0; i < frames; ++i) set_state((&frame)[i], FrameState::free);
  buddy_.give(frame, order);
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
  counts.slab = count(FrameState::slab);
  counts.mapped = count(FrameState::mapped);
  counts.cached = count(FrameState::cached);
  counts.reading = count(FrameState::reading);
  counts.writing = count(FrameState::writing);
  return counts;
}

}  // namespace tlmmu::kernel
