// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/page_in.h"

namespace tlmmu::kernel {

/// Finished transfers.
class Completion {
 public:
  Completion(KernelState& state, Mapper& mapper, Reclaimer& reclaimer, Ending& ending,
             PageIn& page_in, SpaceKeeper& spaces)
      : state_(state),
        mapper_(mapper),
        reclaimer_(reclaimer),
        ending_(ending),
        page_in_(page_in),
        spaces_(spaces) {}

  /// A tag that is not under way is counted and ignored.
  void finish(DiskTag tag, TransferResult result);

 private:
  void read_done(Frame& frame);
  void read_failed(Frame& frame);
  void wake_writers(Frame& frame);
  void write_done(Frame& frame);
  void write_failed(Frame& frame);
  void slot_broke(Frame& frame);
  void move_to_slot(Frame& frame, DiskBlock slot);
  void redirect(Process* process, const PageRange& range, Pte from, DiskBlock to);
  bool is_needed(const Frame& frame) const;

  KernelState& state_;
  Mapper& mapper_;
  Reclaimer& reclaimer_;
  Ending& ending_;
  PageIn& page_in_;
  SpaceKeeper& spaces_;
};

}  // namespace tlmmu::kernel
