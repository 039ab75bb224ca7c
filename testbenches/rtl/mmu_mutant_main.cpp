// SPDX-License-Identifier: Apache-2.0
// All checks of an MMU on the mutant that it is linked with: says which has seen it, and when.
#include <cstdio>

#include "Vmutant.h"
#include "testbenches/rtl/mmu_entry_checks.h"

using namespace tlmmu;

namespace {

template <class Check>
bool survives(Check check) {
  MmuBench<Vmutant> bench(1);
  const std::string seen = check(bench);
  if (!seen.empty()) std::printf("killed %s\n", seen.c_str());
  return seen.empty();
}

}  // namespace

int main() {
  constexpr unsigned kRounds = 5'000, kFew = 500;
  if (survives([](auto& bench) { return check_answers(bench, kRounds); }) &&
      survives([](auto& bench) { return check_changes_in_the_middle(bench, kRounds); }) &&
      survives([](auto& bench) { return check_hits(bench, kRounds); }) &&
      survives([](auto& bench) { return check_global_pages(bench, kFew); }) &&
      survives([](auto& bench) { return check_fences(bench, kRounds); }) &&
      survives([](auto& bench) { return check_replacement(bench, kFew); })) {
    std::printf("survived\n");
  }
}
