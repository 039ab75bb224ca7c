// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>
#include <string>

#include "testbenches/kernel/program_stress.h"

namespace tlmmu::kernel::testing {
namespace {

constexpr PagingModeName kModes[] = {PagingModeName::sv32, PagingModeName::sv39,
                                     PagingModeName::sv48, PagingModeName::sv57};
constexpr std::uint64_t kRunsOfAFifth = 5;

ProgramStress::Dangers dangers_of(std::uint64_t run) {
  ProgramStress::Dangers dangers;
  dangers.mode = kModes[run % std::size(kModes)];
  dangers.bad_blocks = run % 4 == 0 ? 0 : 10;
  dangers.late_disk = run % 2 == 0;
  dangers.tiny_swap = run % 5 == 1;
  if (run % 5 == 2) dangers.huge_pages = HugePageUse::always;
  if (run % 5 == 4) dangers.huge_pages = HugePageUse::madvise;
  return dangers;
}

/// What must have happened for the million operations to mean something.
struct Happened {
  std::set<PagingModeName> modes;
  std::uint64_t forks = 0, swap_ins = 0, file_outs = 0, shared_scanned = 0;
  std::uint64_t read_errors = 0, write_errors = 0, interrupts_lost = 0;
  std::uint64_t huge_mapped = 0, huge_split = 0, huge_reclaimed = 0, out_of_memory = 0;
  std::uint64_t transitions = 0;

  void add(const ProgramStress& run) {
    const Counters& c = run.counters();
    modes.insert(run.mode());
    forks += c.forks;
    swap_ins += c.swap_ins;
    file_outs += c.file_outs;
    shared_scanned += c.scanned_shared;
    read_errors += c.read_errors;
    write_errors += c.write_errors;
    interrupts_lost += run.interrupts_lost();
    huge_mapped += c.huge_mapped;
    huge_split += c.huge_split;
    huge_reclaimed += c.huge_scanned;
    out_of_memory += c.kills[static_cast<unsigned>(KillReason::out_of_memory)];
    transitions += run.transitions();
  }
};

class KernelMillion : public ::testing::TestWithParam<std::uint64_t> {};

/// A fifth of a million: five machines, 40,000 operations each.
TEST_P(KernelMillion, operations_with_disk_errors_keep_every_invariant) {
  constexpr std::uint64_t kSeed = 2025;
  Happened happened;
  for (std::uint64_t i = 0; i < kRunsOfAFifth && !HasFailure(); ++i) {
    const std::uint64_t number = GetParam() * kRunsOfAFifth + i;
    SCOPED_TRACE(::testing::Message() << "seed " << kSeed + number);
    ProgramStress run(kSeed + number, dangers_of(number));
    run.run(40'000, 1000);
    happened.add(run);
  }
  EXPECT_EQ(happened.modes.size(), 4U) << "Sv32, Sv39, Sv48, Sv57";
  const std::map<std::string, std::uint64_t> counts = {
      {"forks", happened.forks},
      {"swap-ins", happened.swap_ins},
      {"file pages written", happened.file_outs},
      {"segment pages scanned", happened.shared_scanned},
      {"read errors", happened.read_errors},
      {"write errors", happened.write_errors},
      {"lost interrupts", happened.interrupts_lost},
      {"large pages", happened.huge_mapped},
      {"large pages split", happened.huge_split},
      {"large pages split by reclaim", happened.huge_reclaimed},
      {"kills for want of memory", happened.out_of_memory},
  };
  for (const auto& [what, count] : counts) EXPECT_GT(count, 0U) << what;
  EXPECT_GT(happened.transitions, 100'000U);
}

INSTANTIATE_TEST_SUITE_P(fifths, KernelMillion, ::testing::Range<std::uint64_t>(0, 5));

}  // namespace
}  // namespace tlmmu::kernel::testing
