// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/ssd_timing.h"

#include <algorithm>

namespace tlmmu {

SsdTiming::SsdTiming(const SsdConfig& config, MediumStats& stats)
    : DiskTiming(stats),
      read_time_(config.read_time),
      program_time_(config.program_time),
      transfer_time_(block_time(config.channel_bandwidth)),
      free_at_(config.channels) {
  stats.channel_busy.resize(config.channels);
}

void SsdTiming::begin(const BlockRun& run, Picoseconds now, std::vector<Picoseconds>& ready) {
  ready.clear();
  const Picoseconds array = run.direction == DiskDirection::read ? read_time_ : program_time_;
  for (std::uint64_t i = 0; i < run.count; ++i) {
    const std::size_t channel = channel_of(BlockNumber(run.first.value() + i));
    free_at_[channel] = std::max(free_at_[channel], now) + array + transfer_time_;
    ready.push_back(free_at_[channel]);
    stats().array += array;
    stats().transfer += transfer_time_;
    stats().channel_busy[channel] += array + transfer_time_;
  }
}

}  // namespace tlmmu
