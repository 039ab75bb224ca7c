// SPDX-License-Identifier: Apache-2.0
#include "models/app/analyze_command.h"

#include <fmt/format.h>

#include "models/analysis/analyzer.h"
#include "models/app/analysis_csv.h"
#include "models/app/analysis_json.h"
#include "models/app/analysis_report.h"
#include "models/app/progress.h"
#include "models/app/text_file.h"
#include "models/workload/trace_reader.h"

namespace tlmmu {

namespace {

Progress::State progress_of(const analysis::Analyzer& analyzer, const TraceReader& reader) {
  Progress::State state{analyzer.accesses(), std::nullopt};
  if (reader.bytes_total() && *reader.bytes_total() != 0) {
    state.fraction =
        static_cast<double>(reader.bytes_consumed()) / static_cast<double>(*reader.bytes_total());
  }
  return state;
}

analysis::Analysis analyze_trace(const AnalyzeOptions& options) {
  TraceReader reader(options.trace, TraceReaderOptions{options.limit});
  analysis::Analyzer analyzer({options.page_size, options.frames});
  Progress progress(options.quiet ? Progress::Wanted::never : Progress::Wanted::if_terminal);
  while (reader.next_batch()) {
    analyzer.consume(reader);
    progress.update([&] { return progress_of(analyzer, reader); });
  }
  return analyzer.finish();
}

}  // namespace

void analyze(const AnalyzeOptions& options) {
  std::optional<TextFile> json;
  std::optional<TextFile> csv;
  if (options.json) json.emplace(*options.json);
  if (options.csv) csv.emplace(*options.csv);
  const analysis::Analysis analysis = analyze_trace(options);
  if (json) json->write(analysis_json(options.trace, analysis));
  if (csv) csv->write(analysis_csv(analysis));
  if (json) json->commit();
  if (csv) csv->commit();
  if (!options.quiet) fmt::print("{}", analysis_report(analysis));
}

}  // namespace tlmmu
