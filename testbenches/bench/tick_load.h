// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "testbenches/bench/flat_machine.h"

namespace tlmmu::kernel {

/// A machine whose memory is full of one process's pages, under NRU: each tick clears the accessed
/// bits of all of them.
class TickLoad {
 public:
  explicit TickLoad(std::uint64_t frames);

  /// The process uses all of its pages.
  void use_all();
  /// The next tick, at an entry of the kernel that has nothing else to do.
  void tick();
  /// Frames that ticks have looked at.
  std::uint64_t looks() const { return host_.kernel.state().counters.references_cleared; }

 private:
  KernelOnFlatMachine host_;
  ProcessId process_;
  std::uint64_t pages_;
};

}  // namespace tlmmu::kernel
