// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/vm/space.h"

namespace tlmmu::kernel {

/// The end of a process: everything it holds goes back, at once or when the disk lets go of it. It
/// stays a zombie until its parent has waited for it.
class Ending {
 public:
  Ending(KernelState& state, Mapper& mapper, SpaceKeeper& spaces)
      : state_(state), mapper_(mapper), spaces_(spaces) {}

  void end(Process& process);
  void kill(Process& process, KillReason reason);
  /// It does not wait for its page any more.
  void forget_awaited(Process& process);
  /// The parent has taken note of the end of `child`.
  void collect(Process& parent, Process& child);

 private:
  void leave_family(Process& process);

  KernelState& state_;
  Mapper& mapper_;
  SpaceKeeper& spaces_;
};

}  // namespace tlmmu::kernel
