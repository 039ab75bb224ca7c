// SPDX-License-Identifier: Apache-2.0
#include "models/app/run_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "models/app/progress.h"
#include "models/app/report.h"
#include "models/app/results_json.h"
#include "models/app/text_file.h"
#include "models/app/timeline.h"
#include "models/base/error.h"
#include "models/events/tee_sink.h"
#include "models/events/wave_sink.h"
#include "models/platform/platform.h"
#include "models/workload/trace_reader.h"

namespace tlmmu {

namespace {

std::vector<std::unique_ptr<TraceReader>> open_traces(const RunOptions& options) {
  if (std::count(options.traces.begin(), options.traces.end(), "-") > 1) {
    throw InputError("--trace -: standard input can be read once only");
  }
  std::vector<std::unique_ptr<TraceReader>> readers;
  for (const std::string& trace : options.traces) {
    readers.push_back(std::make_unique<TraceReader>(trace, TraceReaderOptions{options.limit}));
  }
  return readers;
}

Progress::State progress_of(const TraceCpu& cpu,
                            const std::vector<std::unique_ptr<TraceReader>>& readers) {
  Progress::State state{cpu.stats().accesses(), std::nullopt};
  std::uint64_t consumed = 0;
  std::uint64_t total = 0;
  for (const auto& reader : readers) {
    if (!reader->bytes_total()) return state;
    consumed += reader->bytes_consumed();
    total += *reader->bytes_total();
  }
  if (total != 0) state.fraction = static_cast<double>(consumed) / static_cast<double>(total);
  return state;
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

/// One line for each process that the kernel ended.
std::string kills(const Platform& platform, const std::vector<std::string>& traces) {
  std::string lines;
  for (const ProcessKill& kill : platform.kernel().kills()) {
    lines += fmt::format("  process {} ({}) was killed: {}\n", kill.process,
                         traces.at(kill.process), name_in(kKillReasonNames, kill.reason));
  }
  return lines;
}

RunResult judge(const stats::Snapshot& snapshot, const StoreVerifier* verifier) {
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
  return result;
}

}  // namespace

RunResult run(const RunOptions& options) {
  const MachineConfig machine = load_machine(options.configuration);
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
  const auto readers = open_traces(options);

  StoreVerifier verifier;
  PlatformInputs inputs;
  for (const auto& reader : readers) inputs.sources.push_back(reader.get());
  inputs.verifier = options.verify ? &verifier : nullptr;
  Sinks sinks(waves.get(), timeline.get());
  inputs.sink = sinks.get();
  Platform platform("machine", machine, inputs);
  {
    Progress progress(options.quiet ? Progress::Wanted::never : Progress::Wanted::if_terminal);
    platform.cpu().on_synchronize([&] {
      progress.update([&] { return progress_of(platform.cpu(), readers); });
      if (!waves) return;
      platform.emit_past_events();
      waves->advance_to(to_picoseconds(sc_core::sc_time_stamp()));
    });
    run(platform, timeline.get(), options.timeline_interval);
  }
  const stats::Snapshot snapshot(platform);
  if (stats_file) stats_file->write(results_json(options.traces, machine, snapshot));
  if (timeline_file) timeline_file->write(timeline->csv());
  if (stats_file) stats_file->commit();
  if (timeline_file) timeline_file->commit();
  if (waves) close(*waves);
  if (!options.quiet) fmt::print("{}{}", report(snapshot), kills(platform, options.traces));
  const RunResult result = judge(snapshot, inputs.verifier);
  if (!timeline || timeline->broken().empty()) return result;
  fmt::print(stderr, "tlmmu: broken law: {}\n", timeline->broken());
  return RunResult::broken;
}

}  // namespace tlmmu
