// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/enum_names.h"
#include "models/config/visitor.h"
#include "models/dram/dram_timing.h"

namespace tlmmu {

/// Memory that can be bought, as one module or package of it. Sources are in presets.cpp.
enum class DramPreset : std::uint8_t { ddr4_2400, ddr5_4800, lpddr4_3200 };
constexpr EnumName<DramPreset> kDramPresetNames[] = {
    {DramPreset::ddr4_2400, "DDR4-2400"},
    {DramPreset::ddr5_4800, "DDR5-4800"},
    {DramPreset::lpddr4_3200, "LPDDR4-3200"},
};

/// Section [dram]: geometry and timing, from a preset whose values can be replaced key by key.
struct DramConfig {
  DramConfig() : DramConfig(DramPreset::ddr4_2400) {}
  explicit DramConfig(DramPreset preset);

  DramPreset preset;
  DramGeometry geometry;
  DramTiming timing;

  void describe(config::Visitor& v);
};

}  // namespace tlmmu
