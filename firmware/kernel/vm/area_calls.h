// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/disk/file_sync.h"
#include "firmware/kernel/fault.h"
#include "firmware/kernel/vm/segments.h"

namespace tlmmu::kernel {

/// The system calls that change areas. See system_calls.h for what their answers mean.
class AreaCalls {
 public:
  AreaCalls(KernelState& state, Mapper& mapper, Allocator& allocator, PageIn& page_in,
            SpaceKeeper& spaces, FaultHandler& faults, Segments& segments, FileSync& file_sync)
      : state_(state),
        mapper_(mapper),
        allocator_(allocator),
        page_in_(page_in),
        spaces_(spaces),
        faults_(faults),
        segments_(segments),
        file_sync_(file_sync) {}

  CallAnswer mmap(Process& process, const MapRequest& request);
  CallAnswer munmap(Process& process, const AddressRange& range);
  CallAnswer mprotect(Process& process, const AddressRange& range, Permissions permissions);
  CallAnswer brk(Process& process, VirtualAddress address);
  CallAnswer mlock(Process& process, const AddressRange& range);
  CallAnswer munlock(Process& process, const AddressRange& range);
  CallAnswer msync(Process& process, const AddressRange& range);
  CallAnswer madvise(Process& process, const AddressRange& range, Advice advice);
  CallAnswer shmat(Process& process, SegmentId id, std::optional<VirtualAddress> address,
                   Permissions permissions);
  CallAnswer shmdt(Process& process, VirtualAddress address);

  /// A new area, joined with its neighbours where they are alike. Room in the slab was ensured.
  void add_area(Process& process, const Area& like);
  /// Whole pages in the user half; nothing if `range` is neither.
  std::optional<PageRange> pages_of(const AddressRange& range) const;
  /// Reads the inode of a file through the buffer cache. `resume`, or why not yet.
  FaultAnswer open(Process& process, FileId file);

 private:
  FaultAnswer carve(Process& process, const PageRange& range);
  void cut(Process& process, Vpn at);
  void remove_areas(Process& process, const PageRange& range);
  bool is_covered(Process& process, const PageRange& range);
  bool is_legal(const MapRequest& request) const;
  std::optional<PageRange> place_for(Process& process, std::uint64_t pages,
                                     std::optional<VirtualAddress> fixed);
  CallAnswer set_wishes(Process& process, const PageRange& range, bool AreaWishes::*wish,
                        bool value);
  bool may_lock(Process& process, const PageRange& range);
  FaultAnswer bring_in(Process& process, const PageRange& range);
  FaultAnswer bring_in(Process& process, Vpn page, const Area& area);
  template <class Change>
  void change_areas(Process& process, const PageRange& range, Change change);
  void protect_page(const Mapping& user, Pte pte, const Area& area);
  CallAnswer grow_heap(Process& process, Vpn from, Vpn to);

  KernelState& state_;
  Mapper& mapper_;
  Allocator& allocator_;
  PageIn& page_in_;
  SpaceKeeper& spaces_;
  FaultHandler& faults_;
  Segments& segments_;
  FileSync& file_sync_;
};

template <class Change>
void AreaCalls::change_areas(Process& process, const PageRange& range, Change change) {
  for (Area* area = process.areas.first_above(range.start);
       area != nullptr && area->start < range.end; area = process.areas.next(*area)) {
    change(*area);
  }
  // Joining may end areas: from the upper end, so that the one that is kept is met again.
  Vpn at = range.end;
  while (at > range.start) {
    Area* area = process.areas.find(Vpn(at.value() - 1));
    state_.counters.area_merges += process.areas.merge(*area, state_.area_slab);
    at = process.areas.find(Vpn(at.value() - 1))->start;
  }
}

}  // namespace tlmmu::kernel
