// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/swap_disk/disk_timing.h"

namespace tlmmu {

/// The flash of an SSD: channels that work independently, blocks dealt out to them in turn. A block
/// occupies its channel for the flash array's read or program time and the page's transfer.
class SsdTiming : public DiskTiming {
 public:
  SsdTiming(const SsdConfig& config, MediumStats& stats);

  Picoseconds free_at(BlockNumber first) const override { return free_at_[channel_of(first)]; }
  void begin(const BlockRun& run, Picoseconds now, std::vector<Picoseconds>& ready) override;

 private:
  std::size_t channel_of(BlockNumber block) const { return block.value() % free_at_.size(); }

  Picoseconds read_time_;
  Picoseconds program_time_;
  Picoseconds transfer_time_;
  std::vector<Picoseconds> free_at_;
};

}  // namespace tlmmu
