// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "models/dram/burst.h"
#include "models/dram/data_bus.h"
#include "models/dram/dram_stats.h"
#include "models/dram/rank.h"

namespace tlmmu {

/// When the controller precharges a row that nobody asked to close: this long after its last use,
/// if no burst for its bank has arrived by then; never without a value.
using RowIdleLimit = std::optional<Cycles>;

/// One channel: serves bursts in the order in which they are given, each command at its earliest
/// legal time. A refresh that is due goes before a burst's first command, never into a burst.
/// Refreshes and precharges by the idle limit are worked out when something next looks.
class Channel {
 public:
  /// Commands are appended to `log` if there is one.
  Channel(unsigned number, const DramConfig& config, RowIdleLimit idle_limit, CommandLog* log);

  /// `arrival` may be earlier than that of the burst before.
  BurstTiming serve(const BurstAddress& address, BurstKind kind, Cycles arrival);
  /// Works out what happened by itself before `now`. Changes nothing that a later burst that
  /// arrives at `now` or later could notice.
  void catch_up(Cycles now);

  const ChannelStats& stats() const { return stats_; }
  std::uint64_t open_rows() const;

 private:
  /// One burst on its way; the references save looking up its bank again.
  struct Job {
    Rank& rank;
    unsigned index;  ///< of the bank in its rank
    Bank& bank;
    const BurstAddress& address;
    BurstKind kind;
    Cycles arrival;
  };

  Cycles earliest_first_command(const Job& job) const;
  Cycles earliest_column(const Job& job) const;
  RowOutcome open_row(const Job& job);
  BurstTiming transfer(const Job& job, Cycles command);

  /// Serves the refreshes that are due by `until`. A burst waits for `wanted`, if that is a bank.
  void refresh(Rank& rank, Cycles until, const Bank* wanted);
  void close_if_idle(Rank& rank, unsigned index, Cycles before);
  void precharge(Rank& rank, unsigned index, Cycles at);

  void record(events::DramCommandName name, const Rank& rank, unsigned index, std::uint64_t row,
              Cycles at) {
    if (log_ != nullptr) append(name, rank, index, row, at);
  }
  void append(events::DramCommandName name, const Rank& rank, unsigned index, std::uint64_t row,
              Cycles at);
  void record_refreshes(const Rank& rank, Cycles due, Cycles first, std::uint64_t count);

  TimingRules rules_;
  RowIdleLimit idle_limit_;
  unsigned number_;
  DataBus bus_;
  std::vector<Rank> ranks_;
  CommandLog* log_;
  ChannelStats stats_;
};

}  // namespace tlmmu
