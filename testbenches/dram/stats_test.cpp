// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "models/dram/dram.h"
#include "testbenches/dram/random_bursts.h"
#include "testbenches/support/laws.h"

namespace tlmmu {
namespace {

using testing::RandomBurst;
using testing::RandomBursts;

using Name = events::DramCommandName;

TEST(DramStats, agree_with_the_commands_that_were_sent) {
  const DramConfig config(DramPreset::ddr5_4800);
  CommandLog log;
  Dram dram(config, Cycles(60), &log);
  constexpr std::uint64_t kSeed = 5;
  RandomBursts random(kSeed, config.geometry, config.timing.tREFI);
  for (int i = 0; i < 2000; ++i) {
    const RandomBurst burst = random.next();
    dram.serve(burst.address, burst.kind, burst.arrival);
  }
  std::array<std::uint64_t, 5> sent{};
  for (const IssuedCommand& issued : log) ++sent[static_cast<unsigned>(issued.command.command)];
  const auto count = [&sent](Name name) { return sent[static_cast<unsigned>(name)]; };
  const ChannelStats total = dram.stats().total();
  EXPECT_EQ(total.reads, count(Name::read));
  EXPECT_EQ(total.writes, count(Name::write));
  EXPECT_EQ(total.activates, count(Name::activate));
  EXPECT_EQ(total.precharges(), count(Name::precharge));
  EXPECT_EQ(total.refreshes, count(Name::refresh));
  tlmmu::testing::expect_laws_hold(dram.stats());
  EXPECT_EQ(total.bursts(), 2000U) << "seed " << kSeed;
}

}  // namespace
}  // namespace tlmmu
