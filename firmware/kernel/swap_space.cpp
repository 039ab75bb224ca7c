// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/swap_space.h"

#include <new>

namespace tlmmu::kernel {

std::optional<DiskBlock> SwapSpace::allocate_slot() {
  SwapSlot* slot = nullptr;
  if (!freed_.empty()) {
    slot = &freed_.front();
    freed_.pop_front();
  } else if (never_used() > 0) {
    slot = &storage_[next_++];
  } else {
    return std::nullopt;
  }
  new (slot) SwapSlot();
  slot->state = SlotState::in_use;
  ++counts_.in_use;
  return DiskBlock(static_cast<std::uint64_t>(slot - storage_));
}

void SwapSpace::free_slot(DiskBlock slot) {
  SwapSlot& entry = at(slot);
  entry.state = SlotState::free;
  entry.cached = nullptr;
  freed_.push_front(entry);
  --counts_.in_use;
}

void SwapSpace::retire_slot(DiskBlock slot) {
  SwapSlot& entry = at(slot);
  entry.state = SlotState::bad;
  entry.cached = nullptr;
  --counts_.in_use;
  ++counts_.bad;
}

std::optional<DiskBlock> SwapSpace::allocate_file_block() {
  if (never_used() == 0) return std::nullopt;
  ++counts_.file;
  return DiskBlock(counts_.total - counts_.file);
}

SwapCounts SwapSpace::counts() const {
  SwapCounts counts = counts_;
  counts.free = counts.total - counts.in_use - counts.bad - counts.file;
  return counts;
}

}  // namespace tlmmu::kernel
