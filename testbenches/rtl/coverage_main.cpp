// SPDX-License-Identifier: Apache-2.0
// Random lockstep of walkers, and checks of an MMU and of a pool, that count what of the hardware
// is used. The counts of each are written to a file of its name.
#include <verilated_cov.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "Vcovered_mmu_top.h"
#include "Vcovered_ptw_pool.h"
#include "models/cosim/random_cosim.h"
#include "testbenches/rtl/mmu_entry_checks.h"
#include "testbenches/rtl/pool_checks.h"

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

template <class Bench, class Check>
bool check(Check checks, const std::string& file) {
  Bench bench(1);
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
  using Mmu = MmuBench<Vcovered_mmu_top>;
  using Pool = PoolBench<Vcovered_ptw_pool>;
  constexpr unsigned kRounds = 5'000, kFew = 500, kCycles = 20'000;
  bool right =
      check<Mmu>([](Mmu& mmu) { return check_answers(mmu, kRounds); }, folder + "/answers.dat") &&
      check<Mmu>([](Mmu& mmu) { return check_global_pages(mmu, kFew); }, folder + "/global.dat") &&
      check<Mmu>([](Mmu& mmu) { return check_fences(mmu, kRounds); }, folder + "/fences.dat") &&
      check<Pool>([](Pool& pool) { return run_pool(pool, PoolTraffic(), kCycles); },
                  folder + "/pool.dat");
  for (const WalkerKind& kind : walker_kinds()) {
    right = right && walk(kind, walks, folder + "/" + kind.name + ".dat");
  }
  return right ? 0 : 1;
}
