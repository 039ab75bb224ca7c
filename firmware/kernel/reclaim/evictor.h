// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/vm/mapper.h"

namespace tlmmu::kernel {

/// What became of a frame that reclaim looked at.
enum class Eviction : std::uint8_t {
  freed,          ///< a frame more is free
  write_started,  ///< a frame more will be free
  kept,           ///< the page stays for now
  stuck,          ///< nothing to scan, or the limit of writes in flight is reached
};

/// Sends one page away: drops what the disk has already, and writes what it has not.
class Evictor {
 public:
  Evictor(KernelState& state, Mapper& mapper) : state_(state), mapper_(mapper) {}

  /// The page leaves memory; its frame is neither pinned, locked nor moving. `kept` if it has
  /// nowhere to go.
  Eviction evict(Frame& frame, FrameUse use);
  /// A slot for a page, taken from a resident page if need be.
  std::optional<DiskBlock> find_slot();

 private:
  Eviction drop(Frame& frame);
  Eviction write(Frame& frame);
  Eviction write_to_slot(Frame& frame);
  bool may_write();
  void take_from_users(Frame& frame, DiskBlock block);
  void left_memory(const Frame& frame);
  bool take_slot_of_resident_page();

  /// Everything that decides whether there is a slot.
  struct SlotSituation {
    std::uint64_t in_use, file_blocks, references, holders, transfers_done;

    bool operator==(const SlotSituation& o) const {
      return in_use == o.in_use && file_blocks == o.file_blocks && references == o.references &&
             holders == o.holders && transfers_done == o.transfers_done;
    }
  };
  SlotSituation slot_situation() const;

  KernelState& state_;
  Mapper& mapper_;
  std::optional<SlotSituation> no_slot_in_;  // the last search found none
};

}  // namespace tlmmu::kernel
