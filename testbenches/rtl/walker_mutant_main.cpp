// SPDX-License-Identifier: Apache-2.0
// Random lockstep of the mutant that it is linked with: says after how many walks it was told from
// the model, and by what.
#include <cstdio>
#include <cstdlib>

#include "Vmutant.h"
#include "models/cosim/random_cosim.h"
#include "models/cosim/verilated_walker.h"

using namespace tlmmu;
using namespace tlmmu::cosim;

int main(int argc, char** argv) {
  const std::uint64_t walks = argc > 1 ? std::strtoull(argv[1], nullptr, 0) : 1;
  const WalkerKind kind{
      "mutant",
      PagingModeName::sv39,
      AdUpdate::hardware,
      4,
      LatencyContract::standard,
      []() -> std::unique_ptr<RtlWalker> { return std::make_unique<VerilatedWalker<Vmutant>>(); }};
  RandomCosim cosim(kind, 1, {1, 10});
  while (cosim.walks() < walks) {
    if (cosim.step()) continue;
    std::printf("killed %llu %s\n", static_cast<unsigned long long>(cosim.walks()),
                cosim.scoreboard().mismatch().c_str());
    return 0;
  }
  std::printf("survived\n");
  return 1;
}
