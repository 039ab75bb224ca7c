// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/dram/channel.h"

namespace tlmmu {

/// All channels of a memory. Time is counted in cycles of the DRAM clock.
class Dram {
 public:
  /// `config` has passed its own rules. Each command is appended to `log`, if there is one.
  Dram(const DramConfig& config, RowIdleLimit idle_limit, CommandLog* log = nullptr);

  /// Serves one burst that arrives at `arrival`; see Channel.
  BurstTiming serve(const BurstAddress& address, BurstKind kind, Cycles arrival) {
    return channels_[address.channel].serve(address, kind, arrival);
  }
  /// Works out the refreshes and precharges that happened by themselves before `now`. Bursts that
  /// arrive at `now` or later find the same with or without it.
  void catch_up(Cycles now);

  DramStats stats() const;

 private:
  Cycles burst_;
  std::vector<Channel> channels_;
};

}  // namespace tlmmu
