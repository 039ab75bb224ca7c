// SPDX-License-Identifier: Apache-2.0
#include "models/memory_controller/request_scheduler.h"

#include <algorithm>

namespace tlmmu {

RequestScheduler::RequestScheduler(const MemoryControllerConfig& config, const DramConfig& dram,
                                   MemoryControllerStats& stats, CommandLog* log)
    : period_(dram.timing.tCK),
      latency_(config.frontend_latency),
      burst_shift_(log2_floor(dram.geometry.burst_bytes().value())),
      map_(config.address_mapping, dram.geometry),
      dram_(dram, row_idle_limit(config, dram.timing.tCK), log),
      writes_(config.write_queue),
      stats_(stats) {}

Picoseconds RequestScheduler::serve(const MemoryRequest& request) {
  const Cycles arrival = edge_after(request.now + latency_);
  MemoryOriginStats& origin = stats_.of(request.origin);
  const std::uint64_t first = request.offset >> burst_shift_;
  const std::uint64_t last = (request.offset + request.length - 1) >> burst_shift_;
  Cycles done = arrival;
  for (std::uint64_t burst = first; burst <= last; ++burst) {
    done = std::max(done, serve_burst(request, burst << burst_shift_, arrival, origin));
  }
  stats_.bursts += last - first + 1;
  const Picoseconds wait = period_ * done.value() - request.now;
  count(request, wait, origin);
  return wait;
}

void RequestScheduler::count(const MemoryRequest& request, Picoseconds wait,
                             MemoryOriginStats& origin) {
  ++stats_.accesses;
  stats_.time += wait;
  (request.completion == Completion::awaited ? origin.time : origin.posted_time) += wait;
  if (request.kind == BurstKind::read) {
    ++origin.reads;
    origin.bytes_read += Bytes(request.length);
    stats_.read_latency.record(wait.value());
  } else {
    ++origin.writes;
    origin.bytes_written += Bytes(request.length);
  }
}

Cycles RequestScheduler::serve_burst(const MemoryRequest& request, std::uint64_t offset,
                                     Cycles arrival, MemoryOriginStats& origin) {
  const BurstAddress address = map_.decode(offset);
  const bool reads = request.kind == BurstKind::read;
  const Cycles admitted = reads ? arrival : writes_.admit(arrival);
  const BurstTiming timing = dram_.serve(address, request.kind, admitted);
  ++origin.rows[static_cast<unsigned>(timing.outcome)];
  return reads ? timing.data_end : writes_.hold(admitted, timing.data_end);
}

void RequestScheduler::catch_up(Picoseconds now) {
  dram_.catch_up(Cycles(now / period_));
}

}  // namespace tlmmu
