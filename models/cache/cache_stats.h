// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "models/base/origin.h"
#include "models/base/quantity.h"
#include "models/stats/visitor.h"

namespace tlmmu {

/// What one origin asked of a cache, counted by the line.
struct CacheOriginStats {
  std::uint64_t accesses = 0;
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  Picoseconds own_time;

  void describe(stats::Visitor& v) const;
};

/// What one cache did.
struct CacheStats {
  std::array<CacheOriginStats, kOrigins> origins;
  // misses
  std::uint64_t line_fetches = 0;
  std::uint64_t whole_line_writes = 0;
  std::uint64_t writes_around = 0;
  std::uint64_t fetch_errors = 0;
  // lines
  std::uint64_t fills = 0;
  std::uint64_t evictions = 0;
  std::uint64_t invalidated = 0;
  std::uint64_t held = 0;
  // dirty lines
  std::uint64_t dirtied = 0;
  std::uint64_t writebacks = 0;
  std::uint64_t cleaned = 0;
  std::uint64_t discarded = 0;
  std::uint64_t dirty_held = 0;
  std::uint64_t failed_writebacks = 0;
  // traffic and maintenance
  std::uint64_t writes_through = 0;
  std::uint64_t write_through_bytes = 0;
  std::uint64_t maintenance_operations = 0;
  std::uint64_t maintenance_lines = 0;
  Picoseconds posted_time;
  Picoseconds latency;  ///< of one lookup

  CacheOriginStats& of(Origin origin) { return origins[static_cast<unsigned>(origin)]; }
  const CacheOriginStats& of(Origin origin) const { return origins[static_cast<unsigned>(origin)]; }
  CacheOriginStats total() const;

  void describe(stats::Visitor& v) const;

 private:
  void describe_lines(stats::Visitor& v) const;
  void describe_laws(stats::Visitor& v) const;
};

}  // namespace tlmmu
