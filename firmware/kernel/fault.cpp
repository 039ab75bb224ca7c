// SPDX-License-Identifier: Apache-2.0
// Page faults: what the leaf PTE says decides.
#include "firmware/kernel/kernel.h"
#include "models/arch/permissions.h"

namespace tlmmu::kernel {

namespace {

// What a process may do with a page after an access of this kind was let through.
PteFlags with_execute_if_fetch(PteFlags flags, AccessType type) {
  const unsigned x = type == AccessType::fetch ? PteFlags::kX : 0U;
  return PteFlags(static_cast<std::uint8_t>(flags.raw() | x));
}

}  // namespace

PhysicalAddress Kernel::entry_address(Ppn table, VirtualAddress address, unsigned level) const {
  return address_of(table) + Bytes(state_.mode.index(address, level) * state_.mode.pte_bytes);
}

Kernel::Leaf Kernel::leaf_entry(Process& process, VirtualAddress address) {
  Ppn table = process.root;
  for (unsigned level = state_.mode.levels - 1; level > 0; --level) {
    const PhysicalAddress entry = entry_address(table, address, level);
    const Pte pointer = state_.machine.read_pte(entry);
    if (pointer.flags().v()) {
      table = pointer.ppn();
      continue;
    }
    const Allocation got = allocate(process, FrameState::page_table);
    if (got.frame == nullptr) return {std::nullopt, got.otherwise};
    got.frame->owner = process.id;
    table = state_.frames.number_of(*got.frame);
    state_.machine.zero_frame(table);
    state_.machine.write_pte(entry, Pte(table, PteFlags(PteFlags::kV)));
    ++state_.counters.page_tables_allocated;
    if (++process.page_tables > process.max_page_tables) {
      process.max_page_tables = process.page_tables;
    }
  }
  return {entry_address(table, address, 0), FaultAnswer::resume};
}

FaultAnswer Kernel::page_fault(const FaultRequest& request) {
  Process& process = state_.processes.at(request.process);
  ++state_.counters.fault_traps;
  state_.machine.charge(Operation::fault);
  mapper_.unpin(process);
  const FaultAnswer answer = resolve(process, request);
  if (answer == FaultAnswer::killed) report(process, request, FaultKind::fatal);
  reclaimer_.kswapd_slice();
  return answer;
}

void Kernel::access_fault(const FaultRequest& request) {
  Process& process = state_.processes.at(request.process);
  ++state_.counters.fault_traps;
  state_.machine.charge(Operation::fault);
  report(process, request, FaultKind::fatal);
  kill(process, KillReason::access_fault);
}

FaultAnswer Kernel::resolve(Process& process, const FaultRequest& request) {
  if (request.address.value() >= state_.mode.user_half().value()) {
    return killed(process, KillReason::bad_address);
  }
  const Leaf leaf = leaf_entry(process, request.address);
  if (!leaf.entry) return leaf.otherwise;
  const Pte pte = state_.machine.read_pte(*leaf.entry);
  const Fault fault{{process, request.address.page(), *leaf.entry}, request, pte};
  switch (kind_of(pte)) {
    case PteKind::untouched:
      return first_touch(fault);
    case PteKind::swapped:
      return swapped(fault);
    case PteKind::file:
      return read_page(fault, PageKind::text);
    case PteKind::valid:
      break;
  }
  return present(fault);
}

FaultAnswer Kernel::first_touch(const Fault& fault) {
  if (fault.request.type == AccessType::fetch) return first_fetch(fault);
  const Allocation got = allocate(fault.place.process, FrameState::mapped);
  if (got.frame == nullptr) return got.otherwise;
  state_.machine.zero_frame(state_.frames.number_of(*got.frame));
  Mapper::assign(*got.frame, fault.place, PageKind::anonymous);
  mapper_.map(*got.frame, PteFlags(kAnonymousFlags), fault.request.type);
  return handled(fault, *got.frame, FaultKind::minor);
}

FaultAnswer Kernel::first_fetch(const Fault& fault) {
  const bool from_disk = state_.settings.text_source == TextSource::disk;
  // The frame first: a process that has to wait for it must find the page untouched afterwards.
  const Allocation got =
      allocate(fault.place.process, from_disk ? FrameState::reading : FrameState::mapped);
  if (got.frame == nullptr) return got.otherwise;
  const auto block = state_.swap.allocate_file_block();
  if (!block) {
    state_.frames.release(*got.frame);
    return killed(fault.place.process, KillReason::no_file_space);
  }
  Mapper::assign(*got.frame, fault.place, PageKind::text);
  Mapper::set_block(*got.frame, *block);
  if (from_disk) {
    state_.machine.write_pte(fault.place.entry,
                             absent_pte(PteKind::file, *block, PteFlags(kTextFlags)));
    return start_read(fault, *got.frame);
  }
  state_.machine.zero_frame(state_.frames.number_of(*got.frame));
  mapper_.map(*got.frame, PteFlags(kTextFlags), AccessType::fetch);
  return handled(fault, *got.frame, FaultKind::minor);
}

FaultAnswer Kernel::swapped(const Fault& fault) {
  Frame* cached = state_.swap.at(block_of(fault.pte)).cached;
  return cached != nullptr ? take_back(fault, *cached) : read_page(fault, PageKind::anonymous);
}

FaultAnswer Kernel::take_back(const Fault& fault, Frame& frame) {
  ++state_.counters.swap_cache_hits;
  if (frame.queued) {
    // The disk has not seen it: nothing is written, and the slot's contents are not this page's.
    state_.disk.cancel(frame);
    ++state_.counters.cancelled_writes;
    mapper_.release_slot(frame);
  }
  mapper_.map(frame, with_execute_if_fetch(fault.pte.flags(), fault.request.type),
              fault.request.type);
  return handled(fault, frame, FaultKind::minor);
}

FaultAnswer Kernel::read_page(const Fault& fault, PageKind kind) {
  const Allocation got = allocate(fault.place.process, FrameState::reading);
  if (got.frame == nullptr) return got.otherwise;
  Mapper::assign(*got.frame, fault.place, kind);
  Mapper::set_block(*got.frame, block_of(fault.pte));
  return start_read(fault, *got.frame);
}

FaultAnswer Kernel::start_read(const Fault& fault, Frame& frame) {
  Process& process = fault.place.process;
  const bool text = frame.kind == PageKind::text;
  if (!text) state_.swap.at(frame.block).cached = &frame;
  process.awaited = &frame;
  process.awaited_access = fault.request.type;
  state_.scheduler.block(process);
  report(process, fault.request, text ? FaultKind::major_file : FaultKind::major_swap);
  state_.disk.submit(frame);
  return FaultAnswer::blocked;
}

FaultAnswer Kernel::present(const Fault& fault) {
  const PteFlags flags = fault.pte.flags();
  const AccessType type = fault.request.type;
  Frame& frame = state_.frames.at(fault.pte.ppn());
  if (permits(flags, type, AccessContext{})) {
    const unsigned d = type == AccessType::store ? PteFlags::kD : 0U;
    mapper_.update(frame, fault.pte.with_flags(static_cast<std::uint8_t>(PteFlags::kA | d)));
    return handled(fault, frame, FaultKind::spurious);
  }
  if (type == AccessType::store && frame.kind == PageKind::text) return copy_on_write(fault, frame);
  if (type == AccessType::fetch) {
    mapper_.update(frame, fault.pte.with_flags(PteFlags::kX | PteFlags::kA));
    return handled(fault, frame, FaultKind::minor);
  }
  return killed(fault.place.process, KillReason::bad_address);
}

FaultAnswer Kernel::copy_on_write(const Fault& fault, Frame& text) {
  Process& process = fault.place.process;
  mapper_.pin(process, text);  // the search for a frame must not drop what is to be copied
  const Allocation got = allocate(process, FrameState::mapped);
  if (got.frame == nullptr) return got.otherwise;
  mapper_.unpin(process);
  state_.machine.copy_frame({state_.frames.number_of(text), state_.frames.number_of(*got.frame)});
  mapper_.unmap(text, Pte());
  state_.frames.release(text);
  Mapper::assign(*got.frame, fault.place, PageKind::anonymous);
  mapper_.map(*got.frame, PteFlags(kTextFlags | PteFlags::kW), AccessType::store);
  return handled(fault, *got.frame, FaultKind::copy_on_write);
}

FaultAnswer Kernel::handled(const Fault& fault, Frame& frame, FaultKind kind) {
  mapper_.pin(fault.place.process, frame);
  report(fault.place.process, fault.request, kind);
  return FaultAnswer::resume;
}

FaultAnswer Kernel::killed(Process& process, KillReason reason) {
  kill(process, reason);
  return FaultAnswer::killed;
}

void Kernel::report(Process& process, const FaultRequest& request, FaultKind kind) {
  ++state_.counters.faults[static_cast<unsigned>(kind)];
  ++process.faults[static_cast<unsigned>(kind)];
  state_.machine.fault_handled({process.id, request.address, kind});
}

}  // namespace tlmmu::kernel
