// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/swap_disk_config.h"

#include "models/swap_disk/disk_command.h"
#include "models/swap_disk/seek_curve.h"

namespace tlmmu {

namespace {

constexpr std::uint64_t kMaximumBandwidth = 1'000'000;  // 1 TB/s
constexpr Picoseconds kSecond = milliseconds(1000);

// Hitachi Deskstar 7K1000.C (1 TB, 7,200 rpm, 4 heads, SATA 3 Gb/s), OEM specification, "Mechanical
// positioning": average seek 8.5 ms read, 9.5 ms write. Full stroke 14.7 ms and head switch 1.4 ms
// are those of the Deskstar 60GXP's specification, which prints them. Tracks are modelled all
// alike: 244 blocks pass at 120 MB/s, about the mean over the zones of such a drive.
void set_hdd_7200rpm(SwapDiskConfig& c) {
  c.queue_depth = 32;  // Native Command Queuing
  c.command_overhead = microseconds(300);
  c.link_bandwidth = 300;
  c.link_overhead = nanoseconds(2750);
  c.hdd.scheduler = DiskScheduler::elevator;
  c.hdd.rpm = 7200;
  c.hdd.seek_track_to_track = microseconds(1400);
  c.hdd.seek_average = microseconds(8500);
  c.hdd.seek_full = microseconds(14700);
  c.hdd.write_settle = milliseconds(1);
  c.hdd.cylinders = 250'000;
  c.hdd.heads = 4;
  c.hdd.blocks_per_track = 244;
}

// Samsung SSD 860 EVO 1 TB, data sheet: sequential read 550 MB/s, write 520 MB/s; 4 KiB random
// reads 10,000 IOPS at queue depth 1 and 98,000 at 32. The times are fitted to these numbers: the
// link is held for 4 KiB at 550 MB/s plus 2.75 us (98,000 a second), 32 channels program 524 MB/s.
void set_sata_ssd(SwapDiskConfig& c) {
  c.queue_depth = 32;
  c.command_overhead = microseconds(10);
  c.link_bandwidth = 550;
  c.link_overhead = nanoseconds(2750);
  c.ssd.channels = 32;
  c.ssd.read_time = nanoseconds(69'500);
  c.ssd.program_time = microseconds(240);
  c.ssd.channel_bandwidth = 400;
}

// Samsung SSD 970 EVO Plus 1 TB, data sheet: sequential read 3,500 MB/s, write 3,300 MB/s; 4 KiB
// random reads 19,000 IOPS at queue depth 1 and 600,000 at 32. Fitted: a channel stands for one of
// 128 flash planes behind 8 buses of 1.4 GB/s (Toggle DDR 4.0); 128 of them program 3.3 GB/s.
void set_nvme_ssd(SwapDiskConfig& c) {
  c.queue_depth = 128;
  c.command_overhead = microseconds(5);
  c.link_bandwidth = 3500;
  c.link_overhead = nanoseconds(400);
  c.ssd.channels = 128;
  c.ssd.read_time = microseconds(43);
  c.ssd.program_time = microseconds(155);
  c.ssd.channel_bandwidth = 1400;
}

}  // namespace

Picoseconds block_time(std::uint64_t bandwidth) {
  const std::uint64_t byte_picoseconds = kDiskBlockBytes.value() * 1'000'000U;
  return Picoseconds((byte_picoseconds + bandwidth - 1) / bandwidth);
}

std::uint64_t SwapDiskConfig::blocks() const {
  return capacity / kDiskBlockBytes;
}

void SwapDiskConfig::apply_preset() {
  // The other technology's keys keep plausible values: the schema and the docs show them.
  set_hdd_7200rpm(*this);
  if (preset == DiskPreset::sata_ssd) {
    set_sata_ssd(*this);
  } else {
    const SwapDiskConfig before = *this;
    set_nvme_ssd(*this);
    if (is_hdd()) {
      const SsdConfig nvme = ssd;
      *this = before;
      ssd = nvme;
    }
  }
}

void HddConfig::describe(config::Visitor& v) {
  v.choice({"scheduler", "which waiting command the mechanism serves next"}, scheduler,
           kDiskSchedulerNames);
  v.number({"rpm", "revolutions per minute"}, rpm, {60, 100'000});
  const config::Range seek{0, kSecond.value()};
  v.time({"seek_track_to_track", "seek to the next cylinder, and switch to another head"},
         seek_track_to_track, seek);
  v.time({"seek_average", "mean seek over all pairs of cylinders"}, seek_average, seek);
  v.time({"seek_full", "seek over all cylinders"}, seek_full, seek);
  v.time({"write_settle", "what a seek of two or more cylinders takes longer before a write"},
         write_settle, seek);
  v.number({"cylinders", "cylinders of the drive, also where `capacity` uses only the first ones"},
           cylinders, {8, 1U << 24U});
  v.number({"heads", "tracks per cylinder"}, heads, {1, 64});
  v.number({"blocks_per_track", "4 KiB blocks that pass a head in one revolution"},
           blocks_per_track, {1, 100'000});
  v.require(seek_average >= SeekCurve::lowest_average(seek_track_to_track, seek_full) &&
                seek_average <= SeekCurve::highest_average(seek_track_to_track, seek_full),
            "seek_average", SeekCurve::kAverageRule);
}

void SsdConfig::describe(config::Visitor& v) {
  const config::Range time{0, kSecond.value()};
  v.number({"channels", "flash channels that work independently, each on one block at a time"},
           channels, {1, 4096});
  v.time({"read_time", "flash array to page register, per 4 KiB block"}, read_time, time);
  v.time({"program_time", "page register to flash array, per 4 KiB block"}, program_time, time);
  v.number({"channel_bandwidth", "page transfer on each channel, in 10^6 bytes per second"},
           channel_bandwidth, {1, kMaximumBandwidth});
}

void SwapDiskConfig::describe(config::Visitor& v) {
  v.choice({"preset", "drive whose data sheet sets every other key but capacity and file"}, preset,
           kDiskPresetNames);
  if (v.loading()) apply_preset();
  v.bytes({"capacity", "size of the disk; costs nothing until it is written"}, capacity,
          {kDiskBlockBytes.value(), gibibytes(16'384).value()});
  v.text({"backing_file", "file that keeps the contents; empty: a temporary file without a name"},
         backing_file);
  v.number({"queue_depth", "commands that the disk takes before the first one has completed"},
           queue_depth, {1, 4096});
  v.time({"command_overhead", "controller time of each command before the medium is asked"},
         command_overhead, {0, kSecond.value()});
  v.number({"link_bandwidth", "between disk and bus, in 10^6 bytes per second"}, link_bandwidth,
           {1, kMaximumBandwidth});
  v.time({"link_overhead", "time on the link for each command beside its data"}, link_overhead,
         {0, kSecond.value()});
  v.when(is_hdd(), "preset is hdd_7200rpm", [&] { hdd.describe(v); });
  v.when(!is_hdd(), "preset is an SSD", [&] { ssd.describe(v); });
  v.section({"faults", "what goes wrong at the disk"}, faults);
  v.require(capacity % kDiskBlockBytes == Bytes(0), "capacity", "must be a multiple of 4KiB");
  v.require(!is_hdd() || blocks() <= hdd.blocks(), "capacity",
            "must be at most cylinders * heads * blocks_per_track * 4KiB");
}

}  // namespace tlmmu
