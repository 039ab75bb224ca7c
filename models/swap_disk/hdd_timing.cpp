// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/hdd_timing.h"

namespace tlmmu {

namespace {

constexpr Picoseconds kMinute = milliseconds(60'000);

std::uint64_t distance(std::uint64_t a, std::uint64_t b) {
  return a < b ? b - a : a - b;
}

}  // namespace

HddTiming::HddTiming(const HddConfig& config, MediumStats& stats)
    : DiskTiming(stats),
      curve_({config.seek_track_to_track, config.seek_average, config.seek_full}, config.cylinders),
      write_settle_(config.write_settle),
      revolution_(kMinute / config.rpm),
      heads_(config.heads),
      blocks_per_track_(config.blocks_per_track),
      // Rounded up: a head that comes a little too late would wait for a whole revolution.
      skew_(
          (config.seek_track_to_track.value() * config.blocks_per_track + revolution_.value() - 1) /
          revolution_.value() % config.blocks_per_track) {
  stats.channel_busy.resize(1);
}

std::uint64_t HddTiming::position_on_track(BlockNumber block) const {
  const std::uint64_t turned = track_of(block) % blocks_per_track_ * skew_;
  return (block.value() + turned) % blocks_per_track_;
}

Picoseconds HddTiming::angle(std::uint64_t position) const {
  return revolution_ * position / blocks_per_track_;
}

Picoseconds HddTiming::move_to(std::uint64_t track, DiskDirection direction) {
  if (track == track_) return Picoseconds(0);
  // Another head of the same cylinder has to find its track, too: that takes one cylinder's step.
  const std::uint64_t cylinders = distance(track / heads_, track_ / heads_);
  track_ = track;
  if (cylinders <= 1) return curve_.time(1);
  return curve_.time(cylinders) +
         (direction == DiskDirection::write ? write_settle_ : Picoseconds(0));
}

void HddTiming::begin(const BlockRun& run, Picoseconds now, std::vector<Picoseconds>& ready) {
  ready.clear();
  Picoseconds time = now;
  for (std::uint64_t i = 0; i < run.count; ++i) {
    const BlockNumber block(run.first.value() + i);
    const Picoseconds seek = move_to(track_of(block), run.direction);
    time += seek;
    const std::uint64_t position = position_on_track(block);
    const Picoseconds rotation = (revolution_ + angle(position) - time % revolution_) % revolution_;
    const Picoseconds transfer = angle(position + 1) - angle(position);
    time += rotation + transfer;
    ready.push_back(time);
    stats().seek += seek;
    stats().rotation += rotation;
    stats().transfer += transfer;
  }
  stats().channel_busy[0] += time - now;
  busy_until_ = time;
}

}  // namespace tlmmu
