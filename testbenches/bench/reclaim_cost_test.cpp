// SPDX-License-Identifier: Apache-2.0
// That a reclaimed page costs the same in every size of memory, told by the frames that reclaim
// looks at; `reclaim_cost` prints the same in nanoseconds.
#include <gtest/gtest.h>

#include "testbenches/bench/reclaim_load.h"

namespace tlmmu::kernel {
namespace {

class ReclaimCost : public ::testing::TestWithParam<Situation> {};

double looks_per_page(Situation situation, std::uint64_t frames) {
  ReclaimLoad load(situation, frames);
  const ReclaimWork before = load.work();
  load.reclaim(4 * frames);
  const ReclaimWork after = load.work();
  return static_cast<double>(after.looks - before.looks) /
         static_cast<double>(after.pages - before.pages);
}

// Where half of the pages cannot go, every second look is in vain; and each page is
// looked at twice, because it has a second chance.
TEST_P(ReclaimCost, of_a_page_is_a_few_looks_in_every_size_of_memory) {
  for (const std::uint64_t frames : {256, 2048}) {
    EXPECT_LE(looks_per_page(GetParam(), frames), 5) << frames << " frames";
  }
}

std::string name_for_test(const ::testing::TestParamInfo<Situation>& info) {
  constexpr const char* kNames[] = {"anonymous", "file", "shared", "swap_full", "locked"};
  return kNames[static_cast<std::size_t>(info.param)];
}

INSTANTIATE_TEST_SUITE_P(All, ReclaimCost, ::testing::ValuesIn(kSituations), name_for_test);

double looks_per_fault(Hopeless why, std::uint64_t frames) {
  const HopelessWork work = work_until_out_of_memory(why, frames);
  return static_cast<double>(work.looks) / static_cast<double>(work.faults);
}

// All of memory is looked at when there is nothing to be had for the first time, and before the
// process is killed.
TEST(ReclaimCostWhereNothingCanGo, does_not_grow_with_memory) {
  for (const Hopeless why : {Hopeless::no_swap, Hopeless::locked, Hopeless::locked_at_limit}) {
    const double small = looks_per_fault(why, 256);
    EXPECT_LE(small, 50);
    EXPECT_LE(looks_per_fault(why, 2048), 1.1 * small);
  }
}

}  // namespace
}  // namespace tlmmu::kernel
