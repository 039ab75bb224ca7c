// SPDX-License-Identifier: Apache-2.0
// fork: everything is shared, and what is private and writable is marked copy-on-write.
#include "firmware/kernel/process/tasks.h"
#include "firmware/kernel/vm/layout.h"

namespace tlmmu::kernel {

CallAnswer Tasks::fork(Process& parent) {
  // What a recorded process does next stands in its trace, and a trace has one reader.
  if (&parent.trace_area == parent.areas.find(Vpn(0))) {
    return call_error(CallError::invalid_argument);
  }
  if (state_.processes.full()) return call_error(CallError::no_memory);
  spaces_.huge().split_all(parent, {Vpn(0), user_end(state_.mode)});
  // All memory first: what follows cannot fail, and nobody else's pages move meanwhile.
  FaultAnswer room = allocator_.ensure_areas(parent, parent.areas.size());
  if (room == FaultAnswer::resume) {
    room = allocator_.ensure_mappings(parent, parent.use.resident);
  }
  if (room != FaultAnswer::resume) return {room, CallError::none, 0};
  FrameQueue tables;
  room = gather_tables(parent, tables);
  if (room != FaultAnswer::resume) return {room, CallError::none, 0};
  give_back_one(tables);  // add_process takes the root itself
  Process& child = *add_process();
  child.parent = parent.id;
  ++parent.children;
  share_areas(parent, child);
  spaces_.tables().each(parent.root, {Vpn(0), user_end(state_.mode)},
                        [&](Vpn page, PhysicalAddress entry, Pte pte, unsigned) {
                          share_page({&parent, page, entry}, child, tables, pte);
                        });
  give_back(tables);
  state_.scheduler.add(child);
  ++state_.counters.forks;
  return call_result(child.id.value());
}

// As many frames as the parent has tables.
FaultAnswer Tasks::gather_tables(Process& parent, FrameQueue& tables) {
  while (tables.size() < parent.use.page_tables) {
    const auto got = allocator_.allocate(parent, FrameState::page_table);
    if (got.frame == nullptr) {
      give_back(tables);
      return got.otherwise;
    }
    tables.push_back(*got.frame);
  }
  // To find room for the tables, pages may have gone, but not the objects that were promised.
  return FaultAnswer::resume;
}

void Tasks::give_back_one(FrameQueue& tables) {
  Frame& frame = tables.front();
  tables.pop_front();
  state_.frames.release(frame);
}

void Tasks::give_back(FrameQueue& tables) {
  while (!tables.empty()) give_back_one(tables);
}

void Tasks::share_areas(Process& parent, Process& child) {
  child.image_start = parent.image_start;
  child.stack_end = parent.stack_end;
  child.heap_start = parent.heap_start;
  child.heap_break = parent.heap_break;
  parent.areas.each([&](const Area& area) {
    Area copy;
    copy.copy_from(area);
    copy.wishes.locked = false;  // locks are not inherited (POSIX, mlock)
    if (copy.segment != nullptr) ++copy.segment->attachments;
    areas_.add_area(child, copy);
  });
}

void Tasks::share_page(const Mapping& of_parent, Process& child, FrameQueue& tables, Pte pte) {
  const Mapping of_child{&child, of_parent.page, leaf_of(child, of_parent.page, tables)};
  if (kind_of(pte) != PteKind::valid) {
    mapper_.replace_absent(of_child, Pte(), pte, Teardown::page);
    return;
  }
  const Area& area = *of_parent.process->areas.find(of_parent.page);
  Pte both = pte;
  if (area.is_private() && pte.flags().w()) {
    both = with_mark(changed(pte, 0, PteFlags::kW), PteMark::copy_on_write);
    mapper_.update(of_parent, pte, both);
  }
  Frame& frame = state_.frames.at(pte.ppn());
  mapper_.add(frame, of_child, Pte(),
              without_mark(changed(both, 0, PteFlags::kD), PteMark::locked));
}

PhysicalAddress Tasks::leaf_of(Process& child, Vpn page, FrameQueue& tables) {
  const PageTables& walker = spaces_.tables();
  Ppn table = child.root;
  for (unsigned level = walker.top(); level > 0; --level) {
    const PhysicalAddress entry = walker.entry(table, address_of(page), level);
    const Pte pointer = state_.machine.read_pte(entry);
    if (pointer.flags().v()) {
      table = pointer.ppn();
      continue;
    }
    table = state_.frames.number_of(tables.front());
    tables.pop_front();
    state_.machine.zero_frame(table);
    state_.machine.write_pte(entry, Pte(table, PteFlags(PteFlags::kV)));
    ++state_.counters.page_tables_allocated;
    if (++child.use.page_tables > child.use.max_page_tables) {
      child.use.max_page_tables = child.use.page_tables;
    }
  }
  return walker.entry(table, address_of(page), 0);
}

}  // namespace tlmmu::kernel
