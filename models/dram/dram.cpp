// SPDX-License-Identifier: Apache-2.0
#include "models/dram/dram.h"

namespace tlmmu {

Dram::Dram(const DramConfig& config, RowIdleLimit idle_limit, CommandLog* log)
    : burst_(burst_cycles(config.geometry)) {
  for (unsigned number = 0; number < config.geometry.channels; ++number) {
    channels_.emplace_back(number, config, idle_limit, log);
  }
}

void Dram::catch_up(Cycles now) {
  for (Channel& channel : channels_) channel.catch_up(now);
}

DramStats Dram::stats() const {
  DramStats stats;
  stats.burst = burst_;
  for (const Channel& channel : channels_) {
    stats.channels.push_back(channel.stats());
    stats.open_rows += channel.open_rows();
  }
  return stats;
}

}  // namespace tlmmu
