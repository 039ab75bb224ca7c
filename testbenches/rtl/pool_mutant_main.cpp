// SPDX-License-Identifier: Apache-2.0
// All checks of a pool of walkers on the mutant that it is linked with: says what was seen, and
// when.
#include <cstdio>

#include "Vmutant.h"
#include "testbenches/rtl/pool_request_parts.h"

using namespace tlmmu;

int main() {
  constexpr unsigned kCycles = 50'000, kFew = 20'000;
  PoolBench<Vmutant> pool(1);
  std::string seen = run_pool(pool, PoolTraffic(), kCycles);
  if (seen.empty()) {
    PoolBench<Vmutant> other(1);
    seen = check_turns(other, kFew);
  }
  for (const RequestPart& part : kRequestParts) {
    if (seen.empty()) seen = check_part<PoolBench<Vmutant>>(part);
  }
  std::printf(seen.empty() ? "survived\n" : "killed %s\n", seen.c_str());
}
