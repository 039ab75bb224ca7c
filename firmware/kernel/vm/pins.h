// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/kernel_state.h"

namespace tlmmu::kernel {

/// Frames that stay in memory for a process, though nobody may map them yet: what a fault has just
/// brought in, until the process runs again, and the page of a file that the hart copies.
class Pins {
 public:
  explicit Pins(KernelState& state) : state_(state) {}

  /// In place of what the process had pinned before.
  void pin(Process& process, Frame& frame);
  /// The process came back: what it was given last may go, and whoever waits for memory tries
  /// again.
  void unpin(Process& process);
  /// Takes back a pin of this same entry of the kernel, which nobody else has seen.
  void let_go(Process& process);

  /// The page of a file that the hart copies from or to stays in memory until it is released.
  void hold_source(Process& process, Frame& frame);
  void release_source(Process& process);
  /// The process has to wait in the middle of its copy. One process keeps its page of the file even
  /// then, so that it needs nothing but the page that it waits for, and all get on in turn; the
  /// others find theirs again.
  void wait_with_source(Process& process);

 private:
  KernelState& state_;
};

}  // namespace tlmmu::kernel
