// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/intrusive/slist.hpp>
#include <optional>

#include "firmware/kernel/frame.h"

namespace tlmmu::kernel {

enum class SlotState : std::uint8_t { free, in_use, bad };

/// One entry of the slot map.
struct SwapSlot : intrusive::slist_base_hook<intrusive::link_mode<intrusive::normal_link>> {
  Frame* cached = nullptr;  ///< the frame that a transfer of this slot is moving: the swap cache
  SlotState state = SlotState::free;
};

/// How the blocks of the disk are used.
struct SwapCounts {
  std::uint64_t total = 0;
  std::uint64_t free = 0;  ///< usable as slot or as file block
  std::uint64_t in_use = 0;
  std::uint64_t bad = 0;   ///< a write failed there; never used again
  std::uint64_t file = 0;  ///< blocks of program text
};

/// The disk's blocks: swap slots grow from the first block upwards, the blocks of program files
/// from the last block downwards, until they meet. Entries are constructed at first use.
class SwapSpace {
 public:
  /// `storage` has room for `blocks` entries; it need not be initialized.
  SwapSpace(SwapSlot* storage, std::uint64_t blocks) : storage_(storage) { counts_.total = blocks; }

  std::optional<DiskBlock> allocate_slot();
  void free_slot(DiskBlock slot);
  /// The slot's medium is broken.
  void retire_slot(DiskBlock slot);
  std::optional<DiskBlock> allocate_file_block();

  const SwapSlot& at(DiskBlock slot) const { return storage_[slot.value()]; }
  SwapSlot& at(DiskBlock slot) { return storage_[slot.value()]; }
  SwapCounts counts() const;

 private:
  using FreeSlots = intrusive::slist<SwapSlot, intrusive::constant_time_size<false>>;

  std::uint64_t never_used() const { return counts_.total - counts_.file - next_; }

  SwapSlot* storage_;
  std::uint64_t next_ = 0;  // first slot that was never used
  FreeSlots freed_;
  SwapCounts counts_;
};

}  // namespace tlmmu::kernel
