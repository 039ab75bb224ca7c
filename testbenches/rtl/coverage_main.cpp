// SPDX-License-Identifier: Apache-2.0
// Random lockstep of walkers, and the checks of an MMU, that count what of the hardware is used.
// The counts of each are written to a file of its name.
#include <verilated_cov.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "Vcovered_mmu.h"
#include "models/cosim/random_cosim.h"
#include "testbenches/rtl/mmu_checks.h"

using namespace tlmmu;
using namespace tlmmu::cosim;

namespace {

bool walk(const WalkerKind& kind, std::uint64_t walks, const std::string& file) {
  RandomCosim cosim(kind, 1, {1, 10});
  while (cosim.walks() < walks) {
    if (cosim.step()) continue;
    std::fprintf(stderr, "%s\n", cosim.scoreboard().mismatch().c_str());
    return false;
  }
  cosim.walker().write_coverage(file);
  return true;
}

template <class Check>
bool check(Check checks, const std::string& file) {
  MmuBench<Vcovered_mmu> bench(1);
  const std::string seen = checks(bench);
  bench.context().coveragep()->write(file.c_str());
  if (!seen.empty()) std::fprintf(stderr, "%s\n", seen.c_str());
  return seen.empty();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: %s WALKS FOLDER\n", argv[0]);
    return 2;
  }
  const std::uint64_t walks = std::strtoull(argv[1], nullptr, 0);
  const std::string folder = argv[2];
  constexpr unsigned kRounds = 10'000, kFew = 500;
  bool right =
      check([](auto& bench) { return check_answers(bench, kRounds); }, folder + "/answers.dat") &&
      check([](auto& bench) { return check_global_pages(bench, kFew); }, folder + "/global.dat") &&
      check([](auto& bench) { return check_fences(bench, kRounds); }, folder + "/fences.dat");
  for (const WalkerKind& kind : walker_kinds()) {
    right = right && walk(kind, walks, folder + "/" + kind.name + ".dat");
  }
  return right ? 0 : 1;
}
