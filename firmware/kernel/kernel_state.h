// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/clock_list.h"
#include "firmware/kernel/disk_queue.h"
#include "firmware/kernel/process_table.h"
#include "firmware/kernel/scheduler.h"
#include "firmware/kernel/swap_space.h"
#include "firmware/kernel/watermarks.h"
#include "models/arch/paging_mode.h"

namespace tlmmu::kernel {

/// What the kernel is told at boot.
struct Settings {
  PhysicalAddress memory_base;
  Bytes memory_size;  ///< whole frames
  Bytes reserved;     ///< the kernel's own, at the start of memory; whole frames, less than all
  std::uint64_t disk_blocks = 0;
  PagingModeName mode = PagingModeName::sv39;
  Watermarks watermarks;
  std::uint64_t kswapd_slice = 32;          ///< frames kswapd looks at before it lets others run
  std::uint64_t direct_reclaim_batch = 32;  ///< write-backs one direct reclaim starts at most
  std::uint64_t nr_async_pages = 128;       ///< pages on their way to swap at most
  TextSource text_source = TextSource::disk;

  std::uint64_t frames() const { return memory_size / kPageBytes; }
};

/// The tables' memory, given by the port: the kernel has no heap. Entries need not be initialized,
/// and those of frames and blocks that are never used are never touched.
struct Storage {
  Frame* frames;       ///< one for each frame of memory
  SwapSlot* slots;     ///< one for each block of the disk
  Process* processes;  ///< `process_capacity`, at most kMaxProcesses
  std::uint32_t process_capacity;
};

/// Everything the parts of the kernel share.
struct KernelState {
  KernelState(Machine& port, const Settings& values, const Storage& storage)
      : machine(port),
        settings(values),
        mode(paging_mode(values.mode)),
        frames(storage.frames,
               {values.memory_base.page(), values.frames(), values.reserved / kPageBytes}),
        swap(storage.slots, values.disk_blocks),
        processes(storage.processes, storage.process_capacity),
        scheduler(port, counters),
        disk(port, frames, counters) {}

  Machine& machine;
  const Settings settings;
  const PagingMode& mode;
  Counters counters;
  FrameTable frames;
  SwapSpace swap;
  ProcessTable processes;
  Scheduler scheduler;
  DiskQueue disk;
  ClockList clock;
  SlotHolders slot_holders;  ///< mapped frames with a slot, the longest holder first
  std::uint64_t pinned = 0;  ///< frames that stay until their owner has run
};

}  // namespace tlmmu::kernel
