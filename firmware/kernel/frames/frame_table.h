// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/frames/buddy.h"

namespace tlmmu::kernel {

/// How many frames are in each state.
struct FrameCounts {
  std::uint64_t free = 0;
  std::uint64_t reserved = 0;
  std::uint64_t page_tables = 0;
  std::uint64_t slab = 0;
  std::uint64_t mapped = 0;
  std::uint64_t cached = 0;
  std::uint64_t reading = 0;
  std::uint64_t writing = 0;

  constexpr std::uint64_t in_flight() const { return reading + writing; }
};

/// The frames of the machine, by number and by state.
class FrameTable {
 public:
  struct Memory {
    Ppn first;
    std::uint64_t frames;
    std::uint64_t reserved;  ///< the first so many frames are never handed out
  };

  /// `storage` has room for `memory.frames` entries; it need not be initialized.
  FrameTable(Frame* storage, const Memory& memory);

  /// 2^order frames in `state`, all other fields as constructed; null if there is no such block.
  Frame* allocate(FrameState state, unsigned order = 0);
  /// Returns a block; it must be in no list.
  void release(Frame& frame, unsigned order = 0);
  void set_state(Frame& frame, FrameState state);

  Ppn number_of(const Frame& frame) const {
    return Ppn(memory_.first.value() + static_cast<std::uint64_t>(&frame - storage_));
  }
  const Frame& at(Ppn number) const { return storage_[number.value() - memory_.first.value()]; }
  Frame& at(Ppn number) { return storage_[number.value() - memory_.first.value()]; }
  /// Whether `number` is a frame whose entry is constructed.
  bool known(Ppn number) const { return buddy_.known(number.value() - memory_.first.value()); }
  /// Frames above this index were never needed, and their entries are not constructed.
  std::uint64_t constructed() const { return buddy_.constructed(); }
  bool known(std::uint64_t index) const { return buddy_.known(index); }
  Frame& at_index(std::uint64_t index) { return storage_[index]; }
  const Frame& at_index(std::uint64_t index) const { return storage_[index]; }
  std::uint64_t total() const { return memory_.frames; }
  std::uint64_t free() const { return count(FrameState::free); }
  std::uint64_t writing() const { return count(FrameState::writing); }
  FrameCounts counts() const;
  const Buddy& buddy() const { return buddy_; }

 private:
  std::uint64_t count(FrameState state) const { return counts_[static_cast<unsigned>(state)]; }
  std::uint64_t& counter(FrameState state) { return counts_[static_cast<unsigned>(state)]; }

  Frame* storage_;
  Memory memory_;
  Buddy buddy_;
  std::uint64_t counts_[kFrameStates] = {};
};

}  // namespace tlmmu::kernel
