// SPDX-License-Identifier: Apache-2.0
// Eight processes with forks, segments and files that need four times the memory, while the disk
// fails: each kind of fault ends as docs/kernel.md says, no load finds something else than it must,
// and nothing is left at the end.
#include "testbenches/system/swap_matrix.h"

namespace tlmmu {
namespace {

using Json = nlohmann::json;

class OverloadFault : public testing::Test {
 protected:
  /// The kernel's statistics, and the disk's.
  void run(const std::vector<std::string>& sets) {
    std::vector<std::string> words = {"--scenario", source_path("testbenches/system/overload.scn"),
                                      "--set", "memory.size=1536KiB"};
    for (const std::string& assignment : sets) words.insert(words.end(), {"--set", assignment});
    const Json stats = run_of({"nvme_ssd", "clock"}, Workplace(), words);
    ASSERT_FALSE(stats.is_null());
    EXPECT_EQ(stats["verify"]["mismatches"], 0);
    EXPECT_GT(stats["verify"]["loads_checked"], 500);
    kernel = stats["kernel"];
    faults = stats["swap_disk"]["faults"];
    expect_nothing_left(kernel);
    EXPECT_EQ(kernel["segments"], 0);
    kills = 0;
    for (const auto& [reason, count] : kernel["kills"].items()) kills += count.get<int>();
  }

  Json kernel, faults;
  int kills = 0;
};

TEST_F(OverloadFault, of_reads_kills_who_needs_the_pages_and_nobody_else) {
  run({"swap_disk.faults.read_errors_per_million=1000"});
  EXPECT_GT(kernel["read_errors"], 0);
  EXPECT_EQ(kernel["read_errors"], faults["read_errors"]);
  EXPECT_GT(kernel["kills"]["disk_read_error"], 0);
  EXPECT_EQ(kernel["kills"]["disk_read_error"], kills);
}

TEST_F(OverloadFault, of_writes_takes_other_slots_and_keeps_file_pages_in_memory) {
  run({"swap_disk.faults.write_errors_per_million=50000"});
  EXPECT_GT(kernel["slots_bad"], 50);
  EXPECT_GT(kernel["write_retries"], 50);
  EXPECT_GT(kernel["write_errors"], kernel["slots_bad"]) << "some were of file pages";
  EXPECT_EQ(kernel["write_errors"], faults["write_errors"]);
  EXPECT_EQ(kills, 0);
}

TEST_F(OverloadFault, of_interrupts_and_times_only_costs_time) {
  run({"swap_disk.faults.latency_spikes_per_million=20000", "swap_disk.faults.latency_spike=2ms",
       "swap_disk.faults.lost_interrupts_per_million=100000", "kernel.disk_timeout=3ms"});
  EXPECT_GT(faults["latency_spikes"], 50);
  EXPECT_GT(faults["lost_interrupts"], 50);
  EXPECT_GT(kernel["completions_lost"], 0) << "found by the timeout";
  EXPECT_EQ(kills, 0);
}

TEST_F(OverloadFault, of_room_for_swap_kills_for_want_of_memory) {
  run({"swap_disk.capacity=2MiB"});
  EXPECT_GT(kernel["kills"]["out_of_memory"], 0);
  EXPECT_EQ(kernel["kills"]["out_of_memory"], kills);
  EXPECT_LT(kills, 8) << "some finish";
}

TEST_F(OverloadFault, of_every_kind_at_once_loses_only_what_could_not_be_read) {
  run({"swap_disk.faults.read_errors_per_million=500",
       "swap_disk.faults.write_errors_per_million=50000",
       "swap_disk.faults.latency_spikes_per_million=20000", "swap_disk.faults.latency_spike=2ms",
       "swap_disk.faults.lost_interrupts_per_million=100000", "kernel.disk_timeout=3ms"});
  EXPECT_GT(kernel["write_retries"], 0);
  EXPECT_GT(faults["lost_interrupts"], 0);
  EXPECT_EQ(kernel["kills"]["disk_read_error"], kills);
}

}  // namespace
}  // namespace tlmmu
