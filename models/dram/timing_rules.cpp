// SPDX-License-Identifier: Apache-2.0
#include "models/dram/timing_rules.h"

namespace tlmmu {

namespace {

/// Without bank groups every pair of banks follows the rules inside a group.
DramTiming effective(const DramConfig& config) {
  DramTiming t = config.timing;
  if (config.geometry.bank_groups == 1) {
    t.tCCD_S = Cycles(0);
    t.tRRD_S = Cycles(0);
    t.tWTR_S = Cycles(0);
  }
  return t;
}

}  // namespace

TimingRules::TimingRules(const DramConfig& config)
    : DramTiming(effective(config)),
      burst(burst_cycles(config.geometry)),
      write_to_precharge(tCWL + burst + tWR),
      write_to_read_S(tCWL + burst + tWTR_S),
      write_to_read_L(tCWL + burst + tWTR_L) {}

}  // namespace tlmmu
