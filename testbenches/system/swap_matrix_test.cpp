// SPDX-License-Identifier: Apache-2.0
// Each policy, and each disk.
#include "testbenches/system/swap_matrix.h"

namespace tlmmu {
namespace {

class SwapMatrix : public testing::TestWithParam<SwapCase> {};

TEST_P(SwapMatrix, loses_and_leaks_nothing) {
  expect_nothing_lost(GetParam());
}

std::vector<SwapCase> rows_and_columns() {
  std::vector<SwapCase> cases;
  for (const char* policy : kPolicies) cases.push_back({"nvme_ssd", policy});
  cases.push_back({"sata_ssd", "clock"});
  cases.push_back({"hdd_7200rpm", "clock"});
  return cases;
}

INSTANTIATE_TEST_SUITE_P(All, SwapMatrix, testing::ValuesIn(rows_and_columns()), swap_case_name);

TEST(SwapMatrixRows, have_every_policy_and_every_disk_that_there_is) {
  const Workplace place;
  const auto keys = nlohmann::json::parse(place.tlmmu({"config", "--schema"}).out).dump();
  for (const char* name : kPolicies) EXPECT_THAT(keys, testing::HasSubstr(name));
  for (const char* name : kDisks) EXPECT_THAT(keys, testing::HasSubstr(name));
  const auto schema = nlohmann::json::parse(keys);
  const auto& kernel = schema["properties"]["kernel"]["properties"];
  EXPECT_EQ(kernel["policy"]["enum"].size(), std::size(kPolicies));
  const auto& disk = schema["properties"]["swap_disk"]["properties"];
  EXPECT_EQ(disk["preset"]["enum"].size(), std::size(kDisks));
}

}  // namespace
}  // namespace tlmmu
