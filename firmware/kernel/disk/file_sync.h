// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/disk/writeback.h"

namespace tlmmu::kernel {

/// Dirty pages of files that somebody wants on the disk now: a process, or the machine that stops.
class FileSync {
 public:
  FileSync(KernelState& state, Mapper& mapper, PageIn& page_in, Writeback& writeback)
      : state_(state), mapper_(mapper), page_in_(page_in), writeback_(writeback) {}

  /// msync(MS_SYNC): is done when what was stored to the pages of files that `range` shares is on
  /// the disk.
  CallAnswer msync(Process& process, const PageRange& range);
  /// sync(2): the same for all pages of all files, whoever stored to them. Nobody is told of
  /// errors.
  CallAnswer sync(Process& process);
  /// Nobody is left. Writes what is dirty, unless `Settings::shutdown` says otherwise; true when
  /// the disk is done, after which the rest is lost. Until then to be called after each transfer.
  bool shut_down();

 private:
  template <class Find>
  bool start_all(Process& process, Find page_at);
  template <class Find>
  bool wait_for_all(Process& process, Find page_at);
  Frame* page_of(Process& process, Vpn page);
  Frame* page_in_frame(std::uint64_t index);
  bool is_broken(Process& process, const PageRange& range);
  bool start_the_rest();
  void count_the_lost();

  KernelState& state_;
  Mapper& mapper_;
  PageIn& page_in_;
  Writeback& writeback_;
};

}  // namespace tlmmu::kernel
