// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/reclaim/policy.h"
#include "firmware/kernel/vm/area_tree.h"
#include "models/base/access_type.h"

namespace tlmmu::kernel {

enum class ProcessState : std::uint8_t {
  ready,
  running,
  blocked,    ///< waits for a page from disk, for a free frame, or for a child
  suspended,  ///< load control took it out: too little memory for all
  zombie,     ///< ended: nothing is left but its statistics
};

/// What a blocked process waits for.
enum class WaitReason : std::uint8_t { nothing, page, frame, child };

struct ProcessQueueTag;  // ready, suspended, or waiting for a frame: at most one of them

/// What a process has used, now and at most.
struct ProcessUse {
  std::uint64_t resident = 0;  ///< valid PTEs now, in base pages
  std::uint64_t max_resident = 0;
  std::uint64_t swapped = 0;        ///< PTEs now that say that their page is in a slot
  std::uint64_t copy_on_write = 0;  ///< valid PTEs now that others may share until somebody stores
  std::uint64_t locked = 0;         ///< valid PTEs now of locked areas
  std::uint64_t huge_pages = 0;     ///< large pages now; `resident` counts their base pages
  std::uint64_t page_tables = 0;    ///< with those laid aside for splitting large pages
  std::uint64_t max_page_tables = 0;
  std::uint64_t faults[kFaultKinds] = {};
  std::uint64_t frame_waits = 0;  ///< fault entries that ended with it waiting for memory
  Picoseconds blocked_time;

  /// What an ended process with the same number had used.
  void inherit(const ProcessUse& before) {
    max_resident = before.max_resident;
    max_page_tables = before.max_page_tables;
    for (unsigned kind = 0; kind < kFaultKinds; ++kind) faults[kind] = before.faults[kind];
    frame_waits = before.frame_waits;
    blocked_time = before.blocked_time;
  }
};

/// An access that waits for its page: how to map it once it is there.
struct Awaited {
  Frame* frame = nullptr;  ///< being read
  VirtualAddress address;  ///< that the process wants
  PhysicalAddress entry;   ///< of the leaf PTE; 0 if the process wants no page mapped
  AccessType type = AccessType::load;
  Process* next = nullptr;  ///< who waits for the same frame
};

/// Where a page turned out to be when it was touched first.
struct Touch {
  Vpn page;
  Ppn frame;
};

/// A call of msync or sync that has not been answered yet: how far it is.
struct SyncProgress {
  enum class Of : std::uint8_t {
    nothing,  ///< there is no such call
    pages,    ///< of the address space: msync
    frames,   ///< of the machine, by index: sync
  };
  SyncProgress() = default;
  SyncProgress(Of what, std::uint64_t from, std::uint64_t to)
      : of(what), begin(from), end(to), started(from), done(from) {}
  bool is_of(const SyncProgress& o) const { return of == o.of && begin == o.begin && end == o.end; }

  Of of = Of::nothing;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::uint64_t started = 0;  ///< those below were sent to disk if they were dirty
  std::uint64_t done = 0;     ///< those below are on the disk
};

/// A call of pread or pwrite that has not been answered yet: how far it is.
struct FileProgress {
  FileTransfer request = {};
  Bytes done;
  bool opened = false;  ///< the file's inode was found: it is not looked for again
};

/// One task and its address space (`task_struct` and `mm_struct`).
struct Process : ListHook<ProcessQueueTag> {
  ProcessState state = ProcessState::ready;
  WaitReason waits_for = WaitReason::nothing;
  bool collected = false;  ///< a zombie whose parent has waited for it, or that has none
  ProcessId id;
  std::optional<ProcessId> parent;
  std::uint32_t children = 0;  ///< that were not collected yet
  std::uint32_t zombies = 0;   ///< children that have ended and were not collected yet

  Ppn root;  ///< its top page table (`pgd`)
  Asid asid;
  std::uint64_t asid_generation = 0;
  AreaTree areas;
  Area trace_area;             ///< of a recorded process, which has no other
  VirtualAddress image_start;  ///< where its program begins; 0 for a recorded process
  VirtualAddress stack_end;    ///< page after its stack; 0 for a recorded process
  VirtualAddress heap_start;   ///< page after the program's last segment
  VirtualAddress heap_break;   ///< `brk`

  Awaited awaited;
  SyncProgress sync;
  FileProgress transfer;
  Frame* pinned = nullptr;  ///< given last; stays until the process comes back
  Frame* source = nullptr;  ///< of a file: stays while the hart copies from or to it
  Picoseconds blocked_since;
  Picoseconds running_since;  ///< while it runs
  Picoseconds ran;            ///< that it had the CPU before

  Touch last_touch;             ///< of a page that needed no disk
  Vpn unshare_from;             ///< where the search for a page that others keep goes on
  PagePool pool;                ///< its pages, where each process is reclaimed for itself
  bool shrunk_in_vain = false;  ///< none of them could go when all were looked at last
  ProcessUse use;

  bool is_alive() const { return state != ProcessState::zombie; }
};

using ProcessQueue = intrusive::list<Process, intrusive::base_hook<ListHook<ProcessQueueTag>>,
                                     intrusive::constant_time_size<true>>;

}  // namespace tlmmu::kernel
