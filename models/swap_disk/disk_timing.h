// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "models/swap_disk/disk_command.h"
#include "models/swap_disk/swap_disk_config.h"
#include "models/swap_disk/swap_disk_stats.h"

namespace tlmmu {

/// Which way a command moves data over the medium.
enum class DiskDirection : std::uint8_t { read, write };

/// Blocks that follow each other, and which way they go.
struct BlockRun {
  DiskDirection direction;
  BlockNumber first;
  std::uint64_t count;  ///< at least 1
};

/// The medium of a disk: says when a command will be done. Its state is what the mechanism or the
/// flash channels were last told to do; times given to begin() never run backwards.
class DiskTiming {
 public:
  /// Keeps its statistics in `stats`, which must outlive it.
  explicit DiskTiming(MediumStats& stats) : stats_(stats) {}
  DiskTiming(const DiskTiming&) = delete;
  DiskTiming& operator=(const DiskTiming&) = delete;
  virtual ~DiskTiming() = default;

  /// When a command that starts at `first` could begin, if nothing else did before.
  virtual Picoseconds free_at(BlockNumber first) const = 0;
  /// Begins `run` at `now`, which is not before free_at(run.first). Sets `ready` to the time when
  /// each block is in the disk's buffer (read) or on the medium (write).
  virtual void begin(const BlockRun& run, Picoseconds now, std::vector<Picoseconds>& ready) = 0;
  /// The place of `block` along the arm's way (its cylinder), and where the arm is; 0 without an
  /// arm.
  virtual std::uint64_t place(BlockNumber) const { return 0; }
  virtual std::uint64_t arm_place() const { return 0; }

 protected:
  MediumStats& stats() { return stats_; }

 private:
  MediumStats& stats_;
};

/// The medium that `config` describes.
std::unique_ptr<DiskTiming> make_disk_timing(const SwapDiskConfig& config, MediumStats& stats);

}  // namespace tlmmu
