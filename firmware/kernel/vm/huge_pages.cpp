// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/vm/huge_pages.h"

#include "firmware/kernel/page_in.h"

namespace tlmmu::kernel {

bool HugePages::fits(const Process& process, const Area& area, Vpn page) const {
  const Settings& settings = state_.settings;
  const bool wanted = settings.huge_pages == HugePageUse::always ||
                      (settings.huge_pages == HugePageUse::madvise && area.wishes.huge_pages);
  if (!wanted || !area.is_anonymous() || area.wishes.locked) return false;
  const std::uint64_t limit = settings.resident_limit;
  if (limit > 0 && process.use.resident + pages() > limit) return false;
  const PageRange range = range_of(page);
  return area.start <= range.start && range.end <= area.end;
}

Frame* HugePages::map(Process& process, const Area& area, Vpn page, PhysicalAddress entry) {
  if (state_.frames.free() < state_.settings.watermarks.high + pages() + 1) return nullptr;
  const unsigned order = state_.mode.index_bits;
  Frame* table = state_.frames.allocate(FrameState::page_table);
  Frame* head = state_.frames.allocate(FrameState::mapped, order);
  if (head == nullptr) {
    state_.frames.release(*table);
    return nullptr;
  }
  const Ppn first = state_.frames.number_of(*head);
  for (std::uint64_t i = 0; i < pages(); ++i) {
    state_.machine.zero_frame(Ppn(first.value() + i));
  }
  state_.machine.write_pte(entry, changed(PageIn::valid_pte(first, area), PteFlags::kD, 0));
  mapper_.adopt(*head, {&process, range_of(page).start, entry});
  head->order = static_cast<std::uint8_t>(order);
  head->block = DiskBlock(state_.frames.number_of(*table).value());  // laid aside for the split
  mapper_.pools().enter(*head);
  ProcessUse& use = process.use;
  use.resident += pages();
  if (use.resident > use.max_resident) use.max_resident = use.resident;
  if (++use.page_tables > use.max_page_tables) use.max_page_tables = use.page_tables;
  ++use.huge_pages;
  ++state_.counters.page_tables_allocated;
  ++state_.counters.huge_mapped;
  constexpr auto kFrom = static_cast<unsigned>(PageState::untouched);
  constexpr auto kTo = static_cast<unsigned>(PageState::resident);
  state_.counters.page_states[kFrom][kTo] += pages();
  return head;
}

void HugePages::split(Frame& head) {
  const Mapping whole = head.first;
  const Pte pte = state_.machine.read_pte(whole.entry);
  const Ppn table(head.block.value());
  mapper_.pools().leave(head);
  head.order = Frame::kNoOrder;
  for (std::uint64_t i = 0; i < pages(); ++i) {
    Frame& frame = (&head)[i];
    const PhysicalAddress entry = tables_.entry(table, i);
    state_.machine.write_pte(entry, Pte(Ppn(pte.ppn().value() + i), pte.flags()));
    mapper_.adopt(frame, {whole.process, Vpn(whole.page.value() + i), entry});
    mapper_.pools().enter(frame);
  }
  state_.machine.write_pte(whole.entry, Pte(table, PteFlags(PteFlags::kV)));
  if (state_.asids.is_current(*whole.process)) {
    mapper_.fence({whole.page, whole.process->asid});
  }
  --whole.process->use.huge_pages;
  ++state_.counters.huge_split;
}

void HugePages::split_all(Process& process, const PageRange& range) {
  if (process.use.huge_pages == 0) return;
  tables_.each(process.root, range, [this](Vpn, PhysicalAddress, Pte pte, unsigned level) {
    if (level > 0) split(state_.frames.at(pte.ppn()));
  });
}

}  // namespace tlmmu::kernel
