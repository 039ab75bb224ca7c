// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/disk/file.h"
#include "firmware/kernel/frames/frame.h"

namespace tlmmu::kernel {

/// A System V shared-memory segment, or what a shared mapping without a file shows (Linux keeps
/// both in shmem). Its own table has a PTE for each page, in consecutive frames:
/// 0 never touched, valid the frame, else the swap slot. A PTE of a process that has it attached is
/// valid or 0: what 0 means, the segment says.
struct SharedSegment {
  static constexpr std::uint64_t kEntryBytes = 8;  // in all paging modes

  SegmentKey key;
  std::uint64_t pages = 0;
  Ppn table;
  unsigned table_order = 0;
  std::uint32_t attachments = 0;
  bool removed = false;  ///< gone with its last attachment
  bool unnamed = false;  ///< of a shared mapping: it cannot be attached or detached
  bool alive = false;

  PhysicalAddress entry_of(std::uint64_t page) const {
    return address_of(table) + Bytes(kEntryBytes * page);
  }
};

using SegmentTable = Table<SharedSegment, SegmentId>;

}  // namespace tlmmu::kernel
