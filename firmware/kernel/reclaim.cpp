// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/reclaim.h"

namespace tlmmu::kernel {

void Reclaimer::frames_taken() {
  if (awake_ || state_.frames.free() >= state_.settings.watermarks.low) return;
  awake_ = true;
  fruitless_ = 0;
  ++state_.counters.kswapd_wakeups;
}

void Reclaimer::kswapd_slice() {
  if (!awake_) return;
  const std::uint64_t high = state_.settings.watermarks.high;
  std::uint64_t scanned = 0;
  // What is being written will be free: counting it keeps a slow disk from emptying the memory.
  while (scanned < state_.settings.kswapd_slice &&
         state_.frames.free() + state_.frames.writing() < high) {
    const Step result = step();
    if (result == Step::stuck) break;
    ++scanned;
    fruitless_ = result == Step::kept ? fruitless_ + 1 : 0;
  }
  if (scanned > 0) ++state_.counters.kswapd_slices;
  state_.counters.kswapd_scanned += scanned;
  // Two turns without a frame: nothing to be had until something changes.
  const bool hopeless = fruitless_ > 2 * state_.clock.size();
  if (state_.frames.free() >= high || hopeless) awake_ = false;
}

void Reclaimer::direct() {
  ++state_.counters.direct_reclaims;
  const std::uint64_t two_turns = 2 * state_.clock.size() + 1;
  std::uint64_t scanned = 0;
  std::uint64_t started = 0;
  while (scanned < two_turns && started < state_.settings.direct_reclaim_batch) {
    const Step result = step();
    if (result == Step::stuck) break;
    ++scanned;
    if (result == Step::freed) break;
    if (result == Step::write_started) ++started;
  }
  state_.counters.direct_scanned += scanned;
}

Reclaimer::Step Reclaimer::keep() {
  state_.clock.advance();
  return Step::kept;
}

Reclaimer::Step Reclaimer::step() {
  if (state_.clock.empty()) return Step::stuck;
  Frame& frame = state_.clock.hand();
  if (frame.pinned) {
    ++state_.counters.unreclaimable;
    state_.machine.charge(Operation::reclaim_scan);
    return keep();
  }
  state_.machine.charge(Operation::reclaim_scan);
  const Pte pte = state_.machine.read_pte(frame.entry);
  if (pte.flags().a()) {
    ++state_.counters.referenced;
    mapper_.update(frame, pte.without_flags(PteFlags::kA));
    return keep();
  }
  return evict(frame, pte);
}

Reclaimer::Step Reclaimer::evict(Frame& frame, Pte pte) {
  if (frame.kind == PageKind::text) {
    ++state_.counters.dropped_text;
    return drop(frame, absent_pte(PteKind::file, frame.block, pte.flags()));
  }
  const bool clean = frame.has_block && !pte.flags().d();
  if (clean) {
    ++state_.counters.dropped_clean;
    return drop(frame, absent_pte(PteKind::swapped, frame.block, pte.flags()));
  }
  return start_write(frame, pte);
}

Reclaimer::Step Reclaimer::drop(Frame& frame, Pte replacement) {
  mapper_.unmap(frame, replacement);
  state_.frames.release(frame);
  return Step::freed;
}

Reclaimer::Step Reclaimer::start_write(Frame& frame, Pte pte) {
  if (state_.disk.writes_in_flight() >= state_.settings.nr_async_pages) {
    ++state_.counters.throttled;
    return Step::stuck;
  }
  const bool had_slot = frame.has_block;
  if (!had_slot && !give_slot(frame)) {
    ++state_.counters.unreclaimable;
    return keep();
  }
  // A slot it got just now is not yet in the list of resident holders, which unmap leaves.
  if (!had_slot) state_.slot_holders.push_back(frame);
  ++state_.counters.swap_outs;
  mapper_.unmap(frame, absent_pte(PteKind::swapped, frame.block, pte.flags()));
  state_.frames.set_state(frame, FrameState::writing);
  state_.swap.at(frame.block).cached = &frame;
  state_.disk.submit(frame);
  return Step::write_started;
}

bool Reclaimer::give_slot(Frame& frame) {
  auto slot = state_.swap.allocate_slot();
  if (!slot && take_slot_of_resident_page()) slot = state_.swap.allocate_slot();
  if (slot) Mapper::set_block(frame, *slot);
  return slot.has_value();
}

bool Reclaimer::take_slot_of_resident_page() {
  for (Frame& frame : state_.slot_holders) {
    if (frame.on_disk) continue;
    state_.slot_holders.erase(state_.slot_holders.iterator_to(frame));
    mapper_.release_slot(frame);
    ++state_.counters.slots_taken;
    return true;
  }
  return false;
}

}  // namespace tlmmu::kernel
