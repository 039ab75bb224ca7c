// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/workload/scenario/statement.h"

namespace tlmmu::scenario {

/// `set cpu.clock = 2GHz`: a key of the machine's configuration, as --set takes it.
struct Setting {
  Place place;
  std::string key;
  std::string value;
};

/// A file that exists on the disk before anything runs. Its FileId is its index in
/// Scenario::files.
struct File {
  std::string name;
  Bytes length;  ///< whole pages
};

/// What a process executes. Text and data come from a file of their own, one behind the other.
struct Program {
  std::string name;
  Bytes text{4096};  ///< whole pages, at least one: fetched and read
  Bytes data;        ///< whole pages: private, written to
  Bytes bss;         ///< whole pages: zeros
  kernel::FileId file;
};

/// A process that plays a recorded trace.
struct TracedProcess {
  std::string trace;  ///< path, as written
};

/// A process that does what its block says.
struct ScriptedProcess {
  ProgramId program;
  Block body;
  std::uint32_t regions;  ///< its RegionIds are below this
};

struct Process {
  Place place;
  std::string name;
  std::variant<ScriptedProcess, TracedProcess> what;
};

enum class Comparison : std::uint8_t {
  equal,
  not_equal,
  less,
  at_most,
  greater,
  at_least,
};

constexpr EnumName<Comparison> kComparisonNames[] = {
    {Comparison::equal, "=="},   {Comparison::not_equal, "!="}, {Comparison::less, "<"},
    {Comparison::at_most, "<="}, {Comparison::greater, ">"},    {Comparison::at_least, ">="},
};

/// `expect kernel.faults.minor == 256`. The right side is a number, bytes or picoseconds, or
/// another statistic.
struct StatisticExpectation {
  std::string statistic;  ///< full name
  Comparison comparison;
  std::variant<std::uint64_t, std::string> value;
};

/// `expect killed greedy out_of_memory`: a process of this name was ended for this reason.
struct KilledExpectation {
  std::string process;  ///< of a process or a forked child of the scenario
  std::string reason;   ///< as the kernel names it
};

struct Expectation {
  Place place;
  std::variant<StatisticExpectation, KilledExpectation> what;
};

/// A whole scenario file.
struct Scenario {
  std::string name;  ///< of the file, for messages
  std::uint64_t seed = 1;
  std::vector<Setting> settings;
  std::vector<File> files;  ///< the programs' files among them
  /// The first is what a process runs that names none: one page of text.
  std::vector<Program> programs;
  std::vector<Process> processes;
  /// What the hart does before the kernel runs and turns paging on: accesses of physical addresses.
  std::optional<ScriptedProcess> boot;
  std::vector<Expectation> expectations;
};

/// The scenario that `text` describes. InputError with "name:line:column: " in front for the first
/// thing that is wrong.
Scenario parse_scenario(std::string_view text, const std::string& name);

/// The scenario in a file. InputError also if it cannot be read.
Scenario read_scenario(const std::string& path);

}  // namespace tlmmu::scenario
