// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/dram/burst.h"
#include "models/stats/visitor.h"

namespace tlmmu {

/// What happened on one channel, or on several together.
struct ChannelStats {
  std::uint64_t reads = 0;   ///< RD commands
  std::uint64_t writes = 0;  ///< WR commands
  std::array<std::uint64_t, kRowOutcomes> rows{};
  std::uint64_t activates = 0;
  std::uint64_t precharges_for_conflict = 0;
  std::uint64_t precharges_by_policy = 0;
  std::uint64_t precharges_for_refresh = 0;
  std::uint64_t refreshes = 0;
  std::uint64_t data_bus_busy = 0;  ///< cycles of the DRAM clock

  void count(BurstKind kind, RowOutcome outcome) {
    ++(kind == BurstKind::read ? reads : writes);
    ++rows[static_cast<unsigned>(outcome)];
  }
  std::uint64_t bursts() const { return reads + writes; }
  std::uint64_t row(RowOutcome outcome) const { return rows[static_cast<unsigned>(outcome)]; }
  std::uint64_t precharges() const {
    return precharges_for_conflict + precharges_by_policy + precharges_for_refresh;
  }
  ChannelStats& operator+=(const ChannelStats& other);
};

/// Group `dram`: a view of the channels' counters at one moment.
struct DramStats {
  std::vector<ChannelStats> channels;
  std::uint64_t open_rows = 0;
  Cycles burst;

  ChannelStats total() const;
  void describe(stats::Visitor& v) const;
};

}  // namespace tlmmu
