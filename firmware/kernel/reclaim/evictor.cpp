// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/reclaim/evictor.h"

namespace tlmmu::kernel {

namespace {

bool goes_to_swap(const Frame& frame) {
  return frame.kind == PageKind::anonymous || frame.kind == PageKind::shared;
}

}  // namespace

Eviction Evictor::evict(Frame& frame, FrameUse use) {
  const bool current = frame.has_block && !use.dirty;
  if (current || frame.kind == PageKind::text) return drop(frame);
  return goes_to_swap(frame) ? write_to_slot(frame) : write(frame);
}

Eviction Evictor::drop(Frame& frame) {
  Counters& c = state_.counters;
  if (frame.state == FrameState::cached) {
    ++c.dropped_cached;
  } else if (frame.kind == PageKind::text) {
    ++c.dropped_text;
  } else {
    ++(frame.kind == PageKind::file ? c.dropped_file : c.dropped_clean);
  }
  take_from_users(frame, frame.block);
  left_memory(frame);
  mapper_.release(frame);
  return Eviction::freed;
}

bool Evictor::may_write() {
  if (state_.disk.writes_in_flight() < state_.settings.nr_async_pages) return true;
  ++state_.counters.throttled;
  return false;
}

Eviction Evictor::write_to_slot(Frame& frame) {
  if (!may_write()) return Eviction::stuck;
  if (frame.has_block && state_.blocks.at(frame.block).broken) {
    // Others refer to the slot, and only this frame has the page: it must stay.
    if (state_.blocks.at(frame.block).references > 0) return Eviction::kept;
    mapper_.release_slot(frame);
  }
  if (!frame.has_block) {
    const auto slot = find_slot();
    if (!slot) return Eviction::kept;
    take_from_users(frame, *slot);
    mapper_.tie(frame, *slot);
  } else {
    take_from_users(frame, frame.block);
  }
  ++state_.counters.swap_outs;
  return write(frame);
}

Eviction Evictor::write(Frame& frame) {
  if (frame.kind == PageKind::file) {
    if (state_.blocks.at(frame.block).broken) return Eviction::kept;  // it has no other place
    if (!may_write()) return Eviction::stuck;
    ++state_.counters.file_outs;
    take_from_users(frame, frame.block);
  }
  left_memory(frame);
  mapper_.pools().leave(frame);
  state_.frames.set_state(frame, FrameState::writing);
  frame.dirty = false;
  state_.disk.submit(frame);
  return Eviction::write_started;
}

// What stays in the PTEs says where the page is, unless the area or segment says so.
void Evictor::take_from_users(Frame& frame, DiskBlock block) {
  mapper_.remove_all(frame, [&](const Mapping& user, Pte pte) {
    if (user.process != nullptr) ++state_.counters.ptes_reclaimed;
    if (frame.kind == PageKind::text) return absent_pte(PteKind::file, block, pte.flags());
    const bool by_pte = frame.kind == PageKind::anonymous || user.process == nullptr;
    return by_pte ? absent_pte(PteKind::swapped, block, pte.flags()) : Pte();
  });
}

void Evictor::left_memory(const Frame& frame) {
  ++state_.counters.evictions;
  state_.blocks.at(frame.block).evicted = static_cast<std::uint32_t>(state_.counters.evictions);
}

Evictor::SlotSituation Evictor::slot_situation() const {
  const SwapCounts counts = state_.blocks.counts();
  return {counts.in_use, counts.file, counts.references, state_.slot_holders.size(),
          state_.counters.transfers_done};
}

// A full swap area is found out once, not for every page that reclaim looks at.
std::optional<DiskBlock> Evictor::find_slot() {
  if (no_slot_in_ && *no_slot_in_ == slot_situation()) return std::nullopt;
  auto slot = state_.blocks.allocate_slot();
  if (!slot && take_slot_of_resident_page()) slot = state_.blocks.allocate_slot();
  no_slot_in_.reset();
  if (!slot) no_slot_in_ = slot_situation();
  return slot;
}

bool Evictor::take_slot_of_resident_page() {
  for (Frame& frame : state_.slot_holders) {
    const bool needed = frame.moving() || state_.blocks.at(frame.block).references > 0;
    if (needed || state_.blocks.at(frame.block).broken) continue;
    mapper_.release_slot(frame);
    ++state_.counters.slots_taken;
    return true;
  }
  return false;
}

}  // namespace tlmmu::kernel
