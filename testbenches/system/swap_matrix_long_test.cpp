// SPDX-License-Identifier: Apache-2.0
// Each policy on each disk.
#include "testbenches/system/swap_matrix.h"

namespace tlmmu {
namespace {

class WholeSwapMatrix : public testing::TestWithParam<SwapCase> {};

TEST_P(WholeSwapMatrix, loses_and_leaks_nothing) {
  expect_nothing_lost(GetParam());
}

std::vector<SwapCase> product() {
  std::vector<SwapCase> cases;
  for (const char* disk : kDisks) {
    for (const char* policy : kPolicies) cases.push_back({disk, policy});
  }
  return cases;
}

INSTANTIATE_TEST_SUITE_P(All, WholeSwapMatrix, testing::ValuesIn(product()), swap_case_name);

}  // namespace
}  // namespace tlmmu
