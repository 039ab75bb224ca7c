// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/dram/dram_config.h"

namespace tlmmu {

DramGeometry preset_geometry(DramPreset preset);
DramTiming preset_timing(DramPreset preset);

}  // namespace tlmmu
