// SPDX-License-Identifier: Apache-2.0
// First touches: the area says what fills the page.
#include "firmware/kernel/fault.h"

namespace tlmmu::kernel {

FaultAnswer FaultHandler::untouched(const Fault& fault) {
  switch (fault.area.kind) {
    case AreaKind::trace:
      return fault.request.type == AccessType::fetch ? first_fetch(fault) : zero_page(fault);
    case AreaKind::file:
      return file_page(fault);
    case AreaKind::shared:
      return segment_page(fault);
    case AreaKind::anonymous:
    case AreaKind::heap:
    case AreaKind::stack:
      break;
  }
  return zero_page(fault);
}

FaultAnswer FaultHandler::zero_page(const Fault& fault) {
  const auto got = allocator_.allocate(fault.process, FrameState::mapped);
  if (got.frame == nullptr) return got.otherwise;
  Frame& frame = *got.frame;
  state_.machine.zero_frame(state_.frames.number_of(frame));
  Pte pte = PageIn::valid_pte(state_.frames.number_of(frame), fault.area);
  if (fault.request.type == AccessType::store) pte = changed(pte, PteFlags::kD, 0);
  mapper_.add(frame, fault.user(), fault.pte, pte);
  ++state_.counters.zero_filled;
  if (fault.grows) fault.process.areas.resize(fault.area, {fault.page(), fault.area.end});
  return handled(fault, frame, fault.grows ? FaultKind::stack_growth : FaultKind::minor);
}

// The first fetch from a page of a trace: text, from a block that is given to it now.
FaultAnswer FaultHandler::first_fetch(const Fault& fault) {
  const auto block = state_.blocks.allocate_file();
  if (!block) return killed(fault.process, KillReason::no_file_space);
  const Pte absent = absent_pte(PteKind::file, *block, PteFlags(kTextFlags));
  mapper_.replace_absent(fault.user(), fault.pte, absent, Teardown::page);
  return text_page(fault, *block);
}

FaultAnswer FaultHandler::text_page(const Fault& fault, DiskBlock block) {
  // What was never dropped may count as cached: it reads as a blank disk would.
  const bool cached =
      state_.settings.text_source == TextSource::page_cache && state_.blocks.at(block).evicted == 0;
  if (!cached) return from_block(fault, {block, PageKind::text});
  const auto got = allocator_.allocate(fault.process, FrameState::mapped);
  if (got.frame == nullptr) return got.otherwise;
  Frame& frame = *got.frame;
  frame.kind = PageKind::text;
  mapper_.tie(frame, block);
  state_.machine.zero_frame(state_.frames.number_of(frame));
  page_in_.map_cached(frame, fault.user(), fault.area, fault.request.type);
  ++state_.counters.zero_filled;
  return handled(fault, frame, FaultKind::minor);
}

FaultAnswer FaultHandler::file_page(const Fault& fault) {
  const File& file = state_.files.at(fault.area.file);
  const Wanted wanted{file.block_of(fault.area.offset_of(fault.page())), PageKind::file};
  Frame* frame = page_in_.find(wanted.block);
  const bool here = frame != nullptr && frame->state != FrameState::reading;
  if (here && fault.area.is_private() && fault.request.type == AccessType::store) {
    return copy_file_page(fault, *frame);
  }
  return from_block(fault, wanted);
}

FaultAnswer FaultHandler::segment_page(const Fault& fault) {
  const FaultAnswer room = allocator_.ensure_mappings(fault.process, 2);
  if (room != FaultAnswer::resume) return room;
  const std::uint64_t number = fault.area.offset_of(fault.page());
  const PhysicalAddress entry = fault.area.segment->entry_of(number);
  const Pte pte = state_.machine.read_pte(entry);
  if (pte.raw() == 0) return zero_segment_page(fault, entry);
  if (kind_of(pte) == PteKind::swapped) return from_block(fault, {block_of(pte), PageKind::shared});
  return from_cache(fault, state_.frames.at(pte.ppn()), state_.counters.segment_hits);
}

FaultAnswer FaultHandler::zero_segment_page(const Fault& fault, PhysicalAddress entry) {
  const auto got = allocator_.allocate(fault.process, FrameState::mapped);
  if (got.frame == nullptr) return got.otherwise;
  Frame& frame = *got.frame;
  const Ppn number = state_.frames.number_of(frame);
  state_.machine.zero_frame(number);
  frame.kind = PageKind::shared;
  frame.dirty = true;  // zeros that no slot holds
  const Mapping segment{nullptr, Vpn(fault.area.offset_of(fault.page())), entry};
  mapper_.add(frame, segment, Pte(), Pte(number, PteFlags(PteFlags::kV)));
  page_in_.map_cached(frame, fault.user(), fault.area, fault.request.type);
  ++state_.counters.zero_filled;
  return handled(fault, frame, FaultKind::minor);
}

}  // namespace tlmmu::kernel
