// SPDX-License-Identifier: Apache-2.0
#include "models/app/cosim_command.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/app/cosim_case.h"
#include "models/app/mismatch_report.h"
#include "models/app/progress.h"
#include "models/base/error.h"
#include "models/cosim/random_cosim.h"

namespace tlmmu {

namespace {

using namespace cosim;  // NOLINT(google-build-using-namespace): the whole file is about it

std::vector<const WalkerKind*> chosen_walkers(const CosimOptions& options) {
  if (walker_kinds().empty()) throw InputError(kNoVerilator);
  if (options.walker) return {&require_walker("--walker", *options.walker)};
  std::vector<const WalkerKind*> all;
  for (const WalkerKind& kind : walker_kinds()) all.push_back(&kind);
  return all;
}

/// The latest walk of `cosim`, from the root.
WalkRecord record_of(RandomCosim& cosim) {
  WalkRecord record{cosim.request(), cosim.scoreboard().kind().ad_update, cosim.memory().log()};
  record.complete([&](PhysicalAddress address) { return cosim.memory().read(address); });
  return record;
}

/// Repeats the run up to its mismatch, of which everything is kept and told.
void tell_mismatch(const WalkerKind& kind, const CosimOptions& options, std::uint64_t walks) {
  constexpr std::uint64_t kWalksInWaves = 3;
  RandomCosim cosim(kind, options.seed, options.memory_latency);
  cosim.scoreboard().keep_story();
  for (bool good = true; good && cosim.walks() < walks;) {
    if (cosim.walks() + kWalksInWaves == std::max(walks, kWalksInWaves) && options.waves) {
      cosim.walker().open_waves(*options.waves, cosim.scoreboard().signals());
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
  fmt::print("the same run: tlmmu cosim --walker {} --seed {} --memory-latency {}..{} --walks {}\n",
             kind.name, options.seed, options.memory_latency.least, options.memory_latency.most,
             walks);
  if (options.waves) fmt::print("waves: gtkwave {}\n", *options.waves);
}

bool run_random(const WalkerKind& kind, const CosimOptions& options, Progress& progress,
                std::uint64_t done) {
  RandomCosim cosim(kind, options.seed, options.memory_latency);
  const std::uint64_t walks = options.walks;
  while (cosim.walks() < walks) {
    if (!cosim.step()) {
      tell_mismatch(kind, options, cosim.walks());
      return false;
    }
    progress.update([&] {
      return Progress::State{done + cosim.walks(),
                             static_cast<double>(cosim.walks()) / static_cast<double>(walks)};
    });
  }
  fmt::print("{}: {} walks, {} of them aborted by fences, {} cycles, no difference\n", kind.name,
             cosim.walks(), cosim.aborted(), cosim.cycles());
  return true;
}

}  // namespace

CosimResult run_cosim(const CosimOptions& options) {
  const auto walkers = chosen_walkers(options);
  if (options.case_file) {
    return run_cosim_case(options) ? CosimResult::agrees : CosimResult::differs;
  }
  Progress progress(options.quiet ? Progress::Wanted::never : Progress::Wanted::if_terminal);
  std::uint64_t done = 0;
  for (const WalkerKind* kind : walkers) {
    if (!run_random(*kind, options, progress, done)) return CosimResult::differs;
    done += options.walks;
  }
  return CosimResult::agrees;
}

}  // namespace tlmmu
