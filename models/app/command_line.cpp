// SPDX-License-Identifier: Apache-2.0
#include "models/app/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "models/base/error.h"
#include "models/config/document.h"
#include "models/config/value_syntax.h"

namespace tlmmu {

namespace {

constexpr const char* kVersion = "tlmmu " TLMMU_VERSION;
constexpr Picoseconds kLongestInterval = milliseconds(1'000'000);

void add_configuration(CLI::App& command, ConfigurationOptions& options) {
  command.add_option("--config", options.file, "machine description in TOML")->type_name("FILE");
  command
      .add_option("--set", options.sets, "set one key, e.g. mmu.l2_tlb.entries=2048; repeatable")
      ->type_name("KEY=VALUE")
      ->expected(1)
      ->take_all();
}

std::uint64_t parse_limit(const std::string& text) {
  const auto limit = config::parse_count(text);
  if (!limit || *limit == 0) {
    throw InputError(
        fmt::format("--limit {}: expected a count of at least 1, as in 10000, 500k or 10M", text));
  }
  return *limit;
}

Picoseconds parse_interval(const std::string& text) {
  const auto interval = config::parse_time(text);
  if (!interval || *interval == Picoseconds(0) || *interval > kLongestInterval) {
    throw InputError(fmt::format(
        "--timeline-interval {}: expected a time from 1ps to 1000s, as in 100us or 1ms", text));
  }
  return *interval;
}

std::vector<std::uint64_t> parse_frames(const std::string& text) {
  std::vector<std::uint64_t> frames;
  std::size_t from = 0;
  while (from <= text.size()) {
    const std::size_t end = std::min(text.find(',', from), text.size());
    const auto count = config::parse_count(text.substr(from, end - from));
    if (!count || *count == 0) {
      throw InputError(fmt::format(
          "--frames {}: expected counts of at least 1 with commas between, as in 16,64,1k", text));
    }
    frames.push_back(*count);
    from = end + 1;
  }
  return frames;
}

PageSize parse_page_size(const std::string& text) {
  for (const PageSize size : {PageSize::k4KiB, PageSize::k2MiB, PageSize::k1GiB}) {
    if (text == name_in(kPageSizeNames, size)) return size;
  }
  throw InputError(fmt::format("--page-size {}: expected 4KiB, 2MiB or 1GiB", text));
}

std::uint64_t parse_walks(const std::string& text) {
  const auto walks = config::parse_count(text);
  if (!walks || *walks == 0) {
    throw InputError(
        fmt::format("--walks {}: expected a count of at least 1, as in 10000, 500k or 10M", text));
  }
  return *walks;
}

/// "A..B" or "A", cycles.
cosim::CycleRange parse_latency(const std::string& text) {
  constexpr std::uint64_t kMost = 1'000;
  const std::size_t dots = text.find("..");
  const auto least = config::parse_count(text.substr(0, dots));
  const auto most = dots == std::string::npos ? least : config::parse_count(text.substr(dots + 2));
  if (!least || !most || *least == 0 || *most < *least || *most > kMost) {
    throw InputError(fmt::format(
        "--memory-latency {}: expected cycles from 1 to {}, as in 5 or 1..40", text, kMost));
  }
  return {*least, *most};
}

struct Parser {
  CLI::App app{"A transaction-level model of a virtual-memory system.", "tlmmu"};
  RunOptions run;
  ConfigOptions config;
  AnalyzeOptions analyze;
  WalkOptions walk;
  CosimOptions cosim;
  std::string walks;
  std::string memory_latency;
  std::string limit;
  std::string frames;
  std::string interval;
  std::string page_size;
  CLI::App* run_command = nullptr;
  CLI::App* config_command = nullptr;
  CLI::App* analyze_command = nullptr;
  CLI::App* walk_command = nullptr;
  CLI::App* cosim_command = nullptr;
  bool print = false;
  bool schema = false;
  bool results_schema = false;
  std::string check;
  std::string docs_table;
  std::string stats_table;
  bool keys = false;
  bool pmp_final = false;
  bool walk_warm = false;
  bool verbose = false;

  Parser() {
    app.set_version_flag("--version", kVersion);
    app.require_subcommand(0, 1);
    app.failure_message(CLI::FailureMessage::simple);
    add_run();
    add_config();
    add_analyze();
    add_walk();
    add_cosim();
  }

  void add_run() {
    run_command =
        app.add_subcommand("run", "play memory traces and scenarios on a machine and report");
    run_command
        ->add_option(
            "--trace", run.traces,
            "valgrind lackey text or ChampSim records, plain or gzip, xz, zstd; '-' is standard "
            "input; repeat for several processes")
        ->type_name("FILE")
        ->expected(1)
        ->take_all();
    run_command->add_option("--scenario", run.scenario, "what processes do, as text; see docs")
        ->type_name("FILE");
    add_configuration(*run_command, run.configuration);
    run_command->add_option("--limit", limit, "stop each trace after so many accesses, e.g. 10M")
        ->type_name("COUNT");
    run_command->add_option("--stats", run.stats, "write all statistics as JSON")
        ->type_name("FILE");
    run_command->add_option("--waves", run.waves, "write waves for GTKWave, .fst or .vcd")
        ->type_name("FILE");
    auto* timeline = run_command->add_option(
        "--timeline", run.timeline, "write page states, frames, faults and working sets as CSV");
    timeline->type_name("FILE");
    run_command
        ->add_option("--timeline-interval", interval, "time between two of its rows (default 1ms)")
        ->type_name("TIME")
        ->needs(timeline);
    run_command->add_flag("--verify", run.verify,
                          "give every store a pattern and check every load");
    run_command->add_flag("--quiet", run.quiet, "no report and no progress");
  }

  void add_config() {
    config_command = app.add_subcommand("config", "show or check machine descriptions");
    add_configuration(*config_command, config.configuration);
    auto* what = config_command->add_option_group("what", "exactly one of");
    what->add_flag("--print", print, "print the complete configuration as TOML");
    what->add_flag("--schema", schema, "print its JSON Schema");
    what->add_flag("--results-schema", results_schema,
                   "print the JSON Schema of what --stats writes");
    what->add_option("--check", check, "check a file and say nothing if it is good")
        ->type_name("FILE");
    what->add_flag("--keys", keys, "print every key, its value, and what it depends on, as JSON");
    what->add_option("--table", docs_table, "print a section's keys as a Markdown table")
        ->type_name("SECTION");
    what->add_option("--stats-table", stats_table, "print a group's statistics as a Markdown table")
        ->type_name("GROUP");
    what->require_option(1);
  }

  void add_analyze() {
    analyze_command = app.add_subcommand(
        "analyze", "tell what a trace needs of any memory: working set, LRU, OPT");
    analyze_command->add_option("trace", analyze.trace, "a trace as of run; '-' is standard input")
        ->type_name("TRACE");
    analyze_command->add_option("--scenario", analyze.scenario, "a process of a scenario instead")
        ->type_name("FILE");
    analyze_command
        ->add_option("--process", analyze.process, "which one, if the scenario has several")
        ->type_name("NAME");
    analyze_command->add_option("--page-size", page_size, "4KiB (default), 2MiB or 1GiB")
        ->type_name("SIZE");
    analyze_command
        ->add_option("--frames", frames, "memory sizes for which to compute OPT, e.g. 16,64,1k")
        ->type_name("LIST");
    analyze_command->add_option("--limit", limit, "stop after so many accesses, e.g. 10M")
        ->type_name("COUNT");
    analyze_command->add_option("--json", analyze.json, "write everything as JSON")
        ->type_name("FILE");
    analyze_command->add_option("--csv", analyze.csv, "write the curves for gnuplot")
        ->type_name("FILE");
    analyze_command->add_flag("--quiet", analyze.quiet, "no report and no progress");
  }

  AnalyzeOptions analyze_options() {
    if (analyze.trace.has_value() == analyze.scenario.has_value()) {
      throw InputError("analyze: expected either a trace or --scenario (see tlmmu --help)");
    }
    if (analyze.process && !analyze.scenario) {
      throw InputError("--process: expected --scenario with it (see tlmmu --help)");
    }
    if (analyze_command->count("--page-size") != 0) analyze.page_size = parse_page_size(page_size);
    if (analyze_command->count("--frames") != 0) analyze.frames = parse_frames(frames);
    if (analyze_command->count("--limit") != 0) analyze.limit = parse_limit(limit);
    return analyze;
  }

  void add_walk() {
    walk_command = app.add_subcommand("walk", "answer the translations that a walk case asks for");
    walk_command->add_option("case", walk.file, "walk case; '-' is standard input")
        ->type_name("CASE")
        ->required();
    walk_command->add_flag("--pmp-final", pmp_final,
                           "let PMP judge the translated address too, not only those of PTEs");
    auto* warm = walk_command->add_flag(
        "--warm", walk_warm, "keep TLBs and walk caches of the machine between requests");
    add_configuration(*walk_command, walk.configuration);
    for (const char* name : {"--config", "--set"}) walk_command->get_option(name)->needs(warm);
    walk_command->add_flag("-v,--verbose", verbose,
                           "append tval, a guest-page fault's address, and each access to a PTE");
  }

  void add_cosim() {
    cosim_command =
        app.add_subcommand("cosim", "hold page-table walkers in hardware against the model");
    cosim_command
        ->add_option("--walker", cosim.walker, "only this one; default: each that there is")
        ->type_name("NAME");
    add_configuration(*cosim_command, cosim.configuration);
    auto* count =
        cosim_command->add_option("--walks", walks, "random walks of each walker; default 100k");
    count->type_name("COUNT");
    cosim_command->add_option("--seed", cosim.seed, "another seed makes other walks; default 1")
        ->type_name("NUMBER");
    cosim_command
        ->add_option("--memory-latency", memory_latency,
                     "cycles of memory, at random; default the machine's, without one 1..40")
        ->type_name("A..B");
    cosim_command
        ->add_option("--wave-on-mismatch", cosim.waves,
                     "write model and hardware around a mismatch for GTKWave, FST")
        ->type_name("FILE");
    cosim_command
        ->add_option("--case", cosim.case_file, "do a walk case instead; '-' is standard input")
        ->type_name("CASE")
        ->excludes(count);
    cosim_command->add_flag("--quiet", cosim.quiet, "no progress");
  }

  CosimOptions cosim_options() {
    if (cosim_command->count("--walks") != 0) cosim.walks = parse_walks(walks);
    if (cosim_command->count("--memory-latency") != 0) {
      cosim.memory_latency = parse_latency(memory_latency);
    }
    if (cosim.case_file && cosim.configuration.is_given()) {
      throw InputError("--case: a walk case is a machine of its own, without --config and --set");
    }
    return cosim;
  }

  Command result() {
    if (cosim_command->parsed()) return cosim_options();
    if (analyze_command->parsed()) return analyze_options();
    if (run_command->parsed()) {
      if (run.traces.empty() && !run.scenario) {
        throw InputError("run: expected --trace or --scenario (see tlmmu --help)");
      }
      if (run_command->count("--limit") != 0) run.limit = parse_limit(limit);
      if (run_command->count("--timeline-interval") != 0) {
        run.timeline_interval = parse_interval(interval);
      }
      return run;
    }
    if (walk_command->parsed()) {
      if (pmp_final) walk.final_pmp = reference::FinalPmp::checked;
      if (walk_warm) walk.start = WalkStart::warm;
      if (verbose) walk.detail = reference::Detail::accesses;
      return walk;
    }
    if (!config_command->parsed()) {
      throw InputError(
          "expected a command: run, config, analyze, walk or cosim (see tlmmu --help)");
    }
    using Action = ConfigOptions::Action;
    if (schema) config.action = Action::schema;
    if (results_schema) config.action = Action::results_schema;
    if (keys) config.action = Action::keys;
    if (!check.empty()) set_action(Action::check, check);
    if (!docs_table.empty()) set_action(Action::docs_table, docs_table);
    if (!stats_table.empty()) set_action(Action::stats_table, stats_table);
    return config;
  }

  void set_action(ConfigOptions::Action action, const std::string& argument) {
    config.action = action;
    config.argument = argument;
  }
};

}  // namespace

Command parse_command_line(int argc, const char* const* argv) {
  Parser parser;
  try {
    parser.app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = parser.app.get_subcommands();
    return ShowText{chosen.empty() ? parser.app.help() : chosen.front()->help()};
  } catch (const CLI::CallForVersion&) {
    return ShowText{std::string(kVersion) + "\n"};
  } catch (const CLI::ParseError& error) {
    throw InputError(fmt::format("{} (see tlmmu --help)", error.what()));
  }
  return parser.result();
}

MachineConfig load_machine(const ConfigurationOptions& options) {
  return load_machine(options, scenario::Scenario());
}

MachineConfig load_machine(const ConfigurationOptions& options,
                           const scenario::Scenario& scenario) {
  config::Document document;
  if (options.file) document.read_file(*options.file);
  for (const auto& [place, key, value] : scenario.settings) {
    document.set_at(fmt::format("{}:{}:{}", scenario.name, place.line, place.column), key, value);
  }
  for (const std::string& assignment : options.sets) document.set(assignment);
  MachineConfig machine;
  document.load(machine);
  return machine;
}

}  // namespace tlmmu
