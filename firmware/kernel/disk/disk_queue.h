// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/counters.h"
#include "firmware/kernel/frames/frame_table.h"
#include "firmware/kernel/machine.h"

namespace tlmmu::kernel {

/// Requests between frames and the disk. The device's own queue may be shorter than what the kernel
/// asks for; what does not fit waits here, first come, first served.
class DiskQueue {
 public:
  DiskQueue(Machine& machine, FrameTable& frames, Counters& counters)
      : machine_(machine), frames_(frames), counters_(counters) {}

  /// Moves `frame` to or from its block: `reading` or `writing` by the frame's state.
  void submit(Frame& frame);
  /// Takes back a request that the disk has not got yet (`frame.queued`).
  void cancel(Frame& frame);
  /// The disk is done with `frame` (`frame.on_disk`).
  void complete(Frame& frame);

  std::uint64_t in_flight() const { return reads_ + writes_; }
  std::uint64_t reads_in_flight() const { return reads_; }
  std::uint64_t writes_in_flight() const { return writes_; }

 private:
  void pump();
  std::uint64_t& of(TransferDirection direction) {
    return direction == TransferDirection::read ? reads_ : writes_;
  }
  // A frame whose transfer is under way and which is not `reading` is being written, even if its
  // process has mapped it again meanwhile.
  static TransferDirection direction_of(const Frame& frame) {
    return frame.state == FrameState::reading ? TransferDirection::read : TransferDirection::write;
  }

  Machine& machine_;
  FrameTable& frames_;
  Counters& counters_;
  FrameQueue waiting_;
  std::uint64_t reads_ = 0;   // queued or on the disk
  std::uint64_t writes_ = 0;  // queued or on the disk
};

}  // namespace tlmmu::kernel
