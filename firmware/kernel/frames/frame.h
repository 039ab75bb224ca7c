// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/intrusive/list.hpp>
#include <optional>

#include "firmware/kernel/kernel_types.h"

namespace tlmmu::kernel {

struct Process;
struct PagePool;

/// What a frame is used for. A frame is in exactly one state, and the states sum to the memory.
enum class FrameState : std::uint8_t {
  free,
  reserved,  ///< the kernel's own image and data
  page_table,
  slab,     ///< small objects of the kernel
  mapped,   ///< at least one PTE that may be used by hardware, or a segment, points to it
  cached,   ///< of the page, buffer or swap cache, and no PTE points to it
  reading,  ///< its page is on the way from disk; no PTE points to it yet
  writing,  ///< its page is on the way to disk; no PTE points to it any more
};
constexpr unsigned kFrameStates = 8;

enum class PageKind : std::uint8_t {
  anonymous,  ///< of one process, or copy-on-write of several; backed by swap
  text,       ///< of a trace's program, backed by a block that only its PTE knows; never written
  file,       ///< of a mapped file: the page cache
  shared,     ///< of a shared-memory segment; backed by swap
  buffer,     ///< a block of the device that is no page of a file: the buffer cache
};

namespace intrusive = boost::intrusive;
template <class Tag>
using ListHook =
    intrusive::list_base_hook<intrusive::tag<Tag>, intrusive::link_mode<intrusive::normal_link>>;

/// The reverse map's record of one user of a frame: the PTE, and whose it is.
struct Mapping {
  Process* process = nullptr;  ///< null: the entry of a shared-memory segment
  Vpn page;                    ///< where the process sees it, or its number in the segment
  PhysicalAddress entry;       ///< of the leaf PTE
  Mapping* next = nullptr;
};

// A frame is in one of: a free list, the disk queue, a pool of pages of processes, the shared
// pages, the cached pages. Nowhere while it is a table or the disk works on it.
struct FrameQueueTag;
struct WatchTag;  // mapped pages that hold a swap slot; pages of files that may be dirty

/// One entry of the frame table (`mem_map`): who uses the frame, and for which page.
struct Frame : ListHook<FrameQueueTag>, ListHook<WatchTag> {
  static constexpr std::uint8_t kNoOrder = 0xff, kMostDirtyRounds = 0xff;

  Mapping first;               ///< the reverse map begins here; more users follow in slab objects
  DiskBlock block;             ///< swap slot, file or device block, if has_block
  Process* waiters = nullptr;  ///< processes that wait until it was read
  PagePool* pool = nullptr;    ///< where it waits to be chosen by reclaim, if it may be
  std::uint64_t stamp = 0;     ///< the reclaim policy's: when it was used last
  std::uint32_t users = 0;     ///< mappings
  std::uint16_t pins = 0;      ///< processes that were given it and have not come back since
  std::uint16_t locks = 0;     ///< PTEs of locked areas that map it
  FrameState state = FrameState::free;
  PageKind kind = PageKind::anonymous;
  std::uint8_t order = kNoOrder;  ///< of the free block or large page that begins here
  std::uint8_t age = 0;           ///< the policy of ageing's; 0 where it has no say
  std::uint8_t queue = 0;         ///< the reclaim policy's: which of a pool's queues it is in
  std::uint8_t dirty_rounds = 0;  ///< of write-back that have found this page of a file dirty
  bool has_block : 1;             ///< tied to a block: in the page, buffer or swap cache
  bool queued : 1;                ///< waits in the kernel's queue for the disk to take it
  bool on_disk : 1;               ///< the disk works on it
  bool dirty : 1;                 ///< differs from its block; PTEs may know more
  bool referenced : 1;            ///< cached: looked up since the hand passed last
  bool ahead : 1;                 ///< read ahead, and nobody has asked for it yet
  bool watched : 1;               ///< a page of a file that may be dirty: write-back looks at it
  bool idle : 1;                  ///< WSClock's: not referenced when it was looked at last

  Frame()
      : has_block(false),
        queued(false),
        on_disk(false),
        dirty(false),
        referenced(false),
        ahead(false),
        watched(false),
        idle(false) {}

  bool moving() const { return queued || on_disk; }
};

static_assert(sizeof(Frame) <= 112, "less than 3 % of the memory it describes");

template <class Tag>
using FrameList = intrusive::list<Frame, intrusive::base_hook<ListHook<Tag>>,
                                  intrusive::constant_time_size<true>>;
using FrameQueue = FrameList<FrameQueueTag>;
using WatchedFrames = FrameList<WatchTag>;

}  // namespace tlmmu::kernel
