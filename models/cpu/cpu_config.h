// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/config/visitor.h"

namespace tlmmu {

/// Section [cpu]: an in-order core that waits for each access.
struct CpuConfig {
  ClockPeriod clock = ClockPeriod::from_hertz(2'000'000'000);
  std::uint64_t instruction_cycles = 1;

  void describe(config::Visitor& v) {
    v.frequency({"clock", "clock of the core, its TLBs, walker and caches"}, clock,
                {1'000'000, 10'000'000'000});
    v.number({"instruction_cycles", "cycles of an instruction beside its memory accesses"},
             instruction_cycles, {0, 1000});
  }
};

}  // namespace tlmmu
