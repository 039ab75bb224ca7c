// SPDX-License-Identifier: Apache-2.0
// What becomes of a run when something goes wrong at the disk.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "testbenches/system/command.h"
#include "testbenches/system/synthetic_trace.h"

namespace tlmmu {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Json = nlohmann::json;

/// Two processes that together need more than twice the memory, verified. A run that breaks a law,
/// or in which a load finds something else than was stored, ends with another exit code than 0.
class DiskFault : public testing::Test {
 protected:
  DiskFault() {
    place_.file("a", page_sweep(500, 2));
    place_.file("b", page_sweep(500, 2));
  }

  Json run(const std::vector<std::string>& sets) { return run({"a", "b"}, sets); }

  Json run(const std::vector<std::string>& traces, const std::vector<std::string>& sets) {
    std::vector<std::string> words = {"run",      "--verify", "--stats",
                                      "out.json", "--set",    "memory.size=2MiB"};
    for (const std::string& trace : traces) words.insert(words.end(), {"--trace", trace});
    for (const std::string& assignment : sets) words.insert(words.end(), {"--set", assignment});
    const CommandResult result = place_.tlmmu(words);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.err, IsEmpty());
    report_ = result.out;
    return Json::parse(place_.read("out.json"))["statistics"];
  }

  static constexpr int kAccesses = 500 * 3 * 2;  // of each process

  Workplace place_;
  std::string report_;
};

TEST_F(DiskFault, a_read_error_kills_who_needs_the_page_and_the_others_go_on) {
  const Json stats = run({"swap_disk.faults.read_error_at=20"});
  EXPECT_EQ(stats["swap_disk"]["faults"]["read_errors"], 1);
  EXPECT_EQ(stats["kernel"]["read_errors"], 1);
  EXPECT_EQ(stats["kernel"]["kills"]["disk_read_error"], 1);
  EXPECT_THAT(report_, HasSubstr("was killed: disk_read_error"));
  EXPECT_GE(stats["cpu"]["accesses"], kAccesses);
  EXPECT_LT(stats["cpu"]["accesses"], 2 * kAccesses);
}

TEST_F(DiskFault, a_write_error_moves_the_page_to_another_slot_and_nothing_is_lost) {
  const Json stats = run({"swap_disk.faults.write_error_at=20"});
  EXPECT_EQ(stats["swap_disk"]["blocks_not_kept"], 1);
  EXPECT_EQ(stats["kernel"]["write_errors"], 1);
  EXPECT_EQ(stats["kernel"]["write_retries"], 1);
  EXPECT_EQ(stats["kernel"]["slots_bad"], 1);
  EXPECT_EQ(stats["cpu"]["accesses"], 2 * kAccesses);
  EXPECT_THAT(report_, Not(HasSubstr("was killed")));
}

TEST_F(DiskFault, a_third_of_all_writes_failing_loses_nothing) {
  const Json stats = run({"swap_disk.faults.write_errors_per_million=333333"});
  EXPECT_GT(stats["kernel"]["slots_bad"], 100);
  EXPECT_EQ(stats["kernel"]["slots_bad"], stats["swap_disk"]["faults"]["write_errors"]);
  EXPECT_EQ(stats["cpu"]["accesses"], 2 * kAccesses);
}

TEST_F(DiskFault, a_latency_spike_delays_the_run_and_changes_nothing_else) {
  // Alone, so that the process waits for what is late: its first instruction.
  const Json quick = run({"a"}, {});
  const Json late =
      run({"a"}, {"swap_disk.faults.latency_spike_at=1", "swap_disk.faults.latency_spike=7ms"});
  EXPECT_EQ(late["swap_disk"]["faults"]["latency_spikes"], 1);
  EXPECT_NEAR(late["time"]["elapsed"].get<double>() - quick["time"]["elapsed"].get<double>(), 7e9,
              1e7);
  EXPECT_EQ(late["kernel"]["faults"], quick["kernel"]["faults"]);
}

TEST_F(DiskFault, a_lost_interrupt_is_found_after_the_timeout) {
  const Json whole = run({"a"}, {});
  const Json lost =
      run({"a"}, {"swap_disk.faults.lost_interrupt_at=1", "kernel.disk_timeout=40ms"});
  EXPECT_EQ(lost["kernel"]["disk_timeouts"], 1);
  EXPECT_EQ(lost["kernel"]["completions_lost"], 1);
  EXPECT_EQ(lost["kernel"]["traps"]["idle_timeout"], 1);
  EXPECT_NEAR(lost["time"]["elapsed"].get<double>() - whole["time"]["elapsed"].get<double>(), 40e9,
              1e9);
  EXPECT_EQ(lost["cpu"]["accesses"], kAccesses);
}

TEST_F(DiskFault, a_lost_interrupt_is_found_while_another_process_runs) {
  place_.file("busy", lackey_text({60'000, 4, 1, 5}));
  const Json stats = run({"a", "busy"}, {"kernel.text_source=page_cache",
                                         "swap_disk.faults.lost_interrupts_per_million=1000000",
                                         "kernel.time_slice=50us", "kernel.disk_timeout=200us"});
  EXPECT_GT(stats["kernel"]["disk_timeouts"], stats["kernel"]["traps"]["idle_timeout"]);
  EXPECT_EQ(stats["kernel"]["completions_signaled"], 0);
  EXPECT_EQ(stats["cpu"]["accesses"], kAccesses + 120'000);
}

TEST_F(DiskFault, a_slow_disk_is_not_taken_for_one_that_lost_an_interrupt) {
  const Json stats = run({"swap_disk.faults.latency_spikes_per_million=100000",
                          "swap_disk.faults.latency_spike=3ms", "kernel.disk_timeout=1ms"});
  EXPECT_GT(stats["kernel"]["disk_timeouts"], 0);
  EXPECT_EQ(stats["cpu"]["accesses"], 2 * kAccesses);
}

TEST_F(DiskFault, a_full_swap_area_ends_in_a_kill_for_want_of_memory) {
  const Json stats = run({"swap_disk.capacity=1MiB"});
  EXPECT_EQ(stats["kernel"]["kills"]["out_of_memory"], 1);
  EXPECT_THAT(report_, HasSubstr("was killed: out_of_memory"));
  EXPECT_GE(stats["cpu"]["accesses"], kAccesses);
}

TEST_F(DiskFault, every_kind_at_once_breaks_no_law_and_loses_no_page) {
  const Json stats = run({"swap_disk.faults.read_errors_per_million=500",
                          "swap_disk.faults.write_errors_per_million=50000",
                          "swap_disk.faults.latency_spikes_per_million=10000",
                          "swap_disk.faults.latency_spike=1ms",
                          "swap_disk.faults.lost_interrupts_per_million=100000",
                          "swap_disk.faults.seed=3", "kernel.disk_timeout=5ms"});
  EXPECT_GT(stats["kernel"]["write_retries"], 0);
  EXPECT_GT(stats["swap_disk"]["faults"]["lost_interrupts"], 0);
  EXPECT_EQ(stats["verify"]["mismatches"], 0);
}

}  // namespace
}  // namespace tlmmu
