// SPDX-License-Identifier: Apache-2.0
#include "models/app/run_command.h"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "models/app/expectations.h"
#include "models/app/progress.h"
#include "models/app/report.h"
#include "models/app/results_json.h"
#include "models/app/run_workload.h"
#include "models/app/text_file.h"
#include "models/app/timeline.h"
#include "models/base/error.h"
#include "models/events/tee_sink.h"
#include "models/events/wave_sink.h"
#include "models/platform/platform.h"

namespace tlmmu {

namespace {

scenario::Scenario scenario_of(const RunOptions& options) {
  return options.scenario ? scenario::read_scenario(*options.scenario) : scenario::Scenario();
}

/// What a wave viewer needs to know of this machine.
events::WaveSettings wave_settings(const MachineConfig& machine) {
  const DramGeometry& geometry = machine.dram.geometry;
  events::WaveSettings settings;
  settings.pulse = machine.cpu.clock.period();
  settings.dram.channels = static_cast<unsigned>(geometry.channels);
  settings.dram.ranks = static_cast<unsigned>(geometry.ranks);
  settings.dram.banks_per_rank = static_cast<unsigned>(geometry.bank_groups * geometry.banks);
  settings.dram.refresh = machine.dram.timing.tCK * machine.dram.timing.tRFC.value();
  return settings;
}

/// A unit whose events come after later ones have been written breaks its promise: see
/// events::Stamp.
void close(events::WaveSink& waves) {
  waves.close();
  if (waves.late_changes() == 0) return;
  fmt::print(stderr, "tlmmu: waves: {} changes came too late and were moved\n",
             waves.late_changes());
}

/// The sinks that the user asked for, as one; null if there is none.
class Sinks {
 public:
  Sinks(events::WaveSink* waves, Timeline* timeline) : sink_(waves) {
    if (timeline == nullptr) return;
    sink_ = &timeline->sink();
    if (waves != nullptr) sink_ = &both_.emplace(*waves, timeline->sink());
  }
  events::Sink* get() { return sink_; }

 private:
  events::Sink* sink_;
  std::optional<events::TeeSink> both_;
};

void run(Platform& platform, Timeline* timeline, Picoseconds interval) {
  if (timeline == nullptr) return platform.run();
  platform.run({interval, [&](Picoseconds now) { timeline->sample(platform, now); }});
}

std::string name_of(const Platform& platform, const RunWorkload& workload, std::uint32_t process) {
  return process < workload.processes() ? workload.name(process)
                                        : platform.cpu().process_name(process);
}

std::vector<NamedKill> named_kills(const Platform& platform, const RunWorkload& workload) {
  std::vector<NamedKill> kills;
  for (const ProcessKill& kill : platform.kernel().kills()) {
    kills.push_back(
        {name_of(platform, workload, kill.process), name_in(kKillReasonNames, kill.reason)});
  }
  return kills;
}

/// One line for each process that the kernel ended.
std::string kill_lines(const Platform& platform, const RunWorkload& workload) {
  std::string lines;
  for (const ProcessKill& kill : platform.kernel().kills()) {
    lines += fmt::format("  process {} ({}) was killed: {}\n", kill.process,
                         name_of(platform, workload, kill.process),
                         name_in(kKillReasonNames, kill.reason));
  }
  return lines;
}

RunResult judge(const stats::Snapshot& snapshot, const StoreVerifier* verifier,
                const Timeline* timeline) {
  RunResult result = RunResult::good;
  if (verifier != nullptr && verifier->first_mismatch()) {
    fmt::print(stderr, "tlmmu: verify: {}\n", *verifier->first_mismatch());
  }
  for (const stats::Law& law : snapshot.laws()) {
    if (law.holds()) continue;
    result = RunResult::broken;
    fmt::print(stderr, "tlmmu: broken law: {}: {}: {} is not {}\n", law.group, law.text, law.left,
               law.right);
  }
  if (timeline != nullptr && !timeline->broken().empty()) {
    result = RunResult::broken;
    fmt::print(stderr, "tlmmu: broken law: {}\n", timeline->broken());
  }
  return result;
}

RunResult complain(const std::vector<std::string>& failed) {
  for (const std::string& line : failed) fmt::print(stderr, "tlmmu: {}\n", line);
  return failed.empty() ? RunResult::good : RunResult::broken;
}

}  // namespace

RunResult run(const RunOptions& options) {
  const scenario::Scenario scenario = scenario_of(options);
  const MachineConfig machine = load_machine(options.configuration, scenario);
  std::optional<TextFile> stats_file;
  if (options.stats) stats_file.emplace(*options.stats);
  std::unique_ptr<events::WaveSink> waves;
  if (options.waves) {
    waves = std::make_unique<events::WaveSink>(events::open_wave_file(*options.waves),
                                               wave_settings(machine));
  }
  std::optional<TextFile> timeline_file;
  std::unique_ptr<Timeline> timeline;
  if (options.timeline) {
    timeline_file.emplace(*options.timeline);
    timeline = std::make_unique<Timeline>();
  }
  const RunWorkload workload(options, options.scenario ? &scenario : nullptr, machine.mmu.mode);

  StoreVerifier verifier;
  PlatformInputs inputs;
  inputs.sources = workload.sources();
  inputs.boot = workload.boot();
  inputs.verifier = options.verify ? &verifier : nullptr;
  Sinks sinks(waves.get(), timeline.get());
  inputs.sink = sinks.get();
  Platform platform("machine", machine, inputs);
  check_expectations(scenario, stats::Snapshot(platform));
  {
    Progress progress(options.quiet ? Progress::Wanted::never : Progress::Wanted::if_terminal);
    platform.cpu().on_synchronize([&] {
      progress.update([&] {
        return Progress::State{platform.cpu().stats().accesses(), workload.fraction()};
      });
      if (!waves) return;
      platform.emit_past_events();
      waves->advance_to(to_picoseconds(sc_core::sc_time_stamp()));
    });
    run(platform, timeline.get(), options.timeline_interval);
  }
  const stats::Snapshot snapshot(platform);
  if (stats_file) stats_file->write(results_json(options, machine, snapshot));
  if (timeline_file) timeline_file->write(timeline->csv());
  if (stats_file) stats_file->commit();
  if (timeline_file) timeline_file->commit();
  if (waves) close(*waves);
  if (!options.quiet) fmt::print("{}{}", report(snapshot), kill_lines(platform, workload));
  const RunResult laws = judge(snapshot, inputs.verifier, timeline.get());
  const auto failed = failed_expectations(scenario, snapshot, named_kills(platform, workload));
  const RunResult expectations = complain(failed);
  return laws == RunResult::good ? expectations : laws;
}

}  // namespace tlmmu
