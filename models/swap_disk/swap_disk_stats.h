// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/stats/visitor.h"

namespace tlmmu {

/// Where the medium's time went, and how long each channel worked. A hard disk is one channel.
struct MediumStats {
  Picoseconds seek;
  Picoseconds rotation;
  Picoseconds array;     ///< flash read and program times
  Picoseconds transfer;  ///< between medium and buffer
  std::vector<Picoseconds> channel_busy;

  void describe(stats::Visitor& v) const;
};

/// The stations of the reads and writes that succeeded. Each begins where the one before ends, so
/// they add up to the response time.
struct DiskPhaseStats {
  Picoseconds overhead;            ///< controller
  Picoseconds link;                ///< before the medium (write) or after it (read), with waiting
  stats::Distribution queue_wait;  ///< from being ready for the medium to its beginning
  stats::Distribution service;     ///< from the medium's beginning to its last block
  stats::Distribution response;    ///< from submission to completion

  void describe(stats::Visitor& v) const;
};

/// Faults that were injected, of commands that have completed.
struct DiskFaultStats {
  std::uint64_t read_errors = 0;
  std::uint64_t write_errors = 0;
  std::uint64_t latency_spikes = 0;
  Picoseconds spike_time;
  std::uint64_t lost_interrupts = 0;

  void describe(stats::Visitor& v) const;
};

/// Statistics of the swap disk, group `swap_disk`.
struct SwapDiskStats {
  std::uint64_t submitted = 0;      ///< commands that were accepted
  std::uint64_t rejected_busy = 0;  ///< and those that were not: queue full
  std::uint64_t completed = 0;
  std::uint64_t in_queue = 0;  ///< accepted, not yet completed
  std::uint64_t maximum_in_queue = 0;
  std::uint64_t reads = 0, writes = 0, flushes = 0;  ///< that ended well
  std::uint64_t bad_commands = 0, out_of_range = 0, dma_errors = 0, data_errors = 0,
                medium_errors = 0;
  std::uint64_t blocks_read = 0, blocks_written = 0;  ///< of the store
  std::uint64_t blocks_not_kept = 0;                  ///< came from memory, but the medium failed
  std::uint64_t bytes_to_memory = 0, bytes_from_memory = 0;
  std::uint64_t refused_to_memory = 0;  ///< blocks read that the memory did not take
  std::uint64_t checksum_errors = 0;
  Picoseconds link_busy;
  Picoseconds memory_time;  ///< that the DMA's transactions took on the bus and in memory
  MediumStats medium;
  DiskPhaseStats phases;
  DiskFaultStats faults;

  void describe(stats::Visitor& v) const;

 private:
  void describe_commands(stats::Visitor& v) const;
  void describe_data(stats::Visitor& v) const;
};

}  // namespace tlmmu
