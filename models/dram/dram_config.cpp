// SPDX-License-Identifier: Apache-2.0
#include "models/dram/dram_config.h"

#include "models/dram/presets.h"

namespace tlmmu {

DramConfig::DramConfig(DramPreset which)
    : preset(which), geometry(preset_geometry(which)), timing(preset_timing(which)) {}

void DramConfig::describe(config::Visitor& v) {
  v.choice({"preset", "the memory that gives the other keys of this section their defaults"},
           preset, kDramPresetNames);
  if (v.loading()) *this = DramConfig(preset);
  geometry.describe(v);
  timing.describe(v, geometry);
}

}  // namespace tlmmu
