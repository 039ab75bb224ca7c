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

/// Runs eight processes that need four times the memory: half of them go through their pages in
/// order, half at random. Every load is checked, every law, and that nothing is left at the end.
inline void expect_nothing_lost(const SwapCase& row) {
  constexpr int kProcesses = 8;
  constexpr int kPages = 96;  // of each; 192 frames are not reserved
  const Workplace place;
  place.file("ordered", page_sweep(kPages, 3));
  place.file("random", lackey_text({1500, kPages, 8, 5}));
  std::vector<std::string> words = {"run",
                                    "--verify",
                                    "--quiet",
                                    "--stats",
                                    "out.json",
                                    "--set",
                                    "memory.size=1280KiB",
                                    "--set",
                                    "kernel.time_slice=50us"};
  for (int i = 0; i < kProcesses; ++i) {
    words.insert(words.end(), {"--trace", i % 2 == 0 ? "ordered" : "random"});
  }
  words.insert(words.end(), {"--set", "swap_disk.preset=" + row.disk});
  words.insert(words.end(), {"--set", "kernel.policy=" + row.policy});
  const CommandResult result = place.tlmmu(words);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, testing::IsEmpty());
  const auto stats = nlohmann::json::parse(place.read("out.json"))["statistics"];
  const auto& kernel = stats["kernel"];
  EXPECT_GT(stats["verify"]["loads_checked"], 4 * 3 * kPages);
  EXPECT_GT(kernel["swap_outs"], 500);
  EXPECT_GT(kernel["swap_ins"], 500);
  EXPECT_EQ(stats["cpu"]["accesses"], 4 * (4 * kPages * 2 + 3000));
  const int in_flight = kernel["frames_reading"].get<int>() + kernel["frames_writing"].get<int>();
  EXPECT_EQ(kernel["frames_free"].get<int>() + kernel["frames_reserved"].get<int>() + in_flight,
            kernel["frames"]);
  EXPECT_LE(kernel["slots_in_use"], in_flight);
  EXPECT_EQ(kernel["swapped_pages"], 0);
}

}  // namespace tlmmu
