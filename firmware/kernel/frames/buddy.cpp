// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/frames/buddy.h"

#include <new>

namespace tlmmu::kernel {

namespace {

constexpr std::uint64_t frames_of(unsigned order) {
  return std::uint64_t{1} << order;
}

}  // namespace

Frame* Buddy::take(unsigned order) {
  unsigned from = order;
  while (from < kOrders && lists_[from].empty()) ++from;
  if (from == kOrders) return grow() ? take(order) : nullptr;
  Frame* block = &pop(from);
  while (from > order) {
    --from;
    ++counts_.splits;
    push(block[frames_of(from)], from);
  }
  for (std::uint64_t i = 0; i < frames_of(order); ++i) new (block + i) Frame();
  ++counts_.taken;
  free_ -= frames_of(order);
  return block;
}

void Buddy::give(Frame& block, unsigned order) {
  Frame* merged = &block;
  block.order = Frame::kNoOrder;
  ++counts_.given;
  free_ += frames_of(order);
  for (; order + 1 < kOrders; ++order) {
    Frame* buddy = free_buddy(index_of(*merged), order);
    if (buddy == nullptr) break;
    unlink(*buddy);
    ++counts_.merges;
    if (buddy < merged) merged = buddy;
  }
  push(*merged, order);
}

std::uint64_t Buddy::fragmentation(unsigned order) const {
  if (free_ == 0) return 0;
  std::uint64_t too_small = 0;
  for (unsigned o = 0; o < order; ++o) too_small += counts_.free_blocks[o] << o;
  return too_small * 1000 / free_;
}

void Buddy::push(Frame& block, unsigned order) {
  block.order = static_cast<std::uint8_t>(order);
  lists_[order].push_front(block);
  ++counts_.free_blocks[order];
}

Frame& Buddy::pop(unsigned order) {
  Frame& block = lists_[order].front();
  unlink(block);
  return block;
}

void Buddy::unlink(Frame& block) {
  lists_[block.order].erase(lists_[block.order].iterator_to(block));
  --counts_.free_blocks[block.order];
  block.order = Frame::kNoOrder;
}

// Adds the largest aligned block that begins where nothing was used yet.
bool Buddy::grow() {
  if (next_ == range_.end) return false;
  unsigned order = 0;
  const std::uint64_t number = range_.first + next_;
  while (order + 1 < kOrders && number % frames_of(order + 1) == 0 &&
         next_ + frames_of(order + 1) <= range_.end) {
    ++order;
  }
  Frame* block = frames_ + next_;
  for (std::uint64_t i = 0; i < frames_of(order); ++i) new (block + i) Frame();
  next_ += frames_of(order);
  ++counts_.grown;
  push(*block, order);
  return true;
}

// The block that together with the one at `index` makes a block of the next order, if it is free
// as a whole.
Frame* Buddy::free_buddy(std::uint64_t index, unsigned order) {
  const std::uint64_t number = (range_.first + index) ^ frames_of(order);
  if (number < range_.first + range_.begin || number >= range_.first + next_) return nullptr;
  Frame& buddy = frames_[number - range_.first];
  return buddy.state == FrameState::free && buddy.order == order ? &buddy : nullptr;
}

}  // namespace tlmmu::kernel
