// SPDX-License-Identifier: Apache-2.0
// Every walker that is built in, in random lockstep with the model.
#include <gtest/gtest.h>

#include "models/cosim/random_cosim.h"
#include "testbenches/support/seed.h"

namespace tlmmu::cosim {
namespace {

std::string told(const RandomCosim& cosim) {
  std::string text = cosim.scoreboard().mismatch();
  text += " in walk " + std::to_string(cosim.walks());
  for (const WalkLine& line : cosim.scoreboard().story()) {
    text += "\n  model: " + line.model + "   rtl: " + line.rtl;
  }
  return text;
}

void expect_lockstep(CycleRange latency, std::uint64_t walks) {
  if (walker_kinds().empty()) GTEST_SKIP() << kNoVerilator;
  const std::uint64_t seed = testing::seed_or(1);
  for (const WalkerKind& kind : walker_kinds()) {
    SCOPED_TRACE("TLMMU_SEED=" + std::to_string(seed) + ", " + kind.name);
    RandomCosim cosim(kind, seed, latency);
    cosim.scoreboard().keep_story();
    while (cosim.walks() < walks) ASSERT_TRUE(cosim.step()) << told(cosim);
    EXPECT_GT(cosim.aborted(), walks / 100);
  }
}

TEST(RandomLockstep, every_walker_walks_as_the_model_at_random_latencies) {
  expect_lockstep({1, 40}, 5'000);
}
TEST(RandomLockstep, every_walker_walks_as_the_model_with_the_fastest_memory) {
  expect_lockstep({1, 1}, 10'000);
}

}  // namespace
}  // namespace tlmmu::cosim
