// SPDX-License-Identifier: Apache-2.0
// The example of docs/bring_your_own_walker.md, behind its wrapper and driven by its class.
#include <gtest/gtest.h>

#include <algorithm>

#include "models/cosim/random_cosim.h"
#include "testbenches/support/seed.h"

namespace tlmmu::cosim {
namespace {

const WalkerKind& kind_of(const std::string& name) {
  const auto& kinds = walker_kinds();
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const WalkerKind& kind) { return kind.name == name; });
  if (found == kinds.end()) throw std::runtime_error("no walker " + name);
  return *found;
}

TEST(ExampleWalker, takes_the_same_cycles_behind_a_wrapper_and_driven_by_a_class) {
  if (walker_kinds().empty()) GTEST_SKIP() << kNoVerilator;
  const std::uint64_t seed = testing::seed_or(3);
  RandomCosim wrapped(kind_of("small_sv39"), seed, {1, 10});
  RandomCosim driven(kind_of("small_sv39_pins"), seed, {1, 10});
  constexpr std::uint64_t kWalks = 2'000;
  while (wrapped.walks() < kWalks) {
    ASSERT_TRUE(wrapped.step()) << wrapped.scoreboard().mismatch();
    ASSERT_TRUE(driven.step()) << driven.scoreboard().mismatch();
    ASSERT_EQ(wrapped.cycles(), driven.cycles()) << "walk " << wrapped.walks() << ", seed " << seed;
    ASSERT_EQ(wrapped.aborted(), driven.aborted())
        << "walk " << wrapped.walks() << ", seed " << seed;
  }
}

}  // namespace
}  // namespace tlmmu::cosim
