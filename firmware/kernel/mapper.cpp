// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/mapper.h"

namespace tlmmu::kernel {

void Mapper::assign(Frame& frame, const Place& place, PageKind kind) {
  frame.owner = place.process.id;
  frame.page = place.page;
  frame.entry = place.entry;
  frame.kind = kind;
}

void Mapper::map(Frame& frame, PteFlags flags, AccessType access) {
  const bool store = access == AccessType::store;
  const auto raw = static_cast<unsigned>(flags.raw() & kPermissionFlags) | PteFlags::kV |
                   PteFlags::kA | (store ? PteFlags::kD : 0U);
  const Pte pte(state_.frames.number_of(frame), PteFlags(static_cast<std::uint8_t>(raw)));
  state_.machine.write_pte(frame.entry, pte);
  state_.frames.set_state(frame, FrameState::mapped);
  if (!frame.on_disk) state_.clock.add(frame);
  if (frame.kind == PageKind::anonymous && frame.has_block) state_.slot_holders.push_back(frame);
  Process& process = owner(frame);
  if (++process.resident > process.max_resident) process.max_resident = process.resident;
}

void Mapper::unmap(Frame& frame, Pte replacement) {
  state_.machine.write_pte(frame.entry, replacement);
  Process& process = owner(frame);
  fence({frame.page, process.asid()});
  state_.clock.remove(frame);
  if (frame.kind == PageKind::anonymous && frame.has_block) {
    state_.slot_holders.erase(state_.slot_holders.iterator_to(frame));
  }
  --process.resident;
}

void Mapper::update(const Frame& frame, Pte pte) {
  state_.machine.write_pte(frame.entry, pte);
  fence({frame.page, owner(frame).asid()});
}

void Mapper::set_block(Frame& frame, DiskBlock block) {
  frame.block = block;
  frame.has_block = true;
}

void Mapper::release_slot(Frame& frame) {
  if (frame.kind != PageKind::anonymous || !frame.has_block) return;
  state_.swap.free_slot(frame.block);
  frame.has_block = false;
}

void Mapper::pin(Process& process, Frame& frame) {
  frame.pinned = true;
  process.pinned = &frame;
  ++state_.pinned;
}

void Mapper::unpin(Process& process) {
  if (process.pinned == nullptr) return;
  process.pinned->pinned = false;
  process.pinned = nullptr;
  --state_.pinned;
  state_.scheduler.wake_frame_waiters();
}

void Mapper::fence(const Fence& fence) {
  ++state_.counters.fences;
  state_.machine.charge(Operation::fence);
  state_.machine.fence(fence);
}

}  // namespace tlmmu::kernel
