// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/base/enum_names.h"
#include "models/base/quantity.h"
#include "models/events/memory_events.h"

namespace tlmmu {

/// Where one burst lies. `bank` counts inside its group, `column` in bursts.
struct BurstAddress {
  unsigned channel;
  unsigned rank;
  unsigned bank_group;
  unsigned bank;
  std::uint64_t row;
  std::uint64_t column;

  friend constexpr bool operator==(const BurstAddress& a, const BurstAddress& b) {
    return a.channel == b.channel && a.rank == b.rank && a.bank_group == b.bank_group &&
           a.bank == b.bank && a.row == b.row && a.column == b.column;
  }
};

enum class BurstKind : std::uint8_t { read, write };

/// What a burst found in its bank.
enum class RowOutcome : std::uint8_t {
  hit,       ///< its row was open
  closed,    ///< no row was open: ACT
  conflict,  ///< another row was open: PRE, ACT
};
constexpr unsigned kRowOutcomes = 3;
constexpr EnumName<RowOutcome> kRowOutcomeNames[] = {
    {RowOutcome::hit, "hit"},
    {RowOutcome::closed, "closed"},
    {RowOutcome::conflict, "conflict"},
};

/// When a burst was served, in cycles of the DRAM clock since the start of the simulation.
struct BurstTiming {
  RowOutcome outcome;
  Cycles command;     ///< RD or WR
  Cycles data_begin;  ///< the first data is on the bus
  Cycles data_end;    ///< the last data has left the bus
};

/// A command as it was sent. Its bank counts through ranks and bank groups; a REF names its rank's
/// first bank. A precharge of several banks at once appears as one PRE for each.
struct IssuedCommand {
  Cycles at;
  events::DramCommand command;
};
using CommandLog = std::vector<IssuedCommand>;

}  // namespace tlmmu
