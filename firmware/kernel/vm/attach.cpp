// SPDX-License-Identifier: Apache-2.0
// Segments of shared memory in an address space.
#include "firmware/kernel/vm/area_calls.h"

namespace tlmmu::kernel {

CallAnswer AreaCalls::shmat(Process& process, SegmentId id, std::optional<VirtualAddress> address,
                            Permissions permissions) {
  if (!are_legal(permissions)) return call_error(CallError::invalid_argument);
  if (!segments_.is_named(id)) return call_error(CallError::invalid_argument);
  SharedSegment& segment = state_.segments.at(id);
  if (address && !pages_of({*address, kPageBytes * segment.pages})) {
    return call_error(CallError::invalid_argument);
  }
  const FaultAnswer room = allocator_.ensure_areas(process, 1);
  if (room != FaultAnswer::resume) return call_later(room);
  const auto place = place_for(process, segment.pages, address);
  if (!place || !process.areas.is_free(*place)) return call_error(CallError::no_memory);
  Area area;
  area.start = place->start;
  area.end = place->end;
  area.kind = AreaKind::shared;
  area.sharing = Sharing::shared;
  area.segment = &segment;
  area.permissions = permissions;
  ++segment.attachments;
  add_area(process, area);
  return call_result(address_of(place->start).value());
}

CallAnswer AreaCalls::shmdt(Process& process, VirtualAddress address) {
  Area* first = process.areas.find(address.page());
  const bool of_segment = first != nullptr && first->segment != nullptr && !first->segment->unnamed;
  const bool begins = of_segment && first->offset == 0 && address_of(first->start) == address;
  if (!begins) return call_error(CallError::invalid_argument);
  // What was unmapped meanwhile, or mapped in its place, stays as it is.
  const SharedSegment* segment = first->segment;
  Vpn area_end;
  const Vpn end(address.page().value() + segment->pages);
  for (Area* area = first; area != nullptr && area->start < end;
       area = process.areas.first_above(area_end)) {
    area_end = area->end;
    const bool of_it =
        area->segment == segment && area->start.value() - area->offset == address.page().value();
    if (of_it) remove_areas(process, {area->start, area->end});
  }
  return call_result(0);
}

}  // namespace tlmmu::kernel
