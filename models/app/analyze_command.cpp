// SPDX-License-Identifier: Apache-2.0
#include "models/app/analyze_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "models/analysis/analyzer.h"
#include "models/app/analysis_csv.h"
#include "models/app/analysis_json.h"
#include "models/app/analysis_report.h"
#include "models/app/progress.h"
#include "models/app/text_file.h"
#include "models/base/error.h"
#include "models/workload/scenario/process_source.h"
#include "models/workload/trace_reader.h"

namespace tlmmu {

namespace {

/// Reads all of `source`; `fraction` says how much of it has been read, if that can be known.
template <class Fraction>
analysis::Analysis analyze_source(const AnalyzeOptions& options, AccessSource& source,
                                  Fraction fraction) {
  analysis::Analyzer analyzer({options.page_size, options.frames});
  Progress progress(options.quiet ? Progress::Wanted::never : Progress::Wanted::if_terminal);
  while (source.next_batch()) {
    analyzer.consume(source);
    progress.update([&] { return Progress::State{analyzer.accesses(), fraction()}; });
  }
  return analyzer.finish();
}

analysis::Analysis analyze_trace(const AnalyzeOptions& options) {
  TraceReader reader(*options.trace, TraceReaderOptions{options.limit});
  return analyze_source(options, reader, [&]() -> std::optional<double> {
    if (reader.bytes_total().value_or(0) == 0) return std::nullopt;
    return static_cast<double>(reader.bytes_consumed()) /
           static_cast<double>(*reader.bytes_total());
  });
}

bool is_scripted(const scenario::Process& process) {
  return std::holds_alternative<scenario::ScriptedProcess>(process.what);
}

std::uint32_t process_of(const AnalyzeOptions& options, const scenario::Scenario& scenario) {
  const auto& processes = scenario.processes;
  if (!options.process && processes.size() != 1) {
    throw InputError(fmt::format("{}: has {} processes; expected --process to name one",
                                 scenario.name, processes.size()));
  }
  const auto process = std::find_if(processes.begin(), processes.end(), [&](const auto& candidate) {
    return !options.process || candidate.name == *options.process;
  });
  if (process == processes.end()) {
    throw InputError(
        fmt::format("--process {}: {} has no such process", *options.process, scenario.name));
  }
  if (!is_scripted(*process)) {
    throw InputError(fmt::format("{}:{}:{}: process \"{}\" plays a trace; analyze the trace",
                                 scenario.name, process->place.line, process->place.column,
                                 process->name));
  }
  return static_cast<std::uint32_t>(process - processes.begin());
}

analysis::Analysis analyze_scenario(const AnalyzeOptions& options) {
  const scenario::Scenario scenario = scenario::read_scenario(*options.scenario);
  constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();
  scenario::ProcessSource source(scenario, process_of(options, scenario),
                                 options.limit.value_or(kNoLimit));
  return analyze_source(options, source, [] { return std::optional<double>(); });
}

}  // namespace

void analyze(const AnalyzeOptions& options) {
  std::optional<TextFile> json;
  std::optional<TextFile> csv;
  if (options.json) json.emplace(*options.json);
  if (options.csv) csv.emplace(*options.csv);
  const analysis::Analysis analysis =
      options.scenario ? analyze_scenario(options) : analyze_trace(options);
  if (json) json->write(analysis_json(options, analysis));
  if (csv) csv->write(analysis_csv(analysis));
  if (json) json->commit();
  if (csv) csv->commit();
  if (!options.quiet) fmt::print("{}", analysis_report(analysis));
}

}  // namespace tlmmu
