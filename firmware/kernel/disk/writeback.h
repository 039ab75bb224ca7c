// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/page_in.h"

namespace tlmmu::kernel {

/// Writes pages of files that have been dirty for long, in rounds, while they stay in memory
/// (Linux: dirty_writeback_centisecs, dirty_expire_centisecs). Anonymous pages are written by
/// reclaim only.
class Writeback {
 public:
  Writeback(KernelState& state, Mapper& mapper) : state_(state), mapper_(mapper) {}

  /// At every entry of the kernel: a slice of the round that is due.
  void check();

  /// Whether one page more may be on its way to the disk.
  bool may_write() const;
  /// Sends a dirty page of a file to the disk; it is not moving.
  void write(Frame& frame);
  /// Looking at a page that may be dirty takes its time.
  void count_look();

 private:
  void look_at(Frame& frame);

  KernelState& state_;
  Mapper& mapper_;
  Picoseconds last_round_;
  std::uint64_t left_ = 0;  // pages of this round
};

}  // namespace tlmmu::kernel
