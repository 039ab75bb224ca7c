// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/vm/mapper.h"

namespace tlmmu::kernel {

/// Ticks of the policy's since boot, as time has it; none where it does not forget.
std::uint64_t reference_ticks_due(const KernelState& state);

/// For a policy that forgets: at each tick of the machine's time, whoever runs, all A bits of the
/// pages of processes are cleared. Ticks are multiples of `nru_tick`; one is noticed at the next
/// entry of the kernel, and several that came before it are one.
class ReferenceTick {
 public:
  ReferenceTick(KernelState& state, Mapper& mapper) : state_(state), mapper_(mapper) {}

  /// At every entry of the kernel.
  void check();

 private:
  void forget(PagePool& pool);

  KernelState& state_;
  Mapper& mapper_;
  std::uint64_t ticks_ = 0;  // since boot, as far as they were noticed
};

}  // namespace tlmmu::kernel
