// SPDX-License-Identifier: Apache-2.0
// Every command of random streams against an independent table of the rules: none is early, and
// none is later than its cause and the rules demand.
#include <gmock/gmock.h>

#include "models/dram/dram.h"
#include "testbenches/dram/command_checker.h"
#include "testbenches/dram/every_preset.h"
#include "testbenches/dram/random_bursts.h"

namespace tlmmu {
namespace {

using testing::Bound;
using testing::Command;
using testing::CommandChecker;
using testing::RandomBurst;
using testing::RandomBursts;

using Name = events::DramCommandName;

/// Runs a stream and explains each command: what caused it, and which rule held it back.
class Stream {
 public:
  Stream(const DramConfig& config, RowIdleLimit limit)
      : config_(config), limit_(limit), checker_(config), dram_(config, limit, &log_) {}

  void run(std::uint64_t seed, int bursts) {
    RandomBursts random(seed, config_.geometry, config_.timing.tREFI);
    for (int i = 0; i < bursts && !::testing::Test::HasFailure(); ++i) {
      const RandomBurst burst = random.next();
      log_.clear();
      dram_.serve(burst.address, burst.kind, burst.arrival);
      for (std::size_t c = 0; c < log_.size(); ++c) explain(c, burst);
    }
  }

  const std::vector<Command>& commands() const { return commands_; }
  const std::set<std::string>& binding_rules() const { return binding_; }
  const CommandChecker& checker() const { return checker_; }
  DramStats stats() const { return dram_.stats(); }

 private:
  /// Command `index` of this burst's log is sent when its cause is there and the rules allow it.
  void explain(std::size_t index, const RandomBurst& burst) {
    const Command command = checker_.decode(log_[index]);
    const Bound bound = checker_.earliest(commands_, command);
    const Cycles cause = cause_of(command, bound, index, burst);
    ASSERT_EQ(command.at, std::max(cause, bound.at))
        << name_in(events::kDramCommandNames, command.name) << " number " << commands_.size()
        << ", cause at " << cause.value() << ", rule " << bound.rule << " " << bound.at.value();
    if (bound.at > cause) binding_.insert(bound.rule);
    if (command.name == Name::refresh) ++refreshes_[{command.channel, command.rank}];
    if (command.is_column()) last_use_[bank_of(command)] = command.at;
    commands_.push_back(command);
  }

  Cycles cause_of(const Command& command, const Bound& bound, std::size_t index,
                  const RandomBurst& burst) {
    if (command.name == Name::refresh) return refresh_due(command);
    if (command.name != Name::precharge) return burst.arrival;
    const bool wanted = bank_of(command) == bank_of(burst.address);
    if (refresh_follows(index)) {
      const Cycles due = refresh_due(command);
      const auto idle = idle_close(command, bound);
      const bool waited_for = wanted && idle && burst.arrival <= *idle;
      return idle && *idle < due && !waited_for ? *idle : due;
    }
    const auto idle = idle_close(command, bound);
    return idle && *idle < burst.arrival ? *idle : burst.arrival;
  }

  using BankKey = std::array<unsigned, 4>;
  static BankKey bank_of(const Command& c) { return {c.channel, c.rank, c.group, c.bank}; }
  static BankKey bank_of(const BurstAddress& a) {
    return {a.channel, a.rank, a.bank_group, a.bank};
  }
  /// When the row policy closes the row of this bank.
  std::optional<Cycles> idle_close(const Command& command, const Bound& bound) {
    if (!limit_) return std::nullopt;
    return std::max(last_use_[bank_of(command)] + *limit_, bound.at);
  }
  bool refresh_follows(std::size_t index) const {
    return std::any_of(log_.begin() + static_cast<std::ptrdiff_t>(index), log_.end(),
                       [](const auto& c) { return c.command.command == Name::refresh; });
  }
  Cycles refresh_due(const Command& command) {
    const Cycles interval = config_.timing.tREFI;
    const Cycles stagger = interval * command.rank / config_.geometry.ranks;
    return stagger + interval * (refreshes_[{command.channel, command.rank}] + 1);
  }

  DramConfig config_;
  RowIdleLimit limit_;
  CommandChecker checker_;
  CommandLog log_;
  Dram dram_;
  std::vector<Command> commands_;
  std::set<std::string> binding_;
  std::map<std::pair<unsigned, unsigned>, std::uint64_t> refreshes_;
  std::map<BankKey, Cycles> last_use_;
};

/// A memory in which every rule decides somewhere: two ranks, four groups, no rule implied by
/// others.
DramConfig demanding() {
  DramConfig config;
  config.geometry.ranks = 2;
  config.timing.tRC = Cycles(60);
  config.timing.tFAW = Cycles(40);
  config.timing.tCCD_S = Cycles(5);
  config.timing.tCCD_L_WR = Cycles(8);
  config.timing.tRFC = Cycles(300);
  config.timing.tREFI = Cycles(1500);
  return config;
}

class DramTimingOfPreset : public ::testing::TestWithParam<DramPreset> {
 protected:
  void run(RowIdleLimit limit) {
    constexpr std::uint64_t kSeed = 20240611;
    SCOPED_TRACE(::testing::Message() << "seed " << kSeed);
    Stream stream(DramConfig(GetParam()), limit);
    stream.run(kSeed, 300);
    EXPECT_THAT(stream.checker().violations(stream.commands()), ::testing::IsEmpty());
  }
};

TEST_P(DramTimingOfPreset, every_command_is_legal_and_at_its_earliest_time) {
  run(std::nullopt);
}

TEST_P(DramTimingOfPreset, and_so_it_is_when_rows_close_at_once) {
  run(Cycles(0));
}

TEST_P(DramTimingOfPreset, and_so_it_is_when_rows_close_after_a_timeout) {
  run(Cycles(150));
}

INSTANTIATE_TEST_SUITE_P(Presets, DramTimingOfPreset, testing::kEveryPreset);

TEST(DramTiming, every_rule_decides_the_time_of_some_command) {
  Stream stream(demanding(), std::nullopt);
  constexpr std::uint64_t kSeed = 7;
  stream.run(kSeed, 500);
  EXPECT_THAT(stream.binding_rules(),
              ::testing::UnorderedElementsAre("tRCD", "tRP", "tRAS", "tRC", "tCCD_S", "tCCD_L",
                                              "tCCD_L_WR", "tRRD_S", "tRRD_L", "tFAW", "tWR",
                                              "tWTR_S", "tWTR_L", "tRTP", "tRFC", "turnaround"))
      << "seed " << kSeed;
}

TEST(DramTiming, the_data_bus_decides_where_no_other_rule_does) {
  DramConfig config = demanding();
  config.timing.tCCD_S = Cycles(1);
  Stream stream(config, std::nullopt);
  stream.run(9, 200);
  EXPECT_THAT(stream.binding_rules(), ::testing::Contains("data bus"));
}

TEST(DramTiming, the_checker_sees_a_command_that_is_one_cycle_early) {
  Stream stream(demanding(), std::nullopt);
  stream.run(3, 200);
  const auto& commands = stream.commands();
  unsigned seen = 0;
  for (std::size_t i = 25; i < commands.size(); i += 25) {
    std::vector<Command> broken(commands.begin(),
                                commands.begin() + static_cast<std::ptrdiff_t>(i));
    if (stream.checker().earliest(broken, commands[i]).at != commands[i].at) continue;
    ++seen;
    broken.push_back(commands[i]);
    broken.back().at -= Cycles(1);
    EXPECT_FALSE(stream.checker().violations(broken).empty()) << "command " << i;
  }
  EXPECT_GT(seen, 5U);
}

}  // namespace
}  // namespace tlmmu
