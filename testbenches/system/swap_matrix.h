// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "testbenches/system/command.h"
#include "testbenches/system/synthetic_trace.h"

namespace tlmmu {

constexpr const char* kDisks[] = {"hdd_7200rpm", "sata_ssd", "nvme_ssd"};
constexpr const char* kPolicies[] = {"clock",   "ageing",    "fifo",  "exact_lru", "nru",
                                     "wsclock", "two_queue", "mglru", "random"};

/// A machine that eight processes overload.
struct SwapCase {
  std::string disk;
  std::string policy;
};

inline void PrintTo(const SwapCase& row, std::ostream* out) {
  *out << row.disk << " with " << row.policy;
}
inline std::string swap_case_name(const testing::TestParamInfo<SwapCase>& info) {
  return info.param.disk + "_with_" + info.param.policy;
}

/// Each policy on each disk.
inline std::vector<SwapCase> all_swap_cases() {
  std::vector<SwapCase> cases;
  for (const char* disk : kDisks) {
    for (const char* policy : kPolicies) cases.push_back({disk, policy});
  }
  return cases;
}

/// A verified run that fails nothing: all statistics. What lasted is of `row`.
inline nlohmann::json run_of(const SwapCase& row, const Workplace& place,
                             std::vector<std::string> words) {
  words.insert(words.begin(), {"run", "--verify", "--quiet", "--stats", "out.json", "--set",
                               "swap_disk.preset=" + row.disk, "--set",
                               "kernel.policy=" + row.policy, "--set", "kernel.time_slice=50us"});
  const CommandResult result = place.tlmmu(words);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, testing::IsEmpty());
  if (result.exit_code != 0) return {};
  return nlohmann::json::parse(place.read("out.json"))["statistics"];
}

/// When everybody has ended, each frame is free, of the kernel's image, or holds what the disk
/// holds too; each slot is free; nobody's page or table is left.
inline void expect_nothing_left(const nlohmann::json& kernel) {
  const int in_flight = kernel["frames_reading"].get<int>() + kernel["frames_writing"].get<int>();
  EXPECT_EQ(kernel["frames_free"].get<int>() + kernel["frames_reserved"].get<int>() +
                kernel["frames_cached"].get<int>() + in_flight,
            kernel["frames"]);
  EXPECT_LE(kernel["slots_in_use"], in_flight);
  EXPECT_EQ(kernel["swapped_pages"], 0);
}

}  // namespace tlmmu
