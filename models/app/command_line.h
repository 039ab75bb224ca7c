// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/base/page_size.h"
#include "models/cosim/walker_bench.h"
#include "models/platform/machine_config.h"
#include "models/reference/answer.h"
#include "models/reference/case_runner.h"
#include "models/workload/scenario/scenario.h"

namespace tlmmu {

/// Where a machine's configuration comes from: defaults, then a file, then single keys.
struct ConfigurationOptions {
  std::optional<std::string> file;
  std::vector<std::string> sets;
  bool is_given() const { return file.has_value() || !sets.empty(); }
};

/// `tlmmu run`
struct RunOptions {
  ConfigurationOptions configuration;
  std::vector<std::string> traces;
  std::optional<std::string> scenario;
  std::optional<std::uint64_t> limit;  ///< accesses of each trace
  std::optional<std::string> stats;
  std::optional<std::string> waves;
  std::optional<std::string> timeline;
  Picoseconds timeline_interval = milliseconds(1);
  bool verify = false;
  bool quiet = false;
};

/// `tlmmu config`
struct ConfigOptions {
  enum class Action : std::uint8_t {
    print,
    schema,
    results_schema,
    check,
    keys,
    docs_table,
    stats_table
  };
  ConfigurationOptions configuration;
  Action action = Action::print;
  std::string argument;  ///< file to check, or section of the table
};

/// `tlmmu analyze`
struct AnalyzeOptions {
  std::optional<std::string> trace;     ///< this
  std::optional<std::string> scenario;  ///< or one process of this
  std::optional<std::string> process;   ///< absent: the only one
  PageSize page_size = PageSize::k4KiB;
  std::vector<std::uint64_t> frames;   ///< memory sizes for OPT
  std::optional<std::uint64_t> limit;  ///< accesses
  std::optional<std::string> json;
  std::optional<std::string> csv;
  bool quiet = false;
};

/// Whether `tlmmu walk` remembers anything from one request to the next.
enum class WalkStart : std::uint8_t { cold, warm };

/// `tlmmu walk`
struct WalkOptions {
  ConfigurationOptions configuration;  ///< of a warm machine
  std::string file;                    ///< "-" is standard input
  WalkStart start = WalkStart::cold;
  reference::FinalPmp final_pmp = reference::FinalPmp::ignored;
  reference::Detail detail = reference::Detail::outcome;
};

/// `tlmmu cosim`
struct CosimOptions {
  ConfigurationOptions configuration;  ///< of a machine whose walkers, memory and latency these are
  std::optional<std::string> walker;   ///< empty: each that was built in
  std::uint64_t walks = 100'000;       ///< of each walker
  std::uint64_t seed = 1;
  std::optional<cosim::CycleRange> memory_latency;  ///< empty: the machine's, or 1..40
  std::optional<std::string> waves;                 ///< FST, of a mismatch
  std::optional<std::string> coverage;              ///< of the walker, in Verilator's format
  std::optional<std::string> case_file;
  bool quiet = false;
};

/// `--help` or `--version`: the text to print.
struct ShowText {
  std::string text;
};

using Command =
    std::variant<RunOptions, ConfigOptions, AnalyzeOptions, WalkOptions, CosimOptions, ShowText>;

/// Throws InputError with one message for anything wrong.
Command parse_command_line(int argc, const char* const* argv);

/// The machine that the options describe. Throws InputError with every problem found.
MachineConfig load_machine(const ConfigurationOptions& options);
/// With the keys that `scenario` sets between the file and the single keys.
MachineConfig load_machine(const ConfigurationOptions& options, const scenario::Scenario& scenario);

}  // namespace tlmmu
