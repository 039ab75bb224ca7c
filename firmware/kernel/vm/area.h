// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/intrusive/avl_set.hpp>

#include "firmware/kernel/system_calls.h"

namespace tlmmu::kernel {

namespace intrusive = boost::intrusive;
struct SharedSegment;

/// What fills the pages of an area, and where they go when they have to.
enum class AreaKind : std::uint8_t {
  anonymous,  ///< zeros at first; swap
  heap,       ///< anonymous, and its end is the program break
  stack,      ///< anonymous, and it grows downwards to its limit
  file,       ///< the page cache; private pages that were written to go to swap
  shared,     ///< a shared-memory segment; swap
  trace,      ///< a recorded process: fetched pages are text, others anonymous, all are legal
};

/// What the owner of an area asked for besides its contents.
struct AreaWishes {
  bool locked = false;      ///< mlock: pages that have come stay
  bool huge_pages = false;  ///< madvise(HUGEPAGE)

  friend constexpr bool operator==(AreaWishes a, AreaWishes b) {
    return a.locked == b.locked && a.huge_pages == b.huge_pages;
  }
};

/// Consecutive pages of an address space that are alike (`vm_area_struct`): [start, end).
struct Area : intrusive::avl_set_base_hook<intrusive::link_mode<intrusive::normal_link>> {
  Vpn start;
  Vpn end;
  AreaKind kind = AreaKind::anonymous;
  Sharing sharing = Sharing::private_copy;
  Permissions permissions;
  AreaWishes wishes;
  FileId file;                       ///< kind file
  std::uint64_t offset = 0;          ///< page of the file or segment that `start` shows
  Vpn lowest;                        ///< kind stack: it may grow down to here
  SharedSegment* segment = nullptr;  ///< kind shared

  /// Becomes an area like `other`, but not a member of its tree.
  void copy_from(const Area& other) {
    start = other.start;
    end = other.end;
    kind = other.kind;
    sharing = other.sharing;
    permissions = other.permissions;
    wishes = other.wishes;
    file = other.file;
    offset = other.offset;
    lowest = other.lowest;
    segment = other.segment;
  }
  std::uint64_t pages() const { return end.value() - start.value(); }
  bool contains(Vpn page) const { return start <= page && page < end; }
  bool is_anonymous() const {
    return kind == AreaKind::anonymous || kind == AreaKind::heap || kind == AreaKind::stack;
  }
  bool is_private() const { return sharing == Sharing::private_copy; }
  bool writable() const { return (permissions.flags & PteFlags::kW) != 0; }
  /// Of which page of its file or segment `page` is a view.
  std::uint64_t offset_of(Vpn page) const { return offset + (page.value() - start.value()); }

  /// Whether `next`, which begins where this one ends, continues it in every respect.
  bool continues_in(const Area& next) const;
};

/// The flags of a PTE that allows what `permissions` say. A leaf must have one of R, W and X, so a
/// page that nobody may touch has X, and no U: neither its process nor the kernel can load or
/// store.
constexpr std::uint8_t hardware_flags(Permissions permissions) {
  const unsigned all =
      permissions.flags == 0 ? unsigned{PteFlags::kX} : unsigned{permissions.flags} | PteFlags::kU;
  return static_cast<std::uint8_t>(all);
}

struct AreaOrder {
  using type = std::uint64_t;
  type operator()(const Area& area) const { return area.start.value(); }
};

}  // namespace tlmmu::kernel
