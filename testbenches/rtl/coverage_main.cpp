// SPDX-License-Identifier: Apache-2.0
// Random lockstep of walkers, and the checks of an MMU, that count what of the hardware is used.
// The counts of each are written to a file of its name.
#include <verilated_cov.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "Vcovered_mmu.h"
#include "Vcovered_svade.h"
#include "Vcovered_svadu.h"
#include "models/cosim/random_cosim.h"
#include "models/cosim/verilated_walker.h"
#include "testbenches/rtl/mmu_checks.h"

using namespace tlmmu;
using namespace tlmmu::cosim;

namespace {

template <class Model>
class CountingWalker : public VerilatedWalker<Model> {
 public:
  ~CountingWalker() override { this->context().coveragep()->write(file.c_str()); }

  inline static std::string file;
};

template <class Model>
bool walk(AdUpdate ad_update, unsigned walk_cache, std::uint64_t walks, const std::string& file) {
  CountingWalker<Model>::file = file;
  const WalkerKind kind{
      "covered",
      PagingModeName::sv39,
      ad_update,
      walk_cache,
      LatencyContract::standard,
      []() -> std::unique_ptr<RtlWalker> { return std::make_unique<CountingWalker<Model>>(); }};
  RandomCosim cosim(kind, 1, {1, 10});
  while (cosim.walks() < walks) {
    if (cosim.step()) continue;
    std::fprintf(stderr, "%s\n", cosim.scoreboard().mismatch().c_str());
    return false;
  }
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
  constexpr unsigned kWalkCache = 4;
  constexpr unsigned kRounds = 10'000, kFew = 500;
  const bool right =
      check([](auto& bench) { return check_answers(bench, kRounds); }, folder + "/answers.dat") &&
      check([](auto& bench) { return check_global_pages(bench, kFew); }, folder + "/global.dat") &&
      check([](auto& bench) { return check_fences(bench, kRounds); }, folder + "/fences.dat");
  return right &&
                 walk<Vcovered_svadu>(AdUpdate::hardware, kWalkCache, walks,
                                      folder + "/svadu.dat") &&
                 walk<Vcovered_svade>(AdUpdate::fault, 0, walks, folder + "/svade.dat")
             ? 0
             : 1;
}
