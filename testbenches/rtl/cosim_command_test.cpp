// SPDX-License-Identifier: Apache-2.0
// `tlmmu cosim` as its users run it.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "models/cosim/rtl_walker.h"
#include "testbenches/rtl/hardware_keys.h"
#include "testbenches/system/command.h"
#include "testbenches/system/synthetic_trace.h"

namespace tlmmu {
namespace {

using ::testing::HasSubstr;

/// A command that needs walkers in hardware.
class CosimCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    if (cosim::walker_kinds().empty()) GTEST_SKIP() << cosim::kNoVerilator;
  }
  const Workplace place;
};
using RtlImplementation = CosimCommand;

TEST_F(CosimCommand, holds_every_walker_against_the_model) {
  const CommandResult result = place.tlmmu({"cosim", "--walks", "500"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  for (const cosim::WalkerKind& kind : cosim::walker_kinds()) {
    EXPECT_THAT(result.out, HasSubstr(kind.name + ": 500 walks"));
  }
}

TEST_F(CosimCommand, answers_a_walk_case_with_hardware) {
  place.file("t.case",
             "mode sv39\nsatp 0x8000000000001000\nmem 0x1000000 0xcf\n"
             "req page 0x1234 R S 0 0\nreq none 0x40000000 W S 0 0\n");
  const CommandResult result =
      place.tlmmu({"cosim", "--case", "t.case", "--walker", "ptw_sv39_svade"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out,
            "ptw_sv39_svade: 2 walks by hardware, 0 by the model alone, no difference\n");
}

/// How many of the example's points a run of `words` reached.
unsigned points_reached(const Workplace& place, std::vector<std::string> words) {
  words.insert(words.end(), {"--walker", "small_sv39", "--coverage", "c.dat"});
  const CommandResult result = place.tlmmu(words);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("tools/rtl_coverage.py c.dat"));
  std::istringstream lines(place.read("c.dat"));
  unsigned reached = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line[0] == 'C' && line.substr(line.rfind(' ')) != " 0") ++reached;
  }
  return reached;
}

TEST_F(CosimCommand, counts_what_of_a_walker_ran) {
  place.file("t.case",
             "mode sv39\nsatp 0x8000000000001000\nmem 0x1000000 0xcf\nreq page 0x1234 R S 0 0\n");
  const unsigned of_one_walk = points_reached(place, {"cosim", "--case", "t.case"});
  EXPECT_GT(of_one_walk, 0u);
  EXPECT_GT(points_reached(place, {"cosim", "--walks", "500"}), of_one_walk);
}

TEST_F(CosimCommand, leaves_no_coverage_where_it_cannot_count) {
  const CommandResult several = place.tlmmu({"cosim", "--walks", "10", "--coverage", "c.dat"});
  EXPECT_EQ(several.exit_code, 2);
  EXPECT_THAT(several.err, HasSubstr("walkers would run; name one with --walker, of small_sv39"));
  const CommandResult without =
      place.tlmmu({"cosim", "--walks", "10", "--walker", "ptw_sv39", "--coverage", "c.dat"});
  EXPECT_EQ(without.exit_code, 2);
  EXPECT_THAT(without.err, HasSubstr("ptw_sv39 was built without COVERAGE"));
  EXPECT_FALSE(place.has("c.dat"));
  const CommandResult nowhere =
      place.tlmmu({"cosim", "--walker", "small_sv39", "--coverage", "none/c.dat"});
  EXPECT_EQ(nowhere.exit_code, 2);
  EXPECT_EQ(nowhere.out, "");
}

TEST_F(CosimCommand, refuses_a_case_that_the_named_walker_does_not_walk) {
  place.file("t.case", "mode sv39\nreq none 0x40000000 W S 0 0\n");
  const CommandResult result = place.tlmmu({"cosim", "--case", "t.case", "--walker", "ptw_sv32"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("t.case: a case of RV64, which ptw_sv32 does not walk"));
}

TEST_F(CosimCommand, takes_walkers_memory_and_latency_from_a_machine) {
  place.file("m.toml", "[mmu]\nmode = \"sv32\"\n[mmu.ptw]\npte_entry = \"memory\"\n");
  const auto run_on = [&](const std::vector<std::string>& sets) {
    std::vector<std::string> words{"cosim", "--config", "m.toml", "--walks", "2000"};
    for (const std::string& set : sets) words.insert(words.end(), {"--set", set});
    return place.tlmmu(words);
  };
  const CommandResult result = run_on({});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, testing::StartsWith("ptw_sv32: 2000 walks, "));
  EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 1);
  // Slower memory, another size of it, and another walker: each walks otherwise.
  EXPECT_NE(run_on({"memory_controller.frontend_latency=100ns"}).out, result.out);
  EXPECT_NE(run_on({"memory.size=1MiB"}).out, result.out);
  EXPECT_THAT(run_on({"mmu.ptw.ad_update=fault"}).out, HasSubstr("ptw_sv32_svade"));
  const CommandResult none =
      run_on({"mmu.mode=sv57", "mmu.ptw.implementation=rtl", "mmu.ptw.walker=ptw_sv39"});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_THAT(none.err, HasSubstr("no walker in hardware for sv57 with A and D set by hardware; "
                                  "ptw_sv39 is one for sv39 with A and D set by hardware"));
}

TEST(CosimCommandWithoutHardware, says_what_to_install_where_there_is_no_hardware) {
  if (!cosim::walker_kinds().empty()) GTEST_SKIP() << "this build has hardware";
  const Workplace place;
  const CommandResult result = place.tlmmu({"cosim"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("install Verilator"));
}

TEST_F(CosimCommand, refuses_what_it_does_not_understand) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"cosim", "--walker", "none"},
           {"cosim", "--walks", "0"},
           {"cosim", "--memory-latency", "0..4"},
           {"cosim", "--memory-latency", "4..2"},
           {"cosim", "--memory-latency", "1..4000"},
           {"cosim", "--case", "none.case"},
           {"cosim", "--case", "t.case", "--set", "mmu.mode=sv39"},
           {"cosim", "--wave-on-mismatch", "none/w.fst"},
           {"cosim", "--seed", "x"}}) {
    EXPECT_EQ(place.tlmmu(words).exit_code, 2) << words.back();
  }
}

/// The statistics of a run, by who walks.
std::string statistics(const Workplace& place, const std::string& implementation,
                       const std::string& mode, const std::string& ad_update) {
  const std::string file = implementation + ".json";
  std::vector<std::string> words{"run",      "--trace",
                                 "t.lackey", "--quiet",
                                 "--stats",  file,
                                 "--set",    "mmu.ptw.implementation=" + implementation,
                                 "--set",    "mmu.mode=" + mode,
                                 "--set",    "mmu.ptw.ad_update=" + ad_update};
  for (const std::string& word : hardware_walk_cache(ad_update)) words.push_back(word);
  const CommandResult result = place.tlmmu(words);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const auto json = nlohmann::json::parse(place.read(file));
  return json.at("statistics").dump(1);
}

TEST_F(RtlImplementation, a_machine_gives_the_same_results_on_model_hardware_and_both) {
  place.file("t.lackey", wide_sweep(400));
  for (const char* mode : {"sv39", "sv48", "sv57"}) {
    for (const char* ad_update : {"hardware", "fault"}) {
      SCOPED_TRACE(std::string(mode) + ", " + ad_update);
      const std::string model = statistics(place, "model", mode, ad_update);
      EXPECT_EQ(statistics(place, "rtl", mode, ad_update), model);
      EXPECT_EQ(statistics(place, "lockstep", mode, ad_update), model);
    }
  }
}

TEST_F(RtlImplementation, virtual_machines_are_refused) {
  place.file("t.case", "mode sv39\next h\nhgatp 0x8000000000001000\nreq guest 0x1234 R VS 0 0\n");
  const CommandResult result =
      place.tlmmu({"walk", "t.case", "--warm", "--set", "mmu.ptw.implementation=lockstep"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("virtual machines need the model"));
}

TEST_F(RtlImplementation, runs_on_the_walker_that_is_named) {
  place.file("t.lackey", wide_sweep(100));
  const auto run_on = [&](const std::string& walker) {
    return place.tlmmu({"run", "--trace", "t.lackey", "--set", "mmu.ptw.implementation=lockstep",
                        "--set", "mmu.mode=sv39", "--set", "mmu.ptw.ad_update=fault", "--set",
                        "mmu.ptw.walker=" + walker});
  };
  EXPECT_EQ(run_on("small_sv39").exit_code, 0);
  const CommandResult wrong_mode = run_on("ptw_sv39");
  EXPECT_EQ(wrong_mode.exit_code, 2);
  EXPECT_THAT(wrong_mode.err, HasSubstr("no walker in hardware for sv39 with A and D set by fault; "
                                        "ptw_sv39 is one for sv39 with A and D set by hardware"));
  const CommandResult unknown = run_on("mine");
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("mmu.ptw.walker mine: expected one of ptw_sv32, "));
}

}  // namespace
}  // namespace tlmmu
