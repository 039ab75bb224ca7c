// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/reclaim/evictor.h"
#include "firmware/kernel/vm/page_tables.h"

namespace tlmmu::kernel {

/// Takes a page from one process only, where others keep it: how a process at its resident limit
/// gives pages that are not its own to send away. Its tables are searched from where the last
/// search stopped, with a second chance (Linux 2.0, swap_out_process).
class Unsharer {
 public:
  Unsharer(KernelState& state, Mapper& mapper, Evictor& evictor)
      : state_(state), mapper_(mapper), evictor_(evictor), tables_(state.machine, state.mode) {}

  /// Whether it found one.
  bool take_from(Process& process);

 private:
  bool search(Process& process, const PageRange& range);
  bool others_keep(const Process& process, const Frame& frame) const;
  bool take(const Mapping& user, Pte pte);

  KernelState& state_;
  Mapper& mapper_;
  Evictor& evictor_;
  PageTables tables_;
};

}  // namespace tlmmu::kernel
