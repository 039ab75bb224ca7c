// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/frame.h"

namespace tlmmu::kernel {

/// How many frames are in each state.
struct FrameCounts {
  std::uint64_t free = 0;
  std::uint64_t reserved = 0;
  std::uint64_t page_tables = 0;
  std::uint64_t mapped = 0;
  std::uint64_t reading = 0;
  std::uint64_t writing = 0;

  constexpr std::uint64_t in_flight() const { return reading + writing; }
};

/// The frames of the machine, by number and by state. A frame's entry is constructed when the frame
/// is first handed out, so that a machine of any size starts at once and pays for what it uses.
class FrameTable {
 public:
  struct Memory {
    Ppn first;
    std::uint64_t frames;
    std::uint64_t reserved;  ///< the first so many frames are never handed out
  };

  /// `storage` has room for `memory.frames` entries; it need not be initialized.
  FrameTable(Frame* storage, const Memory& memory);

  /// A frame in `state`, all other fields as constructed; null if none is free.
  Frame* allocate(FrameState state);
  /// Returns a frame; it must be in no list.
  void release(Frame& frame);
  void set_state(Frame& frame, FrameState state);

  Ppn number_of(const Frame& frame) const {
    return Ppn(memory_.first.value() + static_cast<std::uint64_t>(&frame - storage_));
  }
  const Frame& at(Ppn number) const { return storage_[number.value() - memory_.first.value()]; }
  Frame& at(Ppn number) { return storage_[number.value() - memory_.first.value()]; }
  /// Whether `number` is a frame that has been handed out at least once.
  bool known(Ppn number) const {
    return number.value() - memory_.first.value() - memory_.reserved < next_ - memory_.reserved;
  }
  std::uint64_t total() const { return memory_.frames; }
  std::uint64_t free() const { return count(FrameState::free); }
  std::uint64_t writing() const { return count(FrameState::writing); }
  FrameCounts counts() const;

 private:
  std::uint64_t count(FrameState state) const { return counts_[static_cast<unsigned>(state)]; }
  std::uint64_t& counter(FrameState state) { return counts_[static_cast<unsigned>(state)]; }

  Frame* storage_;
  Memory memory_;
  std::uint64_t next_;  // index of the first frame that was never handed out
  FrameQueue freed_;    // handed out once and given back; the last one first
  std::uint64_t counts_[kFrameStates] = {};
};

}  // namespace tlmmu::kernel
