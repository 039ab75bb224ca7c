// SPDX-License-Identifier: Apache-2.0
// pread and pwrite of processes that fight for memory, verified: every copy ends, and nothing is
// lost.
#include <gmock/gmock.h>

#include "testbenches/system/command.h"

namespace tlmmu {
namespace {

/// Of 1 MiB all but 24 pages are the kernel's.
constexpr const char* kLittleMemory = "kernel.reserved=928KiB";

struct Copies {
  const char* name;
  std::vector<std::string> settings;
};

std::ostream& operator<<(std::ostream& out, const Copies& copies) {
  return out << copies.name;
}

class CopyStressTest : public testing::TestWithParam<Copies> {};

TEST_P(CopyStressTest, ends_and_loses_nothing_in_little_memory) {
  const Workplace place;
  std::vector<std::string> words = {
      "run",   "--quiet",    "--verify", "--scenario", source_path("testbenches/system/copies.scn"),
      "--set", kLittleMemory};
  for (const std::string& setting : GetParam().settings) {
    words.insert(words.end(), {"--set", setting});
  }
  const CommandResult result = place.tlmmu(words);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    All, CopyStressTest,
    testing::Values(Copies{"alone", {}}, Copies{"sv32", {"mmu.mode=sv32"}},
                    Copies{"exact_lru", {"kernel.policy=exact_lru"}},
                    Copies{"limits", {"kernel.reclaim_scope=process", "kernel.resident_limit=4"}},
                    Copies{"readahead", {"kernel.file_readahead=4"}},
                    Copies{"writeback", {"kernel.dirty_writeback=1ms", "kernel.dirty_expire=1ms"}},
                    Copies{"disk_errors",
                           {"swap_disk.faults.read_errors_per_million=20000",
                            "swap_disk.faults.write_errors_per_million=50000"}},
                    Copies{"short_slices", {"kernel.time_slice=1us", "simulation.quantum=100ns"}}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace tlmmu
