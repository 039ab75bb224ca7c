// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/swap_disk/disk_timing.h"
#include "models/swap_disk/seek_curve.h"

namespace tlmmu {

/// A hard disk's mechanism: one arm, heads that move together, platters that turn since time 0.
///
/// Blocks lie along a track, then along the tracks of a cylinder, then on the next cylinder. Each
/// track starts later than the one before by the time of a head switch (skew), so that a sequential
/// run goes on without losing a revolution. The rotational delay follows from the time.
class HddTiming : public DiskTiming {
 public:
  HddTiming(const HddConfig& config, MediumStats& stats);

  Picoseconds free_at(BlockNumber) const override { return busy_until_; }
  void begin(const BlockRun& run, Picoseconds now, std::vector<Picoseconds>& ready) override;
  std::uint64_t place(BlockNumber block) const override { return track_of(block) / heads_; }
  std::uint64_t arm_place() const override { return track_ / heads_; }

  Picoseconds revolution() const { return revolution_; }

 private:
  std::uint64_t track_of(BlockNumber block) const { return block.value() / blocks_per_track_; }
  Picoseconds move_to(std::uint64_t track, DiskDirection direction);
  /// The block's number along its track, counted from the angle of time 0.
  std::uint64_t position_on_track(BlockNumber block) const;
  /// When `position` begins to pass the heads, as time within a revolution.
  Picoseconds angle(std::uint64_t position) const;

  SeekCurve curve_;
  Picoseconds write_settle_;
  Picoseconds revolution_;
  std::uint64_t heads_;
  std::uint64_t blocks_per_track_;
  std::uint64_t skew_;  ///< in blocks, from one track to the next
  std::uint64_t track_ = 0;
  Picoseconds busy_until_;
};

}  // namespace tlmmu
