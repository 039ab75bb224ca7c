// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/vm/area_tree.h"

namespace tlmmu::kernel {

bool Area::continues_in(const Area& next) const {
  const bool alike = end == next.start && kind == next.kind && sharing == next.sharing &&
                     permissions.flags == next.permissions.flags && wishes == next.wishes;
  if (!alike) return false;
  switch (kind) {
    case AreaKind::file:
      return file == next.file && offset_of(next.start) == next.offset;
    case AreaKind::shared:
      return false;  // an attachment is detached as one
    case AreaKind::anonymous:
    case AreaKind::heap:
    case AreaKind::stack:
    case AreaKind::trace:
      break;
  }
  return true;
}

Area* AreaTree::first_above(Vpn page) {
  auto found = tree_.upper_bound(page.value());
  if (found != tree_.begin()) {
    auto below = found;
    --below;
    if (below->end > page) return &*below;
  }
  return found == tree_.end() ? nullptr : &*found;
}

Area* AreaTree::find(Vpn page) {
  Area* area = first_above(page);
  return area != nullptr && area->contains(page) ? area : nullptr;
}

Area* AreaTree::next(Area& area) {
  auto after = tree_.iterator_to(area);
  ++after;
  return after == tree_.end() ? nullptr : &*after;
}

void AreaTree::insert(Area& area) {
  tree_.insert(area);
  pages_ += area.pages();
}

void AreaTree::remove(Area& area) {
  pages_ -= area.pages();
  tree_.erase(tree_.iterator_to(area));
}

void AreaTree::split(Area& area, Vpn at, Area& upper) {
  upper.copy_from(area);
  upper.start = at;
  upper.offset = area.offset_of(at);
  area.end = at;
  tree_.insert(upper);
}

std::uint64_t AreaTree::merge(Area& area, AreaSlab& slab) {
  std::uint64_t vanished = 0;
  Area* above = next(area);
  if (above != nullptr && absorb(area, *above)) {
    slab.give(above);
    ++vanished;
  }
  auto here = tree_.iterator_to(area);
  if (here == tree_.begin()) return vanished;
  Area& below = *--here;
  if (!absorb(below, area)) return vanished;
  slab.give(&area);
  return vanished + 1;
}

bool AreaTree::absorb(Area& area, Area& next) {
  if (!area.continues_in(next)) return false;
  tree_.erase(tree_.iterator_to(next));
  area.end = next.end;
  return true;
}

void AreaTree::resize(Area& area, const PageRange& range) {
  // The order does not change: no other area lies between the old ends and the new ones.
  pages_ -= area.pages();
  area.start = range.start;
  area.end = range.end;
  pages_ += area.pages();
}

std::optional<Vpn> AreaTree::find_gap(std::uint64_t pages, const PageRange& range) {
  std::uint64_t from = range.start.value();
  for (Area* area = first_above(range.start); area != nullptr; area = next(*area)) {
    if (area->start.value() >= from + pages) break;
    from = area->end.value() > from ? area->end.value() : from;
  }
  return from + pages <= range.end.value() ? std::optional<Vpn>(Vpn(from)) : std::nullopt;
}

bool AreaTree::is_free(const PageRange& range) {
  const Area* area = first_above(range.start);
  return area == nullptr || area->start >= range.end;
}

}  // namespace tlmmu::kernel
