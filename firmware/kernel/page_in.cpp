// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/page_in.h"

namespace tlmmu::kernel {

FaultAnswer PageIn::read(Process& process, const Wanted& wanted, const Awaited& awaited) {
  const auto got = allocator_.allocate(process, FrameState::reading);
  if (got.frame == nullptr) return got.otherwise;
  got.frame->kind = wanted.kind;
  mapper_.tie(*got.frame, wanted.block);
  wait_for(process, *got.frame, awaited);
  start(*got.frame, wanted);
  return FaultAnswer::blocked;
}

void PageIn::wait_for(Process& process, Frame& frame, const Awaited& awaited) {
  process.awaited = awaited;
  process.awaited.frame = &frame;
  process.awaited.next = frame.waiters;
  frame.waiters = &process;
  asked_for(frame);
  state_.scheduler.block(process, WaitReason::page);
}

void PageIn::asked_for(Frame& frame) {
  if (frame.ahead) ++state_.counters.reads_ahead_used;
  frame.ahead = false;
}

bool PageIn::read_ahead(const Wanted& wanted) {
  if (find(wanted.block) != nullptr) return true;
  Frame* frame = allocator_.allocate_spare(FrameState::reading);
  if (frame == nullptr) return false;
  frame->kind = wanted.kind;
  frame->ahead = true;
  mapper_.tie(*frame, wanted.block);
  ++state_.counters.reads_ahead;
  start(*frame, wanted);
  return true;
}

void PageIn::start(Frame& frame, const Wanted&) {
  ++state_.counters.reads_started;
  note_refault(frame);
  state_.disk.submit(frame);
}

// Linux, mm/workingset.c: a page that comes back after fewer evictions than there are frames would
// have stayed in a memory twice as large.
void PageIn::note_refault(Frame& frame) {
  const std::uint32_t then = state_.blocks.at(frame.block).evicted;
  if (then == 0) return;
  const std::uint32_t distance = static_cast<std::uint32_t>(state_.counters.evictions) - then;
  frame.stamp = std::uint64_t{distance} + 1;
  if (distance <= state_.frames.total()) ++state_.counters.refaults;
}

Pte PageIn::valid_pte(Ppn frame, const Area& area) {
  const unsigned flags = hardware_flags(area.permissions) | PteFlags::kV | PteFlags::kA;
  const Pte pte(frame, PteFlags(static_cast<std::uint8_t>(flags)));
  return area.wishes.locked ? with_mark(pte, PteMark::locked) : pte;
}

Pte PageIn::pte_for(const Frame& frame, Pte before, const Area& area, AccessType type) const {
  Pte pte = valid_pte(state_.frames.number_of(frame), area);
  if (area.kind == AreaKind::trace) {
    const unsigned x = type == AccessType::fetch ? PteFlags::kX : 0U;
    const unsigned kept = before.raw() == 0 ? unsigned{kTextFlags} : before.flags().raw();
    pte = changed(pte, kept | x, unsigned{kPermissionFlags} & ~(kept | x));
  }
  const bool exclusive = frame.kind == PageKind::anonymous && frame.users == 0 &&
                         state_.blocks.at(frame.block).references == 1;
  const bool others = area.is_private() && !exclusive && frame.kind != PageKind::text;
  if (others && pte.flags().w()) {
    pte = with_mark(changed(pte, 0, PteFlags::kW), PteMark::copy_on_write);
  }
  const bool stores = type == AccessType::store && pte.flags().w();
  return stores ? changed(pte, PteFlags::kD, 0) : pte;
}

void PageIn::map_cached(Frame& frame, const Mapping& user, Area& area, AccessType type) {
  asked_for(frame);
  if (area.segment != nullptr) {
    frame.kind = PageKind::shared;  // readahead cannot know whose slots it reads
    map_into_segment(frame, area, user.page);
  } else if (frame.kind == PageKind::shared) {
    frame.kind = PageKind::anonymous;
  }
  const Pte before = state_.machine.read_pte(user.entry);
  mapper_.add(frame, user, before, pte_for(frame, before, area, type));
  settle_slot(frame);
}

void PageIn::map_into_segment(Frame& frame, const Area& area, Vpn page) {
  const std::uint64_t number = area.offset_of(page);
  const PhysicalAddress entry = area.segment->entry_of(number);
  const Pte pte = state_.machine.read_pte(entry);
  if (kind_of(pte) == PteKind::valid) return;
  mapper_.add(frame, {nullptr, Vpn(number), entry}, pte,
              Pte(state_.frames.number_of(frame), PteFlags(PteFlags::kV)));
}

// A slot that only this page needs is not worth keeping if it was never written.
void PageIn::settle_slot(Frame& frame) {
  const bool by_swap = frame.kind == PageKind::anonymous || frame.kind == PageKind::shared;
  if (!by_swap || !frame.has_block) return;
  const Block& slot = state_.blocks.at(frame.block);
  if (slot.references > 0) return;
  if (frame.queued) {
    state_.disk.cancel(frame);
    ++state_.counters.cancelled_writes;
    mapper_.release_slot(frame);
    mapper_.pools().enter(frame);
  } else if (slot.broken) {
    mapper_.release_slot(frame);
  }
}

void PageIn::map_for_waiter(Process& process, Frame& frame) {
  const Awaited awaited = process.awaited;
  process.awaited = Awaited();
  mapper_.pins().pin(process, frame);
  state_.scheduler.wake(process);
  if (awaited.entry.value() == 0) return;
  Area* area = process.areas.find(awaited.address.page());
  // The segment's entry and the process's may need an object each; without, the access repeats.
  const bool alone = area != nullptr && frame.users == 0 && area->segment == nullptr;
  if (area == nullptr || !(alone || state_.mapping_slab.has(2))) return;
  const Pte pte = state_.machine.read_pte(awaited.entry);
  if (pte.flags().v()) return;
  // A store to a page that is to be copied maps it read-only first, and faults again for its copy.
  map_cached(frame, {&process, awaited.address.page(), awaited.entry}, *area, awaited.type);
}

}  // namespace tlmmu::kernel
