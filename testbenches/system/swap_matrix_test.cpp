// SPDX-License-Identifier: Apache-2.0
// Eight processes, their children, segments and files, on each disk with each policy.
#include "testbenches/system/swap_matrix.h"
#include "testbenches/system/timeline_table.h"

namespace tlmmu {
namespace {

constexpr int kFrames = 256;  // that are not reserved

nlohmann::json overload(const SwapCase& row, const Workplace& place, const std::string& memory,
                        const std::vector<std::string>& more = {}) {
  std::vector<std::string> words = {"--scenario", source_path("testbenches/system/overload.scn"),
                                    "--set", "memory.size=" + memory};
  words.insert(words.end(), more.begin(), more.end());
  return run_of(row, place, words);
}

class SwapMatrix : public testing::TestWithParam<SwapCase> {};

TEST_P(SwapMatrix, loses_and_leaks_nothing) {
  const Workplace place;
  const auto stats = overload(GetParam(), place, "1536KiB");
  ASSERT_FALSE(stats.is_null());
  const auto& kernel = stats["kernel"];
  EXPECT_EQ(kernel["frames"].get<int>() - kernel["frames_reserved"].get<int>(), kFrames);
  EXPECT_GT(stats["verify"]["loads_checked"], 2500);
  EXPECT_EQ(stats["verify"]["mismatches"], 0);
  for (const char* moved : {"swap_outs", "swap_ins", "file_ins", "file_outs", "copied"}) {
    EXPECT_GT(kernel[moved], 20) << moved;
  }
  EXPECT_GT(kernel["scanned_shared"], 0);
  EXPECT_EQ(kernel["forks"], 6);
  EXPECT_EQ(kernel["execs"], 2);
  for (const auto& [reason, count] : kernel["kills"].items()) EXPECT_EQ(count, 0) << reason;
  expect_nothing_left(kernel);
  EXPECT_EQ(kernel["segments"], 0);
}

INSTANTIATE_TEST_SUITE_P(All, SwapMatrix, testing::ValuesIn(all_swap_cases()), swap_case_name);

TEST(SwapMatrixRows, need_four_times_the_memory) {
  const Workplace place;
  overload(
      {"nvme_ssd", "clock"}, place, "16MiB",
      {"--timeline", "out.csv", "--timeline-interval", "20us", "--set", "kernel.time_slice=2us"});
  const auto frames = timeline_blocks(place.read("out.csv")).at("machine").at("frames_mapped");
  EXPECT_GE(*std::max_element(frames.begin(), frames.end()), 4 * kFrames);
}

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
