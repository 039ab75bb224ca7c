// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <vector>

#include "models/base/origin.h"
#include "models/stats/visitor.h"

namespace tlmmu {

/// What one origin sent through the router.
struct BusOriginStats {
  std::uint64_t transactions = 0;
  std::uint64_t bytes = 0;  ///< the lengths of all transactions, moved or not
  Picoseconds time;         ///< that the router added to transactions that somebody awaits
  Picoseconds posted_time;  ///< and to posted ones

  void describe(stats::Visitor& v) const;
};

/// What went to one target.
struct BusTargetStats {
  std::string name;
  std::uint64_t transactions = 0;
  std::uint64_t bytes = 0;
  std::uint64_t errors = 0;  ///< that the target answered

  void describe(stats::Visitor& v) const;
};

/// Statistics of the router, group `bus`.
struct BusStats {
  std::array<BusOriginStats, kOrigins> origins;
  std::vector<BusTargetStats> targets;
  std::uint64_t decode_errors = 0;
  std::uint64_t decode_error_bytes = 0;
  Picoseconds latency;  ///< of one transaction

  BusOriginStats& of(Origin origin) { return origins[static_cast<unsigned>(origin)]; }
  const BusOriginStats& of(Origin origin) const { return origins[static_cast<unsigned>(origin)]; }

  void describe(stats::Visitor& v) const;
};

}  // namespace tlmmu
