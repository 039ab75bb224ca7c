// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/frame.h"
#include "models/base/access_type.h"

namespace tlmmu::kernel {

enum class ProcessState : std::uint8_t {
  ready,
  running,
  blocked,  ///< waits for a page from disk, or for a free frame
  zombie,   ///< ended: nothing is left but its statistics
};

struct ProcessQueueTag;  // ready, or waiting for a frame: at most one of them

/// One task: its address space, what it waits for, and what it has used.
struct Process : ListHook<ProcessQueueTag> {
  ProcessState state = ProcessState::ready;
  bool waits_for_frame = false;
  ProcessId id;
  Ppn root;  ///< its top page table (`pgd`)

  Frame* awaited = nullptr;  ///< being read for it
  AccessType awaited_access = AccessType::load;
  Frame* pinned = nullptr;  ///< given last; stays until the process comes back
  Picoseconds blocked_since;

  std::uint64_t resident = 0;  ///< mapped pages now
  std::uint64_t max_resident = 0;
  std::uint64_t page_tables = 0;
  std::uint64_t max_page_tables = 0;
  std::uint64_t faults[kFaultKinds] = {};
  Picoseconds blocked_time;

  Asid asid() const { return Asid(static_cast<std::uint16_t>(id.value() + 1)); }
};

using ProcessQueue = intrusive::list<Process, intrusive::base_hook<ListHook<ProcessQueueTag>>,
                                     intrusive::constant_time_size<false>>;

}  // namespace tlmmu::kernel
