// SPDX-License-Identifier: Apache-2.0
#include "models/app/command_parsers.h"

#include "models/app/option_values.h"
#include "models/base/error.h"

namespace tlmmu {

RunParser::RunParser(CLI::App& app)
    : command_(
          app.add_subcommand("run", "play memory traces and scenarios on a machine and report")) {
  command_
      ->add_option(
          "--trace", options_.traces,
          "valgrind lackey text or ChampSim records, plain or gzip, xz, zstd; '-' is standard "
          "input; repeat for several processes")
      ->type_name("FILE")
      ->expected(1)
      ->take_all();
  command_
      ->add_option("--scenario", options_.scenario,
                   "what processes do, as text; see docs/scenarios.md")
      ->type_name("FILE");
  add_configuration(*command_, options_.configuration);
  command_->add_option("--limit", limit_, "stop each trace after so many accesses, e.g. 10M")
      ->type_name("COUNT");
  command_->add_option("--stats", options_.stats, "write all statistics as JSON")
      ->type_name("FILE");
  command_->add_option("--waves", options_.waves, "write waves for GTKWave, .fst or .vcd")
      ->type_name("FILE");
  auto* timeline = command_->add_option(
      "--timeline", options_.timeline, "write page states, frames, faults and working sets as CSV");
  timeline->type_name("FILE");
  command_
      ->add_option("--timeline-interval", interval_, "time between two of its rows (default 1ms)")
      ->type_name("TIME")
      ->needs(timeline);
  command_->add_flag("--verify", options_.verify,
                     "give every store a pattern and check every load");
  command_->add_flag("--quiet", options_.quiet, "no report and no progress");
}

RunOptions RunParser::options() {
  if (options_.traces.empty() && !options_.scenario) {
    throw InputError("run: expected --trace or --scenario (see tlmmu --help)");
  }
  if (command_->count("--limit") != 0) options_.limit = parse_count_option("--limit", limit_);
  if (command_->count("--timeline-interval") != 0) {
    options_.timeline_interval = parse_interval(interval_);
  }
  return options_;
}

AnalyzeParser::AnalyzeParser(CLI::App& app)
    : command_(app.add_subcommand("analyze",
                                  "tell what a trace needs of any memory: working set, LRU, OPT")) {
  command_->add_option("trace", options_.trace, "a trace as of run; '-' is standard input")
      ->type_name("TRACE");
  command_->add_option("--scenario", options_.scenario, "a process of a scenario instead")
      ->type_name("FILE");
  command_->add_option("--process", options_.process, "which one, if the scenario has several")
      ->type_name("NAME");
  command_->add_option("--page-size", page_size_, "4KiB (default), 2MiB or 1GiB")
      ->type_name("SIZE");
  command_->add_option("--frames", frames_, "memory sizes for which to compute OPT, e.g. 16,64,1k")
      ->type_name("LIST");
  command_->add_option("--limit", limit_, "stop after so many accesses, e.g. 10M")
      ->type_name("COUNT");
  command_->add_option("--json", options_.json, "write everything as JSON")->type_name("FILE");
  command_->add_option("--csv", options_.csv, "write the curves for gnuplot")->type_name("FILE");
  command_->add_flag("--quiet", options_.quiet, "no report and no progress");
}

AnalyzeOptions AnalyzeParser::options() {
  if (options_.trace.has_value() == options_.scenario.has_value()) {
    throw InputError("analyze: expected either a trace or --scenario (see tlmmu --help)");
  }
  if (options_.process && !options_.scenario) {
    throw InputError("--process: expected --scenario with it (see tlmmu --help)");
  }
  if (command_->count("--page-size") != 0) options_.page_size = parse_page_size(page_size_);
  if (command_->count("--frames") != 0) options_.frames = parse_frames(frames_);
  if (command_->count("--limit") != 0) options_.limit = parse_count_option("--limit", limit_);
  return options_;
}

}  // namespace tlmmu
