// SPDX-License-Identifier: Apache-2.0
#include "models/app/cosim_command.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/app/cosim_case.h"
#include "models/app/progress.h"
#include "models/app/text_file.h"
#include "models/base/error.h"
#include "models/cosim/random_cosim.h"
#include "models/reference/walk_case.h"

namespace tlmmu {

namespace {

using namespace cosim;  // NOLINT(google-build-using-namespace): the whole file is about it

constexpr std::uint8_t kPmpNapot = 0x18, kPmpLoads = 0x01, kPmpAll = 0x07;
constexpr unsigned kLastPmpEntry = 15;

std::vector<const WalkerKind*> chosen_walkers(const CosimOptions& options) {
  if (walker_kinds().empty()) throw InputError(kNoVerilator);
  std::vector<const WalkerKind*> chosen;
  std::string names;
  for (const WalkerKind& kind : walker_kinds()) {
    if (!options.walker || *options.walker == kind.name) chosen.push_back(&kind);
    names += (names.empty() ? "" : ", ") + kind.name;
  }
  if (chosen.empty()) {
    throw InputError(fmt::format("--walker {}: expected one of {}", *options.walker, names));
  }
  return chosen;
}

/// PMP that refuses the PTE at `address`: loads, or stores alone.
reference::WritePmp refusal(unsigned entry, const RandomMemory::Asked& asked) {
  const bool store = asked.answer == RandomMemory::Asked::Answer::no_store;
  // NAPOT of eight bytes: pmpaddr's lowest bit is 0.
  const auto cfg = static_cast<std::uint8_t>(kPmpNapot | (store ? kPmpLoads : 0));
  return {entry, cfg, asked.address >> 3U << 1U};
}

/// The latest walk of `cosim` as a case: its PTEs, and what refused others.
reference::WalkCase case_of(RandomCosim& cosim) {
  const WalkRequest& request = cosim.request();
  reference::WalkCase walk_case;
  walk_case.mode = request.space.mode;
  auto add = [&](auto content) { walk_case.lines.push_back({content, 0}); };
  if (cosim.scoreboard().kind().ad_update == AdUpdate::hardware) {
    add(reference::SetExtensions{{reference::CaseExtension::svadu}});
  }
  unsigned entry = 0;
  for (const RandomMemory::Asked& asked : cosim.memory().log()) {
    if (asked.answer == RandomMemory::Asked::Answer::found) {
      add(reference::MemoryWord{PhysicalAddress(asked.address), asked.value});
    } else if (entry < kLastPmpEntry) {
      add(refusal(entry++, asked));
    }
  }
  const bool rv32 = request.space.mode == PagingModeName::sv32;
  if (entry != 0) {
    add(reference::WritePmp{kLastPmpEntry, static_cast<std::uint8_t>(kPmpNapot | kPmpAll),
                            low_mask(rv32 ? 32 : 54)});
  }
  const SatpFormat& format = rv32 ? kSatpRv32 : kSatpRv64;
  add(reference::WriteCsr{reference::SpaceCsr::satp, encode_satp(format, request.space)});
  const bool user = request.context.privilege == Privilege::user;
  add(reference::Request{"walk", request.address, request.type,
                         user ? reference::CaseMode::u : reference::CaseMode::s,
                         request.context.sum, request.context.mxr});
  return walk_case;
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
  for (const WalkLine& step : cosim.scoreboard().story()) {
    fmt::print("  model: {:60} rtl: {}\n", step.model, step.rtl);
  }
  const std::string path = fmt::format("{}_seed{}.case", kind.name, options.seed);
  TextFile file(path);
  file.write(reference::to_text(case_of(cosim)));
  file.commit();
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
