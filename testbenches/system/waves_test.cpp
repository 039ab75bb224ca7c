// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "testbenches/system/command.h"
#include "testbenches/system/synthetic_trace.h"
#include "testbenches/system/vcd_changes.h"

namespace tlmmu {
namespace {

using testing::IsEmpty;
using Json = nlohmann::json;

/// A machine that swaps, run with waves and without.
class Waves : public testing::Test {
 protected:
  Waves() { place_.file("t", page_sweep(600, 2)); }

  Json run(const std::vector<std::string>& more) {
    std::vector<std::string> words = {"run",   "--trace",          "t",       "--quiet",
                                      "--set", "memory.size=2MiB", "--stats", "out.json"};
    words.insert(words.end(), more.begin(), more.end());
    const CommandResult result = place_.tlmmu(words);
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.err, IsEmpty());  // it would tell of changes that came too late
    return Json::parse(place_.read("out.json"))["statistics"];
  }

  Workplace place_;
};

TEST_F(Waves, change_nothing_about_the_run) {
  EXPECT_EQ(run({}), run({"--waves", "out.vcd"}));
}

TEST_F(Waves, show_as_many_walks_and_faults_as_the_statistics_count) {
  const Json stats = run({"--waves", "out.vcd"});
  auto changes = changes_in(place_.read("out.vcd"));
  std::map<std::string, std::uint64_t> seen;
  for (const std::string& text : changes["mmu.ptw.walk"]) seen["walks"] += text.empty() ? 0 : 1;
  for (const std::string& text : changes["kernel.fault"]) {
    seen["from swap"] += text.find("major_swap") != std::string::npos ? 1 : 0;
  }
  EXPECT_EQ(seen["walks"], stats["mmu"]["ptw"]["walks"]);
  EXPECT_EQ(seen["from swap"], stats["kernel"]["faults"]["major_swap"]);
  EXPECT_GT(seen["from swap"], 100U);
}

TEST_F(Waves, show_every_unit_at_work) {
  run({"--waves", "out.vcd", "--set", "simulation.quantum=100us"});
  auto changes = changes_in(place_.read("out.vcd"));
  for (const char* signal :
       {"mmu.l1_itlb.lookup", "mmu.l1_dtlb.lookup", "mmu.l2_tlb.lookup", "mmu.ptw.state",
        "cache.l1i.lookup", "cache.l1d.lookup", "cache.l2.lookup", "swap_disk.in_service",
        "memory_controller.channel0.command", "memory_controller.channel0.bank0.state",
        "kernel.free", "kernel.process", "kernel.fault", "kernel.in_flight", "cpu.mode"}) {
    EXPECT_GT(changes[signal].size(), 2U) << signal;
  }
}

}  // namespace
}  // namespace tlmmu
