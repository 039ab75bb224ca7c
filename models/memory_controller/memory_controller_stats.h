// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "models/base/origin.h"
#include "models/dram/burst.h"
#include "models/stats/visitor.h"

namespace tlmmu {

/// What the memory controller did on behalf of one origin.
struct MemoryOriginStats {
  std::uint64_t reads = 0;
  std::uint64_t writes = 0;
  Bytes bytes_read;
  Bytes bytes_written;
  std::array<std::uint64_t, kRowOutcomes> rows{};  ///< bursts by what they found in their bank
  Picoseconds time;                                ///< of requests that somebody waited for
  Picoseconds posted_time;                         ///< of requests that nobody waited for

  void describe(stats::Visitor& v) const;
};

/// Group `memory_controller`.
struct MemoryControllerStats {
  std::array<MemoryOriginStats, kOrigins> origins;
  std::uint64_t accesses = 0;
  std::uint64_t bursts = 0;
  Picoseconds time;
  std::uint64_t pages = 0;
  stats::Distribution read_latency;

  MemoryOriginStats& of(Origin origin) { return origins[static_cast<unsigned>(origin)]; }
  const MemoryOriginStats& of(Origin origin) const {
    return origins[static_cast<unsigned>(origin)];
  }
  MemoryOriginStats total() const;
  void describe(stats::Visitor& v) const;
};

}  // namespace tlmmu
