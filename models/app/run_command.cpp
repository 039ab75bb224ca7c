// SPDX-License-Identifier: Apache-2.0
#include "models/app/run_command.h"

#include <fmt/format.h>

#include "models/app/expectations.h"
#include "models/app/progress.h"
#include "models/app/report.h"
#include "models/app/run_outputs.h"
#include "models/app/run_workload.h"
#include "models/base/error.h"
#include "models/platform/platform.h"

namespace tlmmu {

namespace {

scenario::Scenario scenario_of(const RunOptions& options) {
  return options.scenario ? scenario::read_scenario(*options.scenario) : scenario::Scenario();
}

void run(Platform& platform, Timeline* timeline, Picoseconds interval) {
  if (timeline == nullptr) return platform.run();
  platform.run({interval, [&](Picoseconds now) { timeline->sample(platform, now); }});
}

/// Runs the machine to its end, with progress and outputs.
void play(Platform& platform, const RunOptions& options, const RunWorkload& workload,
          RunOutputs& outputs) {
  Progress progress(options.quiet ? Progress::Wanted::never : Progress::Wanted::if_terminal);
  platform.cpu().on_synchronize([&] {
    progress.update([&] {
      return Progress::State{platform.cpu().stats().accesses(), workload.fraction()};
    });
    outputs.advance(platform, to_picoseconds(sc_core::sc_time_stamp()));
  });
  run(platform, outputs.timeline(), options.timeline_interval);
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
  RunOutputs outputs(options, machine);
  const RunWorkload workload(options, options.scenario ? &scenario : nullptr, machine);

  StoreVerifier verifier;
  PlatformInputs inputs;
  inputs.sources = workload.sources();
  inputs.boot = workload.boot();
  inputs.firmware = workload.firmware();
  inputs.verifier = options.verify ? &verifier : nullptr;
  inputs.sink = outputs.sink();
  Platform platform("machine", machine, inputs);
  check_expectations(scenario, stats::Snapshot(platform));
  play(platform, options, workload, outputs);

  const stats::Snapshot snapshot(platform);
  outputs.finish(options, machine, snapshot);
  if (!options.quiet) fmt::print("{}{}", report(snapshot), kill_lines(platform, workload));
  const RunResult laws = judge(snapshot, inputs.verifier, outputs.timeline());
  const auto failed = failed_expectations(scenario, snapshot, named_kills(platform, workload));
  const RunResult expectations = complain(failed);
  return laws == RunResult::good ? expectations : laws;
}

}  // namespace tlmmu
