// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "testbenches/system/command.h"
#include "testbenches/system/synthetic_trace.h"
#include "testbenches/system/timeline_table.h"

namespace tlmmu {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Json = nlohmann::json;

/// Two processes that together need twice the memory.
class Timeline : public testing::Test {
 protected:
  Timeline() {
    place_.file("a", page_sweep(400, 2));
    place_.file("b", page_sweep(200, 3));
  }

  Json run(const std::vector<std::string>& more) {
    std::vector<std::string> words = {"run",     "--trace", "a",     "--trace",
                                      "b",       "--quiet", "--set", "memory.size=2MiB",
                                      "--stats", "out.json"};
    words.insert(words.end(), more.begin(), more.end());
    const CommandResult result = place_.tlmmu(words);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.err, IsEmpty());
    return Json::parse(place_.read("out.json"))["statistics"];
  }

  std::map<std::string, TimelineBlock> blocks() { return timeline_blocks(place_.read("out.csv")); }

  Workplace place_;
};

TEST_F(Timeline, changes_nothing_about_the_run) {
  const Json alone = run({});
  EXPECT_EQ(alone, run({"--timeline", "out.csv"}));
  EXPECT_EQ(alone, run({"--timeline", "out.csv", "--timeline-interval", "7us"}));
  EXPECT_EQ(alone, run({"--timeline", "out.csv", "--waves", "out.vcd"}));
  // Long silences, and many rows in each.
  const std::vector<std::string> slow{"--set", "swap_disk.preset=sata_ssd"};
  std::vector<std::string> watched = slow;
  watched.insert(watched.end(), {"--timeline", "out.csv", "--timeline-interval", "3us"});
  EXPECT_EQ(run(slow), run(watched));
}

TEST_F(Timeline, of_the_same_run_is_the_same_bytes) {
  run({"--timeline", "first.csv"});
  run({"--timeline", "second.csv", "--waves", "out.vcd"});
  EXPECT_EQ(place_.read("first.csv"), place_.read("second.csv"));
}

TEST_F(Timeline, has_a_row_each_interval_and_one_at_the_end) {
  const Json stats = run({"--timeline", "out.csv", "--timeline-interval", "500us"});
  const auto times = blocks()["machine"]["time_us"];
  ASSERT_GT(times.size(), 3U);
  for (std::size_t i = 0; i + 1 < times.size(); ++i)
    EXPECT_EQ(times[i], 500.0 * static_cast<double>(i + 1));
  const double end = stats["time"]["elapsed"].get<double>() / 1e6;
  EXPECT_GE(times.back(), end);
  EXPECT_LT(times.back() - end, 1000);
}

TEST_F(Timeline, accounts_for_every_page_and_every_frame_in_each_row) {
  const Json stats =
      run({"--timeline", "out.csv", "--timeline-interval", "100us", "--set", "mmu.mode=sv39"});
  auto machine = blocks()["machine"];
  constexpr double kUserPages = 1U << 26U;
  for (std::size_t i = 0; i < machine["time_us"].size(); ++i) {
    double pages = 0;
    for (const char* state : {"unallocated", "untouched", "resident", "copy_on_write", "swapped"}) {
      pages += machine[state][i];
    }
    EXPECT_EQ(pages, machine["processes"][i] * kUserPages) << i;
    double frames = 0;
    for (const auto& [name, values] : machine) {
      if (name.rfind("frames_", 0) == 0) frames += values[i];
    }
    EXPECT_EQ(frames, stats["kernel"]["frames"]) << i;
  }
}

TEST_F(Timeline, counts_each_fault_and_each_swap_in_one_row) {
  const Json stats = run({"--timeline", "out.csv", "--timeline-interval", "100us"});
  auto table = blocks();
  const Json& faults = stats["kernel"]["faults"];
  const auto major = faults["major_swap"].get<double>() + faults["major_file"].get<double>();
  EXPECT_EQ(sum_of(table["machine"], "faults_minor"), faults["minor"]);
  EXPECT_EQ(sum_of(table["machine"], "faults_major"), major);
  EXPECT_EQ(sum_of(table["machine"], "swap_outs"), stats["kernel"]["swap_outs"]);
  EXPECT_EQ(sum_of(table["machine"], "swap_ins"), stats["kernel"]["swap_ins"]);
  EXPECT_EQ(sum_of(table["machine"], "accesses"), stats["cpu"]["accesses"]);
  EXPECT_EQ(sum_of(table["process_0"], "faults_major") + sum_of(table["process_1"], "faults_major"),
            major);
  EXPECT_GT(major, 100);
}

TEST_F(Timeline, tells_how_busy_the_cpu_was) {
  const Json stats = run({"--timeline", "out.csv", "--timeline-interval", "100us"});
  auto machine = blocks()["machine"];
  EXPECT_THAT(machine["busy"], Each(testing::AllOf(testing::Ge(0), testing::Le(1))));
  double idle = 0;
  double before = 0;
  for (std::size_t i = 0; i < machine["busy"].size(); ++i) {
    idle += (1 - machine["busy"][i]) * (machine["time_us"][i] - before);
    before = machine["time_us"][i];
  }
  EXPECT_NEAR(idle, stats["time"]["idle"].get<double>() / 1e6, 0.1);
}

TEST_F(Timeline, of_a_process_has_the_pages_that_it_used_as_its_working_set) {
  // One page of text and 200 of data, all within one window.
  place_.file("a", page_sweep(100, 1));
  place_.file("b", page_sweep(200, 1));
  run({"--timeline", "out.csv", "--timeline-interval", "1s", "--set", "memory.size=64MiB"});
  auto table = blocks();
  EXPECT_THAT(table["process_0"]["working_set"], ElementsAre(101));
  EXPECT_THAT(table["process_1"]["working_set"], ElementsAre(201));
}

TEST_F(Timeline, working_set_is_at_most_what_one_window_can_touch) {
  run({"--timeline", "out.csv", "--timeline-interval", "20us"});
  auto first = blocks()["process_0"];
  EXPECT_THAT(first["working_set"], Each(testing::Le(401)));
  EXPECT_LT(first["working_set"][3], 401);
}

TEST_F(Timeline, that_cannot_be_written_is_the_hosts_failure_and_leaves_no_file) {
  const auto result = place_.shell("trap '' XFSZ; ulimit -f 1; exec " TLMMU_COMMAND
                                   " run --trace a --quiet --timeline out.csv"
                                   " --timeline-interval 1us");
  EXPECT_EQ(result.exit_code, 3) << result.err;
  EXPECT_THAT(result.err, HasSubstr("tlmmu: "));
  EXPECT_FALSE(place_.has("out.csv"));
}

}  // namespace
}  // namespace tlmmu
