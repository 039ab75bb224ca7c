// SPDX-License-Identifier: Apache-2.0
// Eight recorded processes, on each disk with each policy.
#include "testbenches/system/swap_matrix.h"

namespace tlmmu {
namespace {

class TraceSwapMatrix : public testing::TestWithParam<SwapCase> {};

/// Half of the processes go through their pages in order, half at random. They need four times the
/// memory.
TEST_P(TraceSwapMatrix, loses_and_leaks_nothing) {
  constexpr int kProcesses = 8;
  constexpr int kPages = 96;  // of each; 192 frames are not reserved
  const Workplace place;
  place.file("ordered", page_sweep(kPages, 3));
  place.file("random", lackey_text({1500, kPages, 8, 5}));
  std::vector<std::string> words = {"--set", "memory.size=1280KiB"};
  for (int i = 0; i < kProcesses; ++i) {
    words.insert(words.end(), {"--trace", i % 2 == 0 ? "ordered" : "random"});
  }
  const auto stats = run_of(GetParam(), place, words);
  ASSERT_FALSE(stats.is_null());
  EXPECT_GT(stats["verify"]["loads_checked"], 4 * 3 * kPages);
  EXPECT_GT(stats["kernel"]["swap_outs"], 500);
  EXPECT_GT(stats["kernel"]["swap_ins"], 500);
  EXPECT_EQ(stats["cpu"]["accesses"], 4 * (4 * kPages * 2 + 3000));
  expect_nothing_left(stats["kernel"]);
}

INSTANTIATE_TEST_SUITE_P(All, TraceSwapMatrix, testing::ValuesIn(all_swap_cases()), swap_case_name);

}  // namespace
}  // namespace tlmmu
