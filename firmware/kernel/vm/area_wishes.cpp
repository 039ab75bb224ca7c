// SPDX-License-Identifier: Apache-2.0
// mlock and madvise: what the owner of an area wants besides its contents.
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
  const CallAnswer answer = set_wishes(process, *pages, &AreaWishes::locked, true);
  if (!answer.ok()) return answer;
  spaces_.huge().split_all(process, *pages);
  spaces_.tables().each(
      process.root, *pages, [&](Vpn page, PhysicalAddress entry, Pte pte, unsigned) {
        if (kind_of(pte) != PteKind::valid) return;
        if (has_mark(pte, PteMark::locked)) return;
        mapper_.update({&process, page, entry}, pte, with_mark(pte, PteMark::locked));
      });
  return answer;
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
