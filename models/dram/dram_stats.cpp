// SPDX-License-Identifier: Apache-2.0
#include "models/dram/dram_stats.h"

#include <fmt/format.h>

namespace tlmmu {

namespace {

/// What the report shows of each channel on its own.
struct ChannelView {
  const ChannelStats& channel;
  Cycles burst;

  void describe(stats::Visitor& v) const {
    v.counter({"reads", "bursts", "RD commands"}, channel.reads);
    v.counter({"writes", "bursts", "WR commands"}, channel.writes);
    v.counter({"data_bus_busy", "DRAM cycles", "cycles in which data was on the bus"},
              channel.data_bus_busy);
    v.law("data_bus_busy = (reads + writes) * burst cycles", channel.data_bus_busy,
          channel.bursts() * burst.value());
  }
};

void describe_rows(stats::Visitor& v, const ChannelStats& total) {
  const std::uint64_t hits = total.row(RowOutcome::hit);
  const std::uint64_t closed = total.row(RowOutcome::closed);
  const std::uint64_t conflicts = total.row(RowOutcome::conflict);
  v.counter({"row_hits", "bursts", "the row was open"}, hits);
  v.counter({"row_closed", "bursts", "no row was open in the bank"}, closed);
  v.counter({"row_conflicts", "bursts", "another row was open in the bank"}, conflicts);
  v.ratio({"row_hit_ratio", "", "row hits of all bursts"}, hits, total.bursts());
  v.law("row_hits + row_closed + row_conflicts = reads + writes", hits + closed + conflicts,
        total.bursts());
  v.law("activates = row_closed + row_conflicts", total.activates, closed + conflicts);
  v.law("precharges_for_conflict = row_conflicts", total.precharges_for_conflict, conflicts);
}

}  // namespace

ChannelStats& ChannelStats::operator+=(const ChannelStats& other) {
  reads += other.reads;
  writes += other.writes;
  for (unsigned outcome = 0; outcome < kRowOutcomes; ++outcome) {
    rows[outcome] += other.rows[outcome];
  }
  activates += other.activates;
  precharges_for_conflict += other.precharges_for_conflict;
  precharges_by_policy += other.precharges_by_policy;
  precharges_for_refresh += other.precharges_for_refresh;
  refreshes += other.refreshes;
  data_bus_busy += other.data_bus_busy;
  return *this;
}

ChannelStats DramStats::total() const {
  ChannelStats sum;
  for (const ChannelStats& channel : channels) sum += channel;
  return sum;
}

void DramStats::describe(stats::Visitor& v) const {
  const ChannelStats sum = total();
  v.counter({"reads", "bursts", "RD commands"}, sum.reads);
  v.counter({"writes", "bursts", "WR commands"}, sum.writes);
  describe_rows(v, sum);
  v.counter({"activates", "commands", "rows opened"}, sum.activates);
  v.counter({"precharges", "rows", "rows closed, for any reason"}, sum.precharges());
  v.counter({"precharges_for_conflict", "rows", "closed because another row was wanted"},
            sum.precharges_for_conflict);
  v.counter({"precharges_by_policy", "rows", "closed by the row policy"}, sum.precharges_by_policy);
  v.counter({"precharges_for_refresh", "rows", "closed because a refresh was due"},
            sum.precharges_for_refresh);
  v.counter({"open_rows", "rows", "open at this moment"}, open_rows);
  v.law("activates = precharges + open_rows", sum.activates, sum.precharges() + open_rows);
  v.counter({"refreshes", "commands", "REF commands, one for all banks of a rank"}, sum.refreshes);
  for (std::size_t i = 0; i < channels.size(); ++i) {
    v.group(fmt::format("channel{}", i), "one channel", ChannelView{channels[i], burst});
  }
}

}  // namespace tlmmu
