// SPDX-License-Identifier: Apache-2.0
// mmap and its family: areas are cut at the borders of what is asked for, changed, and joined.
#include "firmware/kernel/vm/area_calls.h"

#include "firmware/kernel/vm/layout.h"

namespace tlmmu::kernel {

std::optional<PageRange> AreaCalls::pages_of(const AddressRange& range) const {
  const std::uint64_t start = range.start.value();
  const std::uint64_t length = range.length.value();
  const std::uint64_t half = state_.mode.user_half().value();
  const std::uint64_t below_page = kPageBytes.value() - 1;
  const bool whole = ((start | length) & below_page) == 0 && length > 0;
  if (!whole || start >= half || length > half - start) return std::nullopt;
  return PageRange{Vpn(start >> kPageShift), Vpn((start + length) >> kPageShift)};
}

FaultAnswer AreaCalls::open(Process& process, FileId file) {
  const DiskBlock inode = state_.files.at(file).inode;
  Frame* frame = page_in_.find(inode);
  if (frame == nullptr) {
    const FaultAnswer answer = page_in_.read(process, {inode, PageKind::buffer}, Awaited());
    if (process.awaited.frame != nullptr) ++state_.counters.buffer_misses;
    return answer;
  }
  if (frame->state == FrameState::reading) {
    page_in_.wait_for(process, *frame, Awaited());
    return FaultAnswer::blocked;
  }
  frame->referenced = true;
  ++state_.counters.buffer_hits;
  return FaultAnswer::resume;
}

bool AreaCalls::is_legal(const MapRequest& request) const {
  const std::uint64_t pages = request.length / kPageBytes;
  if (pages == 0 || request.length % kPageBytes != Bytes(0)) return false;
  if (!are_legal(request.permissions)) return false;
  if (request.fixed && !pages_of({*request.fixed, request.length})) return false;
  if (!request.contents) return true;
  if (!state_.files.contains(request.contents->file)) return false;
  const std::uint64_t size = state_.files.at(request.contents->file).pages;
  return request.contents->page < size && pages <= size - request.contents->page;
}

std::optional<PageRange> AreaCalls::place_for(Process& process, std::uint64_t pages,
                                              std::optional<VirtualAddress> fixed) {
  if (fixed) return PageRange{fixed->page(), Vpn(fixed->page().value() + pages)};
  const auto start = process.areas.find_gap(pages, mmap_region(state_.mode, state_.settings));
  if (!start) return std::nullopt;
  return PageRange{*start, Vpn(start->value() + pages)};
}

CallAnswer AreaCalls::mmap(Process& process, const MapRequest& request) {
  if (!is_legal(request)) return call_error(CallError::invalid_argument);
  const FaultAnswer room = allocator_.ensure_areas(process, 3);
  if (room != FaultAnswer::resume) return call_later(room);
  if (request.contents) {
    const FaultAnswer opened = open(process, request.contents->file);
    if (opened != FaultAnswer::resume) return call_later(opened);
  }
  const auto place = place_for(process, request.length / kPageBytes, request.fixed);
  if (!place) return call_error(CallError::no_memory);
  Area area;
  area.start = place->start;
  area.end = place->end;
  area.sharing = request.sharing;
  area.permissions = request.permissions;
  if (request.contents) {
    area.kind = AreaKind::file;
    area.file = request.contents->file;
    area.offset = request.contents->page;
  } else if (!area.is_private()) {
    // Shared with the children to come: a segment without a name (Linux, shmem_zero_setup).
    const CallAnswer made = segments_.make_unnamed(process, area.pages());
    if (!made.ok()) return made;
    area.kind = AreaKind::shared;
    area.segment = &state_.segments.at(SegmentId(static_cast<std::uint32_t>(made.value)));
    area.segment->attachments = 1;
  }
  if (request.fixed) remove_areas(process, *place);
  add_area(process, area);
  return call_result(address_of(place->start).value());
}

void AreaCalls::add_area(Process& process, const Area& like) {
  Area& area = *state_.area_slab.take();
  area.copy_from(like);
  process.areas.insert(area);
  ++state_.counters.areas_made;
  state_.counters.area_merges += process.areas.merge(area, state_.area_slab);
}

void AreaCalls::cut(Process& process, Vpn at) {
  Area* area = process.areas.find(at);
  if (area == nullptr || area->start == at) return;
  Area& upper = *state_.area_slab.take();
  process.areas.split(*area, at, upper);
  ++state_.counters.area_splits;
  if (upper.segment != nullptr) ++upper.segment->attachments;
}

// Afterwards each area lies wholly inside or wholly outside of the range.
FaultAnswer AreaCalls::carve(Process& process, const PageRange& range) {
  const FaultAnswer room = allocator_.ensure_areas(process, 2);
  if (room != FaultAnswer::resume) return room;
  cut(process, range.start);
  cut(process, range.end);
  return FaultAnswer::resume;
}

void AreaCalls::remove_areas(Process& process, const PageRange& range) {
  cut(process, range.start);
  cut(process, range.end);
  spaces_.zap(process, range);
  for (;;) {
    Area* area = process.areas.first_above(range.start);
    if (area == nullptr || area->start >= range.end) break;
    if (area->segment != nullptr) spaces_.detach(*area->segment);
    spaces_.free_area(process, *area);
  }
  spaces_.free_unused_tables(process, range);
}

CallAnswer AreaCalls::munmap(Process& process, const AddressRange& range) {
  const auto pages = pages_of(range);
  if (!pages) return call_error(CallError::invalid_argument);
  const FaultAnswer room = allocator_.ensure_areas(process, 2);
  if (room != FaultAnswer::resume) return call_later(room);
  remove_areas(process, *pages);
  return call_result(0);
}

bool AreaCalls::is_covered(Process& process, const PageRange& range) {
  Vpn reached = range.start;
  for (Area* area = process.areas.find(reached); area != nullptr;
       area = process.areas.find(reached)) {
    reached = area->end;
    if (reached >= range.end) return true;
  }
  return false;
}

CallAnswer AreaCalls::mprotect(Process& process, const AddressRange& range,
                               Permissions permissions) {
  const auto pages = pages_of(range);
  if (!pages || !are_legal(permissions)) return call_error(CallError::invalid_argument);
  if (!is_covered(process, *pages)) return call_error(CallError::no_memory);
  const FaultAnswer cut = carve(process, *pages);
  if (cut != FaultAnswer::resume) return call_later(cut);
  spaces_.huge().split_all(process, *pages);
  change_areas(process, *pages, [&](Area& area) { area.permissions = permissions; });
  spaces_.tables().each(process.root, *pages,
                        [&](Vpn page, PhysicalAddress entry, Pte pte, unsigned) {
                          if (kind_of(pte) != PteKind::valid) return;
                          protect_page({&process, page, entry}, pte, *process.areas.find(page));
                        });
  return call_result(0);
}

// A private page that was not writable may be shared: the first store will find out.
void AreaCalls::protect_page(const Mapping& user, Pte pte, const Area& area) {
  const bool had_w = pte.flags().w();
  const unsigned wanted = hardware_flags(area.permissions);
  const bool keeps_w = area.writable() && (had_w || !area.is_private());
  const unsigned set = keeps_w ? wanted : wanted & ~unsigned{PteFlags::kW};
  Pte after = changed(without_mark(pte, PteMark::copy_on_write), set, kPermissionFlags & ~set);
  if (area.writable() && !keeps_w) after = with_mark(after, PteMark::copy_on_write);
  if (after != pte) mapper_.update(user, pte, after);
}

CallAnswer AreaCalls::brk(Process& process, VirtualAddress address) {
  const VirtualAddress end = process.heap_break;
  if (address < process.heap_start) return call_error(CallError::invalid_argument);
  const std::uint64_t below_page = kPageBytes.value() - 1;
  const Vpn from((end.value() + below_page) >> kPageShift);
  const Vpn to((address.value() + below_page) >> kPageShift);
  CallAnswer answer = call_result(0);
  if (to > from) answer = grow_heap(process, from, to);
  if (to < from) {
    answer = munmap(process, {address_of(to), kPageBytes * (from.value() - to.value())});
  }
  if (!answer.ok()) return answer;
  process.heap_break = address;
  return call_result(address.value());
}

CallAnswer AreaCalls::grow_heap(Process& process, Vpn from, Vpn to) {
  const PageRange more{from, to};
  const bool fits = to <= mmap_region(state_.mode, state_.settings).start;
  if (!fits || !process.areas.is_free(more)) return call_error(CallError::no_memory);
  const FaultAnswer room = allocator_.ensure_areas(process, 1);
  if (room != FaultAnswer::resume) return call_later(room);
  Area area;
  area.start = from;
  area.end = to;
  area.kind = AreaKind::heap;
  add_area(process, area);
  return call_result(0);
}

}  // namespace tlmmu::kernel
