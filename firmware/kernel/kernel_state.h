// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/counters.h"
#include "firmware/kernel/disk/disk_queue.h"
#include "firmware/kernel/disk/file.h"
#include "firmware/kernel/frames/slab.h"
#include "firmware/kernel/process/asids.h"
#include "firmware/kernel/process/process_table.h"
#include "firmware/kernel/process/scheduler.h"
#include "firmware/kernel/settings.h"
#include "firmware/kernel/vm/shared_segment.h"

namespace tlmmu::kernel {

/// The tables' memory, given by the port: the kernel has no heap. Entries need not be initialized,
/// and those of frames and blocks that are never used are never touched.
struct Storage {
  Frame* frames;          ///< one for each frame of memory
  Block* blocks;          ///< one for each block of the disk
  SwapCluster* clusters;  ///< one for each `cluster_slots` blocks of the disk, and one more
  Process* processes;     ///< `process_capacity`, at most kMaxProcesses
  std::uint32_t process_capacity;
  File* files;
  std::uint32_t file_capacity;
  SharedSegment* segments;
  std::uint32_t segment_capacity;
  unsigned char* window;  ///< as large as the memory, aligned to pages; see KernelWindow
};

/// Everything the parts of the kernel share.
struct KernelState {
  KernelState(Machine& port, const Settings& values, const Storage& storage)
      : machine(port),
        settings(values),
        mode(paging_mode(values.mode)),
        frames(storage.frames,
               {values.memory_base.page(), values.frames(), values.reserved / kPageBytes}),
        blocks(storage.blocks, storage.clusters, values.disk),
        files(storage.files, storage.file_capacity),
        segments(storage.segments, storage.segment_capacity),
        processes(storage.processes, storage.process_capacity),
        asids(values.asids),
        area_slab({storage.window, values.memory_base.page()}),
        mapping_slab({storage.window, values.memory_base.page()}),
        scheduler(port, counters),
        disk(port, frames, counters),
        policies(values.policy_parameters, frames, counters.ages),
        policy(policies.chosen(values.policy)) {}

  Machine& machine;
  const Settings settings;
  const PagingMode& mode;
  Counters counters;
  FrameTable frames;
  BlockMap blocks;
  FileTable files;
  SegmentTable segments;
  ProcessTable processes;
  Asids asids;
  AreaSlab area_slab;
  Slab<Mapping> mapping_slab;
  Scheduler scheduler;
  DiskQueue disk;
  PolicySet policies;
  const Policy& policy;
  PagePool pages;                       ///< of all processes, where reclaim does not go by process
  std::uint64_t pooled_by_process = 0;  ///< in the pools of single processes
  PagePool shared_pages;                ///< of shared segments
  PagePool cached_pages;                ///< in a cache, and nobody maps them
  WatchedFrames slot_holders;           ///< mapped frames with a slot, the longest holder first
  WatchedFrames watched_files;          ///< pages of files that may be dirty
  bool slabs_may_shrink = false;        ///< a process has ended
  Picoseconds settled;                  ///< the end of the last entry, where clocks are looked at
  bool stopped = false;                 ///< all have ended, and the disk is done
  std::uint64_t pinned = 0;             ///< pins: frames that stay until the process has run
  Process* source_keeper = nullptr;     ///< keeps a page of a file while it waits for another page
};

}  // namespace tlmmu::kernel
