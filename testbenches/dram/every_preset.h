// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <ostream>

#include "models/dram/dram_config.h"

namespace tlmmu {

/// Names the tests of a suite after their presets.
inline std::ostream& operator<<(std::ostream& out, DramPreset preset) {
  return out << name_in(kDramPresetNames, preset);
}

namespace testing {

/// For test suites that run with each preset.
inline const auto kEveryPreset =
    ::testing::Values(DramPreset::ddr4_2400, DramPreset::ddr5_4800, DramPreset::lpddr4_3200);

}  // namespace testing
}  // namespace tlmmu
