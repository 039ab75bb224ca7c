// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/dram/dram_config.h"

namespace tlmmu {

/// The configured rules plus what follows from them, computed once.
struct TimingRules : DramTiming {
  explicit TimingRules(const DramConfig& config);

  Cycles burst;               ///< data-bus cycles of one burst
  Cycles write_to_precharge;  ///< WR to PRE
  Cycles write_to_read_S;     ///< WR to RD
  Cycles write_to_read_L;     ///< WR to RD
};

}  // namespace tlmmu
