// SPDX-License-Identifier: Apache-2.0
#include "models/app/command_line.h"

#include <fmt/format.h>

#include "models/app/command_parsers.h"
#include "models/base/error.h"
#include "models/config/document.h"

namespace tlmmu {

namespace {

constexpr const char* kVersion = "tlmmu " TLMMU_VERSION;

struct Parser {
  CLI::App app{"A transaction-level model of a virtual-memory system.", "tlmmu"};
  RunParser run{app};
  ConfigParser config{app};
  AnalyzeParser analyze{app};
  WalkParser walk{app};
  CosimParser cosim{app};

  Parser() {
    app.set_version_flag("--version", kVersion);
    app.require_subcommand(0, 1);
    app.failure_message(CLI::FailureMessage::simple);
  }

  [[noreturn]] static void fail_without_command(const std::string& found) {
    throw InputError(fmt::format(
        "{}expected a command: run, config, analyze, walk or cosim (see tlmmu --help)", found));
  }

  Command result() {
    if (run.parsed()) return run.options();
    if (config.parsed()) return config.options();
    if (analyze.parsed()) return analyze.options();
    if (walk.parsed()) return walk.options();
    if (cosim.parsed()) return cosim.options();
    fail_without_command("");
  }
};

}  // namespace

Command parse_command_line(int argc, const char* const* argv) {
  Parser parser;
  try {
    parser.app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = parser.app.get_subcommands();
    return ShowText{chosen.empty() ? parser.app.help() : chosen.front()->help("tlmmu")};
  } catch (const CLI::CallForVersion&) {
    return ShowText{std::string(kVersion) + "\n"};
  } catch (const CLI::ParseError& error) {
    if (argc > 1 && parser.app.get_subcommands().empty() && argv[1][0] != '-') {
      Parser::fail_without_command(fmt::format("found \"{}\", ", argv[1]));
    }
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
