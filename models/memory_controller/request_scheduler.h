// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/dram/dram.h"
#include "models/memory_controller/address_map.h"
#include "models/memory_controller/memory_controller_config.h"
#include "models/memory_controller/memory_controller_stats.h"
#include "models/memory_controller/write_queue.h"

namespace tlmmu {

/// One access of an initiator: any length from 1, any alignment, inside the memory.
struct MemoryRequest {
  Origin origin;
  Completion completion;
  BurstKind kind;
  std::uint64_t offset;
  std::uint64_t length;
  Picoseconds now;  ///< the initiator's local time
};

/// Splits requests into DRAM bursts and serves them in the order of their arrival here. A request's
/// bursts are all sent at once, so they overlap over banks and channels.
class RequestScheduler {
 public:
  /// The parts agree (see memory_rules.h). Counts into `stats`; commands go to `log` if there is
  /// one.
  RequestScheduler(const MemoryControllerConfig& config, const DramConfig& dram,
                   MemoryControllerStats& stats, CommandLog* log);

  /// How long an initiator waits that does wait: a read for its last data, a write for its place in
  /// the write queue.
  Picoseconds serve(const MemoryRequest& request);
  /// Works out what the DRAM did by itself before `now`.
  void catch_up(Picoseconds now);

  DramStats dram_stats() const { return dram_.stats(); }
  const DramAddressMap& address_map() const { return map_; }

 private:
  Cycles serve_burst(const MemoryRequest& request, std::uint64_t offset, Cycles arrival,
                     MemoryOriginStats& origin);
  void count(const MemoryRequest& request, Picoseconds wait, MemoryOriginStats& origin);
  /// The first clock edge at or after `time`.
  Cycles edge_after(Picoseconds time) const {
    return Cycles((time + period_ - Picoseconds(1)) / period_);
  }

  Picoseconds period_;
  Picoseconds latency_;
  unsigned burst_shift_;
  DramAddressMap map_;
  Dram dram_;
  WriteQueue writes_;
  MemoryControllerStats& stats_;
};

}  // namespace tlmmu
