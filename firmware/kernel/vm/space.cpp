// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/vm/space.h"

#include "firmware/kernel/vm/layout.h"

namespace tlmmu::kernel {

void SpaceKeeper::zap(Process& process, const PageRange& range) {
  huge_.split_all(process, range);
  tables_.each(process.root, range, [&](Vpn page, PhysicalAddress entry, Pte pte, unsigned) {
    free_page({&process, page, entry}, pte, Teardown::page);
  });
}

void SpaceKeeper::clear(Process& process) {
  huge_.split_all(process, {Vpn(0), user_end(state_.mode)});
  free_tables(process, process.root, tables_.top(), Vpn(0));
  while (Area* area = process.areas.first_above(Vpn(0))) {
    if (area->kind == AreaKind::shared) detach(*area->segment);
    free_area(process, *area);
  }
  if (state_.asids.is_current(process)) mapper_.fence({std::nullopt, process.asid});
}

void SpaceKeeper::free_root(Process& process) {
  release_table(process, process.root);
}

void SpaceKeeper::free_area(Process& process, Area& area) {
  process.areas.remove(area);
  if (&area == &process.trace_area) return;
  state_.area_slab.give(&area);
  ++state_.counters.areas_removed;
}

// The tables of the user half below `table`, and the pages in them; the kernel's half, which is
// global, belongs to nobody.
void SpaceKeeper::free_tables(Process& process, Ppn table, unsigned level, Vpn base) {
  const unsigned shift = level * state_.mode.index_bits;
  const bool root = level == tables_.top();
  const std::uint64_t entries = root ? tables_.entries() / 2 : tables_.entries();
  for (std::uint64_t i = 0; i < entries; ++i) {
    const PhysicalAddress entry = tables_.entry(table, i);
    const Pte pte = state_.machine.read_pte(entry);
    if (pte.raw() == 0) continue;
    const Vpn page(base.value() + (i << shift));
    if (level == 0 || pte.is_leaf()) {
      free_page({&process, page, entry}, pte, Teardown::table);
      continue;
    }
    free_tables(process, pte.ppn(), level - 1, page);
    release_table(process, pte.ppn());
    if (root) state_.machine.write_pte(entry, Pte());
  }
}

// sfence.vma of one page orders leaf PTEs only: pointers need a fence of the whole address space
// (privileged architecture, "Supervisor Memory-Management Fence Instruction").
void SpaceKeeper::free_unused_tables(Process& process, const PageRange& range) {
  const bool gone = free_unused_below(process, process.root, tables_.top(), Vpn(0), range);
  if (gone && state_.asids.is_current(process)) mapper_.fence({std::nullopt, process.asid});
}

bool SpaceKeeper::free_unused_below(Process& process, Ppn table, unsigned level, Vpn base,
                                    const PageRange& range) {
  const unsigned shift = level * state_.mode.index_bits;
  bool gone = false;
  for (std::uint64_t i = PageTables::first_index(base, shift, range); i < tables_.entries(); ++i) {
    const PageRange reach{Vpn(base.value() + (i << shift)), Vpn(base.value() + ((i + 1) << shift))};
    if (reach.start >= range.end) break;
    const PhysicalAddress entry = tables_.entry(table, i);
    const Pte pointer = state_.machine.read_pte(entry);
    if (!pointer.flags().v() || pointer.is_leaf()) continue;
    if (process.areas.is_free(reach)) {
      state_.machine.write_pte(entry, Pte());
      release_empty(process, pointer.ppn(), level - 1);
      gone = true;
    } else if (level > 1) {
      gone = free_unused_below(process, pointer.ppn(), level - 1, reach.start, range) || gone;
    }
  }
  return gone;
}

// A table in whose reach there is no page, with those below it.
void SpaceKeeper::release_empty(Process& process, Ppn table, unsigned level) {
  for (std::uint64_t i = 0; level > 0 && i < tables_.entries(); ++i) {
    const Pte pointer = state_.machine.read_pte(tables_.entry(table, i));
    if (pointer.flags().v()) release_empty(process, pointer.ppn(), level - 1);
  }
  release_table(process, table);
}

void SpaceKeeper::release_table(Process& process, Ppn table) {
  state_.frames.release(state_.frames.at(table));
  --process.use.page_tables;
  ++state_.counters.page_tables_freed;
}

void SpaceKeeper::free_page(const Mapping& user, Pte pte, Teardown teardown) {
  switch (kind_of(pte)) {
    case PteKind::valid: {
      Frame& frame = state_.frames.at(pte.ppn());
      mapper_.remove(frame, user, pte, Pte(), teardown);
      if (user.process != nullptr) ++state_.counters.ptes_given_up;
      if (frame.users == 0) unused(frame);
      return;
    }
    case PteKind::swapped:
      if (user.process != nullptr) ++state_.counters.swap_discarded;
      mapper_.replace_absent(user, pte, Pte(), teardown);
      return slot_unreferenced(block_of(pte));
    case PteKind::file:
    case PteKind::untouched:
      mapper_.replace_absent(user, pte, Pte(), teardown);
  }
}

void SpaceKeeper::unused(Frame& frame) {
  const bool by_swap = frame.kind == PageKind::anonymous || frame.kind == PageKind::shared;
  const bool referred = by_swap && frame.has_block && state_.blocks.at(frame.block).references > 0;
  if (frame.moving()) {
    const bool stays = frame.kind == PageKind::file;
    state_.frames.set_state(frame, stays ? FrameState::cached : FrameState::writing);
    if (by_swap && !referred) drop_unneeded(frame);
  } else if (referred || frame.kind == PageKind::file) {
    mapper_.keep_cached(frame);
  } else {
    if (by_swap) mapper_.release_slot(frame);
    mapper_.release(frame);
  }
}

void SpaceKeeper::slot_unreferenced(DiskBlock slot) {
  const Block& block = state_.blocks.at(slot);
  if (block.references > 0) return;
  if (block.frame == nullptr) return state_.blocks.free_slot(slot);
  if (block.frame->users == 0) drop_unneeded(*block.frame);
}

void SpaceKeeper::drop_unneeded(Frame& frame) {
  if (frame.on_disk) return;
  if (frame.queued) {
    const bool read = frame.state == FrameState::reading;
    ++(read ? state_.counters.reads_cancelled : state_.counters.cancelled_writes);
    state_.disk.cancel(frame);
  }
  const bool by_swap = frame.kind == PageKind::anonymous || frame.kind == PageKind::shared;
  mapper_.pools().leave(frame);
  if (by_swap) mapper_.release_slot(frame);
  mapper_.release(frame);
}

void SpaceKeeper::detach(SharedSegment& segment) {
  if (--segment.attachments == 0 && segment.removed) destroy(segment);
}

void SpaceKeeper::destroy(SharedSegment& segment) {
  for (std::uint64_t i = 0; i < segment.pages; ++i) {
    const PhysicalAddress entry = segment.entry_of(i);
    const Pte pte = state_.machine.read_pte(entry);
    if (pte.raw() != 0) free_page({nullptr, Vpn(i), entry}, pte, Teardown::table);
  }
  state_.frames.release(state_.frames.at(segment.table), segment.table_order);
  state_.counters.page_tables_freed += std::uint64_t{1} << segment.table_order;
  segment.alive = false;
  ++state_.counters.segments_destroyed;
}

}  // namespace tlmmu::kernel
