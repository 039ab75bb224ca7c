// SPDX-License-Identifier: Apache-2.0
// From an address to its area and leaf PTE, and pages that come from the disk.
#include "firmware/kernel/fault.h"

#include "models/arch/permissions.h"

namespace tlmmu::kernel {

namespace {

bool area_permits(const Area& area, const FaultRequest& request) {
  if (area.kind == AreaKind::trace) return true;
  const unsigned flags = area.permissions.flags | PteFlags::kU;
  return permits(PteFlags(static_cast<std::uint8_t>(flags)), request.type, request.context);
}

}  // namespace

FaultAnswer FaultHandler::handle(Process& process, const FaultRequest& request) {
  ++state_.counters.fault_traps;
  return answer(process, request);
}

FaultAnswer FaultHandler::prefault(Process& process, const FaultRequest& request) {
  ++state_.counters.prefaults;
  return answer(process, request);
}

FaultAnswer FaultHandler::answer(Process& process, const FaultRequest& request) {
  state_.machine.charge(Operation::fault);
  mapper_.pins().unpin(process);
  reported_ = false;
  const FaultAnswer answer = resolve(process, request);
  if (reported_) return answer;
  if (answer == FaultAnswer::killed) {
    report(process, request, FaultKind::fatal);
  } else {
    ++state_.counters.frame_waits;
    ++process.use.frame_waits;
  }
  return answer;
}

FaultAnswer FaultHandler::no_memory_there(Process& process, const FaultRequest& request) {
  ++state_.counters.fault_traps;
  state_.machine.charge(Operation::fault);
  const FaultAnswer answer = forbidden(process, request, KillReason::access_fault);
  if (answer == FaultAnswer::killed) report(process, request, FaultKind::fatal);
  return answer;
}

FaultAnswer FaultHandler::resolve(Process& process, const FaultRequest& request) {
  if (request.address.value() >= state_.mode.user_half().value()) {
    return forbidden(process, request, KillReason::bad_address);
  }
  Area* area = process.areas.find(request.address.page());
  const bool grows = area == nullptr;
  if (grows) area = stack_above(process, request.address.page());
  if (area == nullptr) return forbidden(process, request, KillReason::bad_address);
  if (!area_permits(*area, request)) return forbidden(process, request, KillReason::no_permission);
  if (!grows) {
    const auto answer = try_huge_page(process, *area, request);
    if (answer) return *answer;
  }
  const Leaf leaf = make_entry(process, request.address, 0);
  if (!leaf.entry) return leaf.otherwise;
  const Pte pte = state_.machine.read_pte(*leaf.entry);
  if (kind_of(pte) != PteKind::valid) {
    const FaultAnswer room = allocator_.make_room(process);
    if (room != FaultAnswer::resume) return room;
  }
  const Fault fault{process, *area, request, *leaf.entry, pte, grows};
  switch (kind_of(pte)) {
    case PteKind::untouched:
      return untouched(fault);
    case PteKind::swapped:
      return from_block(fault, {block_of(pte), PageKind::anonymous});
    case PteKind::file:
      return text_page(fault, block_of(pte));
    case PteKind::valid:
      break;
  }
  return present(fault);
}

// The stack that may grow down to `page`; null if there is none.
Area* FaultHandler::stack_above(Process& process, Vpn page) {
  Area* above = process.areas.first_above(page);
  const bool grows = above != nullptr && above->kind == AreaKind::stack && page >= above->lowest;
  return grows ? above : nullptr;
}

// First touch of a range that takes a large page; nothing if it does not.
std::optional<FaultAnswer> FaultHandler::try_huge_page(Process& process, Area& area,
                                                       const FaultRequest& request) {
  if (!spaces_.huge().fits(process, area, request.address.page())) return std::nullopt;
  const Leaf place = make_entry(process, request.address, 1);
  if (!place.entry) return place.otherwise;
  if (state_.machine.read_pte(*place.entry).raw() != 0) return std::nullopt;
  Frame* head = spaces_.huge().map(process, area, request.address.page(), *place.entry);
  if (head == nullptr) return std::nullopt;
  mapper_.pins().pin(process, *head);
  report(process, request, FaultKind::minor);
  return FaultAnswer::resume;
}

// The entry of that level, or the large page's on the way; missing tables are made.
FaultHandler::Leaf FaultHandler::make_entry(Process& process, VirtualAddress address,
                                            unsigned last) {
  const PageTables& tables = spaces_.tables();
  Ppn table = process.root;
  for (unsigned level = tables.top(); level > last; --level) {
    const PhysicalAddress entry = tables.entry(table, address, level);
    const Pte pointer = state_.machine.read_pte(entry);
    if (pointer.flags().v() && pointer.is_leaf()) return {entry, FaultAnswer::resume};
    if (pointer.flags().v()) {
      table = pointer.ppn();
      continue;
    }
    const auto got = allocator_.allocate(process, FrameState::page_table);
    if (got.frame == nullptr) return {std::nullopt, got.otherwise};
    table = state_.frames.number_of(*got.frame);
    state_.machine.zero_frame(table);
    state_.machine.write_pte(entry, Pte(table, PteFlags(PteFlags::kV)));
    ++state_.counters.page_tables_allocated;
    ProcessUse& use = process.use;
    if (++use.page_tables > use.max_page_tables) use.max_page_tables = use.page_tables;
  }
  return {tables.entry(table, address, last), FaultAnswer::resume};
}

FaultAnswer FaultHandler::from_block(const Fault& fault, const Wanted& wanted) {
  const bool swap = wanted.kind == PageKind::anonymous || wanted.kind == PageKind::shared;
  Frame* frame = page_in_.find(wanted.block);
  if (frame != nullptr && frame->state != FrameState::reading) {
    Counters& c = state_.counters;
    return from_cache(fault, *frame, swap ? c.swap_cache_hits : c.page_cache_hits);
  }
  if (frame != nullptr) {
    page_in_.wait_for(fault.process, *frame, fault.awaited());
    ++state_.counters.joined_reads;
  } else {
    page_in_.read(fault.process, wanted, fault.awaited());
    if (fault.process.awaited.frame == nullptr) {
      return fault.process.is_alive() ? FaultAnswer::blocked : FaultAnswer::killed;
    }
    read_ahead(fault, wanted);
  }
  report(fault.process, fault.request, swap ? FaultKind::major_swap : FaultKind::major_file);
  return FaultAnswer::blocked;
}

// The pages that come next on the disk will be wanted next; nobody waits for them.
void FaultHandler::read_ahead(const Fault& fault, const Wanted& wanted) {
  if (wanted.kind == PageKind::text) return;
  const bool file = wanted.kind == PageKind::file;
  const std::uint64_t window =
      file ? state_.settings.file_readahead : state_.settings.swap_readahead;
  for (std::uint64_t i = 1; i <= window; ++i) {
    const DiskBlock block(wanted.block.value() + i);
    if (file) {
      const File& source = state_.files.at(fault.area.file);
      if (fault.area.offset_of(fault.page()) + i >= source.pages) return;
    } else if (!state_.blocks.is_slot(block) || state_.blocks.at(block).references == 0) {
      return;
    }
    if (!page_in_.read_ahead({block, wanted.kind})) return;
  }
}

// Pages that follow each other need not do so in memory.
void FaultHandler::note_place(const Fault& fault, const Frame& frame) {
  Touch& last = fault.process.last_touch;
  const Touch now{fault.page(), state_.frames.number_of(frame)};
  if (now.page.value() == last.page.value() + 1) {
    const bool adjacent = now.frame.value() == last.frame.value() + 1;
    ++(adjacent ? state_.counters.neighbors_adjacent : state_.counters.neighbors_scattered);
  }
  last = now;
}

FaultAnswer FaultHandler::handled(const Fault& fault, Frame& frame, FaultKind kind) {
  if (kind == FaultKind::minor) note_place(fault, frame);
  mapper_.pins().pin(fault.process, frame);
  report(fault.process, fault.request, kind);
  return FaultAnswer::resume;
}

FaultAnswer FaultHandler::killed(Process& process, KillReason reason) {
  ending_.kill(process, reason);
  return FaultAnswer::killed;
}

// Linux looks into its exception table: every access to a process's memory stands there.
FaultAnswer FaultHandler::forbidden(Process& process, const FaultRequest& request,
                                    KillReason reason) {
  if (!request.by_kernel()) return killed(process, reason);
  report(process, request, FaultKind::refused);
  return FaultAnswer::refused;
}

void FaultHandler::report(Process& process, const FaultRequest& request, FaultKind kind) {
  reported_ = true;
  ++state_.counters.faults[static_cast<unsigned>(kind)];
  ++process.use.faults[static_cast<unsigned>(kind)];
  state_.machine.fault_handled({process.id, request.address, kind});
}

}  // namespace tlmmu::kernel
