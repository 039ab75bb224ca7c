// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/vm/mapper.h"
#include "firmware/kernel/vm/page_tables.h"

namespace tlmmu::kernel {

/// Transparent large pages: leaves at level 1, 2 MiB (4 MiB on Sv32), for anonymous areas. A large
/// page is one user of its first frame; the table that a split needs is laid aside when it is
/// mapped, so that splitting never fails. Whatever concerns a part of it, and reclaim, splits it.
class HugePages {
 public:
  HugePages(KernelState& state, Mapper& mapper)
      : state_(state), mapper_(mapper), tables_(state.machine, state.mode) {}

  /// Whether a large page at `page` would lie inside the area, which wants one.
  bool fits(const Process& process, const Area& area, Vpn page) const;
  /// Maps one, zero-filled, at the level-1 entry, which is 0. Null if no aligned block is free, or
  /// little else would be.
  Frame* map(Process& process, const Area& area, Vpn page, PhysicalAddress entry);
  /// Cuts it into base pages, which are all mapped.
  void split(Frame& head);
  /// Cuts every one that has a page in `range`.
  void split_all(Process& process, const PageRange& range);

  static bool is_head(const Frame& frame) {
    return frame.state == FrameState::mapped && frame.order != Frame::kNoOrder;
  }

 private:
  std::uint64_t pages() const { return std::uint64_t{1} << state_.mode.index_bits; }
  PageRange range_of(Vpn page) const {
    const Vpn start(page.value() & ~(pages() - 1));
    return {start, Vpn(start.value() + pages())};
  }

  KernelState& state_;
  Mapper& mapper_;
  PageTables tables_;
};

}  // namespace tlmmu::kernel
