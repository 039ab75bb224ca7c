// SPDX-License-Identifier: Apache-2.0
// mlock, msync and madvise: what the owner of an area wants besides its contents.
#include "firmware/kernel/vm/area_calls.h"

namespace tlmmu::kernel {

CallAnswer AreaCalls::set_wishes(Process& process, const PageRange& range, bool AreaWishes::*wish,
                                 bool value) {
  if (!is_covered(process, range)) return call_error(CallError::no_memory);
  const FaultAnswer cut = carve(process, range);
  if (cut != FaultAnswer::resume) return call_later(cut);
  change_areas(process, range, [&](Area& area) { area.wishes.*wish = value; });
  return call_result(0);
}

CallAnswer AreaCalls::mlock(Process& process, const AddressRange& range) {
  const auto pages = pages_of(range);
  if (!pages) return call_error(CallError::invalid_argument);
  if (!may_lock(process, *pages)) return call_error(CallError::no_memory);
  const CallAnswer answer = set_wishes(process, *pages, &AreaWishes::locked, true);
  if (!answer.ok()) return answer;
  spaces_.huge().split_all(process, *pages);
  spaces_.tables().each(
      process.root, *pages, [&](Vpn page, PhysicalAddress entry, Pte pte, unsigned) {
        if (kind_of(pte) != PteKind::valid) return;
        if (has_mark(pte, PteMark::locked)) return;
        mapper_.update({&process, page, entry}, pte, with_mark(pte, PteMark::locked));
      });
  const FaultAnswer brought = bring_in(process, *pages);
  return brought == FaultAnswer::resume ? answer : call_later(brought);
}

// Half of the memory at most may be locked (Linux 2.2, sys_mlock), here by all processes together;
// and each needs a page beside those that it locks.
bool AreaCalls::may_lock(Process& process, const PageRange& range) {
  const std::uint64_t wanted = range.end.value() - range.start.value();
  std::uint64_t locked = wanted;
  std::uint64_t own = wanted;
  state_.processes.each_alive([&](Process& each) {
    each.areas.each([&](const Area& area) {
      if (!area.wishes.locked) return;
      locked += area.pages();
      if (&each != &process) return;
      own += area.pages();
      const Vpn from = area.start > range.start ? area.start : range.start;
      const Vpn to = area.end < range.end ? area.end : range.end;
      if (from >= to) return;
      locked -= to.value() - from.value();  // locked again
      own -= to.value() - from.value();
    });
  });
  const std::uint64_t limit = state_.settings.resident_limit;
  return locked <= state_.frames.total() / 2 && (limit == 0 || own < limit);
}

// As Linux does (mm_populate): pages that can be written to and are private are brought in as by a
// store, so that no later store has to copy them.
FaultAnswer AreaCalls::bring_in(Process& process, const PageRange& range) {
  for (Vpn page = range.start; page < range.end; page = Vpn(page.value() + 1)) {
    const Area* area = process.areas.find(page);
    if (area == nullptr || area->permissions.flags == 0) continue;
    const FaultAnswer answer = bring_in(process, page, *area);
    if (answer != FaultAnswer::resume) return answer;
  }
  return FaultAnswer::resume;
}

FaultAnswer AreaCalls::bring_in(Process& process, Vpn page, const Area& area) {
  const bool copies = area.writable() && area.is_private();
  const bool reads = (area.permissions.flags & PteFlags::kR) != 0;
  const AccessType type = copies ? AccessType::store : reads ? AccessType::load : AccessType::fetch;
  const VirtualAddress address = address_of(page);
  // A store to a private page of a file is two faults: the read, and the copy.
  for (;;) {
    const auto leaf = spaces_.tables().find(process.root, address);
    const Pte pte = leaf ? state_.machine.read_pte(leaf->entry) : Pte();
    if (pte.flags().v() && (!copies || pte.flags().w())) return FaultAnswer::resume;
    const FaultAnswer answer = faults_.prefault(process, {process.id, address, type});
    if (answer != FaultAnswer::resume) return answer;
  }
}

CallAnswer AreaCalls::munlock(Process& process, const AddressRange& range) {
  const auto pages = pages_of(range);
  if (!pages) return call_error(CallError::invalid_argument);
  const CallAnswer answer = set_wishes(process, *pages, &AreaWishes::locked, false);
  if (!answer.ok()) return answer;
  spaces_.tables().each(
      process.root, *pages, [&](Vpn page, PhysicalAddress entry, Pte pte, unsigned) {
        if (!has_mark(pte, PteMark::locked)) return;
        mapper_.update({&process, page, entry}, pte, without_mark(pte, PteMark::locked));
      });
  return answer;
}

CallAnswer AreaCalls::msync(Process& process, const AddressRange& range) {
  const auto pages = pages_of(range);
  if (!pages) return call_error(CallError::invalid_argument);
  if (!is_covered(process, *pages)) return call_error(CallError::no_memory);
  return file_sync_.msync(process, *pages);
}

CallAnswer AreaCalls::madvise(Process& process, const AddressRange& range, Advice advice) {
  const auto pages = pages_of(range);
  if (!pages) return call_error(CallError::invalid_argument);
  if (advice == Advice::huge_page) {
    return set_wishes(process, *pages, &AreaWishes::huge_pages, true);
  }
  if (!is_covered(process, *pages)) return call_error(CallError::no_memory);
  bool locked = false;
  for (Area* area = process.areas.first_above(pages->start);
       area != nullptr && area->start < pages->end; area = process.areas.next(*area)) {
    locked = locked || area->wishes.locked;
  }
  if (locked) return call_error(CallError::invalid_argument);
  spaces_.zap(process, *pages);
  return call_result(0);
}

}  // namespace tlmmu::kernel
