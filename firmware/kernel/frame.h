// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/intrusive/list.hpp>
#include <optional>

#include "firmware/kernel/kernel_types.h"

namespace tlmmu::kernel {

/// What a frame is used for. A frame is in exactly one state, and the states sum to the memory.
enum class FrameState : std::uint8_t {
  free,
  reserved,  ///< the kernel's own image and data
  page_table,
  mapped,   ///< a page of a process, its PTE valid
  reading,  ///< its page is on the way from disk; the PTE is not yet valid
  writing,  ///< its page is on the way to disk; the PTE is not valid any more
};
constexpr unsigned kFrameStates = 6;

enum class PageKind : std::uint8_t {
  anonymous,  ///< backed by swap
  text,       ///< backed by its file, never written
};

namespace intrusive = boost::intrusive;
template <class Tag>
using ListHook =
    intrusive::list_base_hook<intrusive::tag<Tag>, intrusive::link_mode<intrusive::normal_link>>;

struct FrameQueueTag;  // the free list, the clock, or the disk queue: at most one of them
struct SlotHolderTag;  // resident pages that hold a swap slot

/// One entry of the frame table (`mem_map`): who uses the frame, and for which page.
struct Frame : ListHook<FrameQueueTag>, ListHook<SlotHolderTag> {
  PhysicalAddress entry;  ///< of the leaf PTE that maps the page
  Vpn page;
  DiskBlock block;  ///< swap slot or file block, if has_block
  ProcessId owner;
  FrameState state = FrameState::free;
  PageKind kind = PageKind::anonymous;
  bool has_block : 1;  ///< anonymous: the slot is current unless the PTE's D is set
  bool queued : 1;     ///< waits in the kernel's queue for the disk to take it
  bool on_disk : 1;    ///< the disk works on it
  bool pinned : 1;     ///< its owner was given it and has not come back since
  bool orphan : 1;     ///< in flight, and its owner is gone

  Frame() : has_block(false), queued(false), on_disk(false), pinned(false), orphan(false) {}
};

static_assert(sizeof(Frame) == 64, "1.6 % of the memory it describes");

template <class Tag>
using FrameList = intrusive::list<Frame, intrusive::base_hook<ListHook<Tag>>,
                                  intrusive::constant_time_size<true>>;
using FrameQueue = FrameList<FrameQueueTag>;
using SlotHolders = FrameList<SlotHolderTag>;

}  // namespace tlmmu::kernel
