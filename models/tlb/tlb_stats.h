// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/base/quantity.h"
#include "models/stats/visitor.h"

namespace tlmmu {

/// What one TLB did.
struct TlbStats {
  std::uint64_t accesses = 0;
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  std::uint64_t dirty_rewalks = 0;
  std::uint64_t g_stage_lookups = 0;
  std::uint64_t permission_faults = 0;
  std::uint64_t failed_walks = 0;
  std::uint64_t fills = 0;
  std::uint64_t refreshes = 0;
  std::uint64_t unfilled = 0;
  std::uint64_t overtaken = 0;
  std::uint64_t victims_taken = 0;
  std::uint64_t evictions = 0;
  std::uint64_t moved_up = 0;
  std::uint64_t fences = 0;
  std::uint64_t invalidations = 0;
  std::uint64_t superseded = 0;
  std::uint64_t back_invalidations = 0;
  std::uint64_t held = 0;
  Picoseconds own_time;
  Picoseconds latency;  ///< of one access

  void describe(stats::Visitor& v) const;
};

}  // namespace tlmmu
