// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/disk_timing.h"

#include "models/swap_disk/hdd_timing.h"
#include "models/swap_disk/ssd_timing.h"

namespace tlmmu {

std::unique_ptr<DiskTiming> make_disk_timing(const SwapDiskConfig& config, MediumStats& stats) {
  if (config.is_hdd()) return std::make_unique<HddTiming>(config.hdd, stats);
  return std::make_unique<SsdTiming>(config.ssd, stats);
}

}  // namespace tlmmu
