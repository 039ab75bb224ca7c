// SPDX-License-Identifier: Apache-2.0
// Faults on pages that are in memory: found in a cache, shared until somebody stores, or not
// wrong at all.
#include "firmware/kernel/fault.h"
#include "models/arch/permissions.h"

namespace tlmmu::kernel {

FaultAnswer FaultHandler::from_cache(const Fault& fault, Frame& frame, std::uint64_t& hits) {
  if (!mapper_.has_room(frame) || fault.area.kind == AreaKind::shared) {
    mapper_.pins().pin(fault.process, frame);  // the search for memory must not drop it
    const FaultAnswer room = allocator_.ensure_mappings(fault.process, 2);
    if (room != FaultAnswer::resume) return room;
    mapper_.pins().let_go(fault.process);
  }
  page_in_.map_cached(frame, fault.user(), fault.area, fault.request.type);
  ++hits;
  return handled(fault, frame, FaultKind::minor);
}

FaultAnswer FaultHandler::present(const Fault& fault) {
  const AccessType type = fault.request.type;
  Frame& frame = state_.frames.at(fault.pte.ppn());
  if (permits(fault.pte.flags(), type, fault.request.context)) {
    const unsigned d = type == AccessType::store ? PteFlags::kD : 0U;
    mapper_.update(fault.user(), fault.pte, changed(fault.pte, PteFlags::kA | d, 0));
    return handled(fault, frame, FaultKind::spurious);
  }
  const bool trace = fault.area.kind == AreaKind::trace;
  const bool copies =
      has_mark(fault.pte, PteMark::copy_on_write) || (trace && frame.kind == PageKind::text);
  if (type == AccessType::store && copies) return copy_on_write(fault, frame);
  if (type == AccessType::fetch && trace) {
    mapper_.update(fault.user(), fault.pte, changed(fault.pte, PteFlags::kX | PteFlags::kA, 0));
    ++state_.counters.made_executable;
    return handled(fault, frame, FaultKind::minor);
  }
  return forbidden(fault.process, fault.request, KillReason::no_permission);
}

bool FaultHandler::is_last_owner(const Frame& frame) const {
  const bool referred = frame.has_block && state_.blocks.at(frame.block).references > 0;
  return frame.kind == PageKind::anonymous && frame.users == 1 && !referred;
}

FaultAnswer FaultHandler::copy_on_write(const Fault& fault, Frame& frame) {
  if (is_last_owner(frame)) return reuse(fault, frame);
  // The search for a frame must not drop what is to be copied.
  mapper_.pins().pin(fault.process, frame);
  const auto got = allocator_.allocate(fault.process, FrameState::mapped);
  if (got.frame == nullptr) return got.otherwise;
  mapper_.pins().let_go(fault.process);
  if (is_last_owner(frame)) {  // the others went to free memory for this one
    state_.frames.release(*got.frame);
    return reuse(fault, frame);
  }
  state_.machine.copy_frame({state_.frames.number_of(frame), state_.frames.number_of(*got.frame)});
  const Pte before = state_.machine.read_pte(fault.entry);
  const bool trace = fault.area.kind == AreaKind::trace;
  const Pte fresh = PageIn::valid_pte(state_.frames.number_of(*got.frame), fault.area);
  const unsigned x = trace ? PteFlags::kX : 0U;
  mapper_.exchange(frame, *got.frame, fault.user(), before, changed(fresh, PteFlags::kD | x, 0));
  if (frame.users == 0) spaces_.unused(frame);
  ++state_.counters.copied;
  return handled(fault, *got.frame, FaultKind::copy_on_write);
}

FaultAnswer FaultHandler::reuse(const Fault& fault, Frame& frame) {
  const Pte before = state_.machine.read_pte(fault.entry);
  const Pte writable = changed(without_mark(before, PteMark::copy_on_write),
                               PteFlags::kW | PteFlags::kA | PteFlags::kD, 0);
  mapper_.update(fault.user(), before, writable);
  ++state_.counters.reused;
  return handled(fault, frame, FaultKind::copy_on_write);
}

// The first access to a private file page is a store: its copy is made without mapping the
// original.
FaultAnswer FaultHandler::copy_file_page(const Fault& fault, Frame& source) {
  mapper_.pins().pin(fault.process, source);
  const auto got = allocator_.allocate(fault.process, FrameState::mapped);
  if (got.frame == nullptr) return got.otherwise;
  mapper_.pins().let_go(fault.process);
  source.referenced = true;
  page_in_.asked_for(source);
  ++state_.counters.page_cache_hits;
  ++state_.counters.copied_unmapped;
  state_.machine.copy_frame({state_.frames.number_of(source), state_.frames.number_of(*got.frame)});
  const Pte pte = PageIn::valid_pte(state_.frames.number_of(*got.frame), fault.area);
  mapper_.add(*got.frame, fault.user(), fault.pte, changed(pte, PteFlags::kD, 0));
  ++state_.counters.copied;
  return handled(fault, *got.frame, FaultKind::copy_on_write);
}

}  // namespace tlmmu::kernel
