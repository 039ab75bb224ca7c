// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/page_in.h"

namespace tlmmu::kernel {

/// Writes dirty pages of files while they stay in memory: those that have been dirty for long, in
/// rounds (Linux: dirty_writeback_centisecs, dirty_expire_centisecs), and those that a process
/// wants on the disk. Anonymous pages are written by reclaim only.
class Writeback {
 public:
  Writeback(KernelState& state, Mapper& mapper, PageIn& page_in)
      : state_(state), mapper_(mapper), page_in_(page_in) {}

  /// At every entry of the kernel: a slice of the round that is due.
  void check();
  /// msync(MS_SYNC): is done when what was stored to the pages of files that `range` shares is on
  /// the disk.
  CallAnswer sync(Process& process, const PageRange& range);

 private:
  void look_at(Frame& frame);
  bool may_write() const;
  void write(Frame& frame);
  Frame* page_of(Process& process, Vpn page);
  bool start_all(Process& process);
  bool wait_for_all(Process& process);
  bool is_broken(Process& process, const PageRange& range);

  KernelState& state_;
  Mapper& mapper_;
  PageIn& page_in_;
  Picoseconds last_round_;
  std::uint64_t left_ = 0;  // pages of this round
};

}  // namespace tlmmu::kernel
