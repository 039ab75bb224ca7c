// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "models/base/enum_names.h"
#include "models/base/quantity.h"
#include "models/swap_disk/disk_faults_config.h"

namespace tlmmu {

enum class DiskPreset : std::uint8_t { hdd_7200rpm, sata_ssd, nvme_ssd };
constexpr EnumName<DiskPreset> kDiskPresetNames[] = {
    {DiskPreset::hdd_7200rpm, "hdd_7200rpm"},
    {DiskPreset::sata_ssd, "sata_ssd"},
    {DiskPreset::nvme_ssd, "nvme_ssd"},
};

/// Which of the waiting commands a hard disk serves next.
enum class DiskScheduler : std::uint8_t {
  fifo,      ///< the one that waits longest
  elevator,  ///< the nearest in the direction of the last seek (LOOK); turns at the last one
};
constexpr EnumName<DiskScheduler> kDiskSchedulerNames[] = {
    {DiskScheduler::fifo, "fifo"},
    {DiskScheduler::elevator, "elevator"},
};

/// The mechanism of a hard disk.
struct HddConfig {
  DiskScheduler scheduler = DiskScheduler::elevator;
  std::uint64_t rpm = 7200;
  Picoseconds seek_track_to_track;
  Picoseconds seek_average;  ///< mean over uniformly random pairs of cylinders
  Picoseconds seek_full;
  Picoseconds write_settle;  ///< added to seeks of two or more cylinders before a write
  std::uint64_t cylinders = 1;
  std::uint64_t heads = 1;
  std::uint64_t blocks_per_track = 1;

  std::uint64_t blocks() const { return cylinders * heads * blocks_per_track; }
  void describe(config::Visitor& v);
};

/// The flash behind an SSD's controller.
struct SsdConfig {
  std::uint64_t channels = 1;           ///< work independently, each on one block at a time
  Picoseconds read_time;                ///< flash array to page register, per block
  Picoseconds program_time;             ///< page register to flash array, per block
  std::uint64_t channel_bandwidth = 1;  ///< 10^6 bytes per second, of each channel

  void describe(config::Visitor& v);
};

/// [swap_disk]
struct SwapDiskConfig {
  DiskPreset preset = DiskPreset::nvme_ssd;
  Bytes capacity = gibibytes(16);
  std::string backing_file;  ///< empty: an anonymous temporary file
  std::uint64_t queue_depth = 0;
  Picoseconds command_overhead;      ///< of the controller, per command; commands overlap in it
  std::uint64_t link_bandwidth = 1;  ///< 10^6 bytes per second between the disk and the bus
  Picoseconds link_overhead;         ///< on the link, per command that moves data
  HddConfig hdd;
  SsdConfig ssd;
  DiskFaultsConfig faults;

  /// The machine's default: an NVMe SSD.
  SwapDiskConfig() { apply_preset(); }

  bool is_hdd() const { return preset == DiskPreset::hdd_7200rpm; }
  std::uint64_t blocks() const;
  /// Sets everything but capacity and backing file to the data sheet of `preset`.
  void apply_preset();
  void describe(config::Visitor& v);
};

/// Time that one block takes at `bandwidth` (10^6 bytes per second), rounded up.
Picoseconds block_time(std::uint64_t bandwidth);

}  // namespace tlmmu
