// SPDX-License-Identifier: Apache-2.0
#include "testbenches/dram/command_checker.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace tlmmu::testing {

using Name = events::DramCommandName;

namespace {

/// Commands after which no rule but a bank's own reaches any more.
constexpr std::size_t kReach = 250;

bool same_rank(const Command& a, const Command& b) {
  return a.channel == b.channel && a.rank == b.rank;
}
bool same_group(const Command& a, const Command& b) {
  return same_rank(a, b) && a.group == b.group;
}
bool same_bank(const Command& a, const Command& b) {
  return same_group(a, b) && a.bank == b.bank;
}

std::string describe(const Command& c) {
  return fmt::format("{} of rank {} group {} bank {} row {} at {}",
                     name_in(events::kDramCommandNames, c.name), c.rank, c.group, c.bank, c.row,
                     c.at.value());
}

/// Which row is open in each bank, as the commands say.
class RowTracker {
 public:
  /// What is wrong with `c` in the present state, if anything; then takes it.
  std::string apply(const Command& c) {
    const Key key{c.channel, c.rank, c.group, c.bank};
    const auto open = open_.find(key);
    const bool is_open = open != open_.end();
    switch (c.name) {
      case Name::activate:
        open_[key] = c.row;
        return is_open ? "ACT of an open bank" : "";
      case Name::precharge:
        open_.erase(key);
        return is_open ? "" : "PRE of a closed bank";
      case Name::refresh:
        return any_open(c) ? "REF of a rank with an open row" : "";
      case Name::read:
      case Name::write:
        break;
    }
    return is_open && open->second == c.row ? "" : "the row is not open";
  }

 private:
  using Key = std::tuple<unsigned, unsigned, unsigned, unsigned>;
  bool any_open(const Command& c) const {
    return std::any_of(open_.begin(), open_.end(), [&c](const auto& entry) {
      return std::get<0>(entry.first) == c.channel && std::get<1>(entry.first) == c.rank;
    });
  }
  std::map<Key, std::uint64_t> open_;
};

}  // namespace

Command CommandChecker::decode(const IssuedCommand& issued) const {
  const DramGeometry& g = config_.geometry;
  const unsigned bank = issued.command.bank;
  return {issued.at,
          issued.command.command,
          issued.command.channel,
          bank / (g.banks * g.bank_groups),
          bank / g.banks % g.bank_groups,
          bank % g.banks,
          issued.command.row};
}

std::optional<Bound> CommandChecker::bank_rule(const Command& a, const Command& b) const {
  const DramTiming& t = config_.timing;
  const Cycles burst(config_.geometry.burst_length / 2);
  if (a.name == Name::activate && b.is_column()) return Bound{a.at + t.tRCD, "tRCD"};
  if (a.name == Name::activate && b.name == Name::precharge) return Bound{a.at + t.tRAS, "tRAS"};
  if (a.name == Name::activate && b.name == Name::activate) return Bound{a.at + t.tRC, "tRC"};
  if (a.name == Name::precharge && b.name == Name::activate) return Bound{a.at + t.tRP, "tRP"};
  if (a.name == Name::read && b.name == Name::precharge) return Bound{a.at + t.tRTP, "tRTP"};
  if (a.name == Name::write && b.name == Name::precharge) {
    return Bound{a.at + t.tCWL + burst + t.tWR, "tWR"};
  }
  return std::nullopt;
}

std::optional<Bound> CommandChecker::column_rule(const Command& a, const Command& b) const {
  const DramTiming& t = config_.timing;
  const Cycles burst(config_.geometry.burst_length / 2);
  const bool group = same_group(a, b);
  if (a.name == Name::read && b.name == Name::read) {
    return group ? Bound{a.at + t.tCCD_L, "tCCD_L"} : Bound{a.at + t.tCCD_S, "tCCD_S"};
  }
  if (a.name == Name::write && b.name == Name::write) {
    return group ? Bound{a.at + t.tCCD_L_WR, "tCCD_L_WR"} : Bound{a.at + t.tCCD_S, "tCCD_S"};
  }
  if (a.name == Name::write && b.name == Name::read) {
    const Cycles end = a.at + t.tCWL + burst;
    return group ? Bound{end + t.tWTR_L, "tWTR_L"} : Bound{end + t.tWTR_S, "tWTR_S"};
  }
  return std::nullopt;
}

std::optional<Bound> CommandChecker::bus_rule(const Command& a, const Command& b) const {
  const DramTiming& t = config_.timing;
  if (!a.is_column() || !b.is_column() || a.channel != b.channel) return std::nullopt;
  const auto latency = [&t](const Command& c) { return c.name == Name::read ? t.tCL : t.tCWL; };
  const bool same_driver = a.rank == b.rank && a.name == b.name;
  const Cycles pause = same_driver ? Cycles(0) : t.turnaround;
  const Cycles data = a.at + latency(a) + Cycles(config_.geometry.burst_length / 2) + pause;
  if (data < latency(b)) return std::nullopt;
  return Bound{data - latency(b), same_driver ? "data bus" : "turnaround"};
}

std::optional<Bound> CommandChecker::pair_rule(const Command& a, const Command& b) const {
  const DramTiming& t = config_.timing;
  std::optional<Bound> result = bus_rule(a, b);
  const auto take = [&result](const std::optional<Bound>& bound) {
    if (bound && (!result || bound->at > result->at)) result = bound;
  };
  if (!same_rank(a, b)) return result;
  if (same_bank(a, b)) take(bank_rule(a, b));
  take(column_rule(a, b));
  if (a.name == Name::activate && b.name == Name::activate && !same_bank(a, b)) {
    take(same_group(a, b) ? Bound{a.at + t.tRRD_L, "tRRD_L"} : Bound{a.at + t.tRRD_S, "tRRD_S"});
  }
  if (b.name == Name::refresh) {
    if (a.name == Name::precharge) take(Bound{a.at + t.tRP, "tRP"});
    if (a.name == Name::activate) take(Bound{a.at + t.tRC, "tRC"});
  }
  if (a.name == Name::refresh && (b.name == Name::activate || b.name == Name::refresh)) {
    take(Bound{a.at + t.tRFC, "tRFC"});
  }
  return result;
}

Bound CommandChecker::earliest(const std::vector<Command>& history, const Command& next) const {
  Bound result{Cycles(0), ""};
  const auto take = [&result](const Bound& bound) {
    if (bound.at > result.at) result = bound;
  };
  unsigned activates = 0;
  const std::size_t oldest = history.size() > kReach ? history.size() - kReach : 0;
  for (std::size_t i = history.size(); i-- > 0;) {
    const Command& before = history[i];
    if (i < oldest && !same_bank(before, next)) continue;
    if (const auto bound = pair_rule(before, next)) take(*bound);
    if (before.name == Name::activate && next.name == Name::activate && same_rank(before, next)) {
      if (++activates == 4) take({before.at + config_.timing.tFAW, "tFAW"});
    }
  }
  return result;
}

std::vector<std::string> CommandChecker::violations(std::vector<Command> commands) const {
  std::vector<std::string> found;
  std::stable_sort(commands.begin(), commands.end(),
                   [](const Command& a, const Command& b) { return a.at < b.at; });
  RowTracker rows;
  std::vector<Command> history;
  for (const Command& c : commands) {
    const Bound bound = earliest(history, c);
    if (c.at < bound.at) {
      found.push_back(fmt::format("{}: {} allows {}", describe(c), bound.rule, bound.at.value()));
    }
    const std::string state = rows.apply(c);
    if (!state.empty()) found.push_back(describe(c) + ": " + state);
    history.push_back(c);
  }
  return found;
}

}  // namespace tlmmu::testing
