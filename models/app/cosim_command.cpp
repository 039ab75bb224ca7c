// SPDX-License-Identifier: Apache-2.0
#include "models/app/cosim_command.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/app/cosim_case.h"
#include "models/app/cosim_coverage.h"
#include "models/app/cosim_machine.h"
#include "models/app/mismatch_report.h"
#include "models/app/progress.h"
#include "models/app/shell_word.h"
#include "models/base/error.h"
#include "models/events/output_file.h"

namespace tlmmu {

namespace {

using namespace cosim;  // NOLINT(google-build-using-namespace): the whole file is about it

/// What is run: of a machine if one was given, else every walker with memory everywhere.
CosimMachine machine_of(const CosimOptions& options) {
  if (walker_kinds().empty()) throw InputError(kNoVerilator);
  const WalkerKind* named = options.walker ? &require_walker("--walker", *options.walker) : nullptr;
  CosimMachine machine;
  if (options.configuration.is_given()) {
    MachineConfig config = load_machine(options.configuration);
    if (named != nullptr) config.mmu.ptw.walker = named->name;
    machine = cosim_machine(config);
  } else if (named != nullptr) {
    machine.walkers.push_back(named);
  } else {
    for (const WalkerKind& kind : walker_kinds()) machine.walkers.push_back(&kind);
  }
  machine.memory_latency = options.memory_latency.value_or(machine.memory_latency);
  return machine;
}

/// The latest walk of `cosim`, from the root.
WalkRecord record_of(RandomCosim& cosim) {
  WalkRecord record{cosim.request(), cosim.scoreboard().kind().ad_update, cosim.memory().log()};
  record.complete([&](PhysicalAddress address) { return cosim.memory().read(address); });
  return record;
}

/// As a shell reads it after a command.
std::string text_of(const ConfigurationOptions& configuration) {
  std::string text;
  if (configuration.file) text += " --config " + shell_word(*configuration.file);
  for (const std::string& set : configuration.sets) text += " --set " + shell_word(set);
  return text;
}

/// Repeats the run up to its mismatch, of which everything is kept and told.
void tell_mismatch(const WalkerKind& kind, const CosimMachine& machine, const CosimOptions& options,
                   std::uint64_t walks, std::optional<events::OutputFile>& waves) {
  constexpr std::uint64_t kWalksInWaves = 3;
  RandomCosim cosim(kind, options.seed, machine.memory_latency, machine.memory);
  cosim.scoreboard().keep_story();
  for (bool good = true; good && cosim.walks() < walks;) {
    if (cosim.walks() + kWalksInWaves == std::max(walks, kWalksInWaves) && waves) {
      cosim.walker().open_waves(waves->partial_path(), cosim.scoreboard().signals());
    }
    cosim.memory().keep_log();
    good = cosim.step();
  }
  cosim.walker().close_waves();
  fmt::print("{}: {} in walk {} of seed {}\n", kind.name, cosim.scoreboard().mismatch(), walks,
             options.seed);
  print_story(stdout, cosim.scoreboard().story());
  const std::string path = fmt::format("{}_seed{}.case", kind.name, options.seed);
  write_case(record_of(cosim), path);
  fmt::print("the walk, alone: tlmmu walk -v {}\n", path);
  fmt::print(
      "the same run: tlmmu cosim --walker {} --seed {} --memory-latency {}..{} --walks {}{}\n",
      kind.name, options.seed, machine.memory_latency.least, machine.memory_latency.most, walks,
      text_of(options.configuration));
  if (!waves) return;
  waves->commit();
  fmt::print("waves: gtkwave {}\n", shell_word(waves->path()));
}

/// False after a mismatch.
bool run_random(RandomCosim& cosim, std::uint64_t walks, Progress& progress, std::uint64_t done) {
  while (cosim.walks() < walks) {
    if (!cosim.step()) return false;
    progress.update([&] {
      return Progress::State{done + cosim.walks(),
                             static_cast<double>(cosim.walks()) / static_cast<double>(walks)};
    });
  }
  fmt::print("{}: {} walks, {} of them aborted by fences, {} cycles, no difference\n",
             cosim.scoreboard().kind().name, cosim.walks(), cosim.aborted(), cosim.cycles());
  return true;
}

}  // namespace

CosimResult run_cosim(const CosimOptions& options) {
  const CosimMachine machine = machine_of(options);
  std::optional<events::OutputFile> waves;
  if (options.waves) waves.emplace(*options.waves);
  if (options.case_file) {
    return run_cosim_case(options, waves) ? CosimResult::agrees : CosimResult::differs;
  }
  CoverageFile coverage(options.coverage, machine.walkers);
  Progress progress(options.quiet ? Progress::Wanted::never : Progress::Wanted::if_terminal);
  std::uint64_t done = 0;
  for (const WalkerKind* kind : machine.walkers) {
    RandomCosim cosim(*kind, options.seed, machine.memory_latency, machine.memory);
    const bool agrees = run_random(cosim, options.walks, progress, done);
    if (!agrees) tell_mismatch(*kind, machine, options, cosim.walks(), waves);
    coverage.write(cosim.walker());
    if (!agrees) return CosimResult::differs;
    done += options.walks;
  }
  return CosimResult::agrees;
}

}  // namespace tlmmu
