// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "models/dram/channel.h"

namespace tlmmu::testing {

/// A command with its bank number taken apart.
struct Command {
  Cycles at;
  events::DramCommandName name;
  unsigned channel;
  unsigned rank;
  unsigned group;
  unsigned bank;
  std::uint64_t row;

  bool is_column() const {
    return name == events::DramCommandName::read || name == events::DramCommandName::write;
  }
};

/// The earliest time at which a command is legal, and the rule that says so.
struct Bound {
  Cycles at;
  const char* rule;
};

/// JEDEC's rules as a table of pairs, checked the slow way: each command against each one before
/// it. Shares nothing with the model but its configuration.
class CommandChecker {
 public:
  explicit CommandChecker(const DramConfig& config) : config_(config) {}

  Command decode(const IssuedCommand& issued) const;
  /// The bound that `history` sets for `next`; the rule is "" if there is none.
  Bound earliest(const std::vector<Command>& history, const Command& next) const;
  /// What is wrong with the commands in their order of time, state of the banks included.
  std::vector<std::string> violations(std::vector<Command> commands) const;

 private:
  std::optional<Bound> pair_rule(const Command& before, const Command& next) const;
  std::optional<Bound> bank_rule(const Command& before, const Command& next) const;
  std::optional<Bound> column_rule(const Command& before, const Command& next) const;
  std::optional<Bound> bus_rule(const Command& before, const Command& next) const;

  DramConfig config_;
};

}  // namespace tlmmu::testing
