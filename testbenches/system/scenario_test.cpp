// SPDX-License-Identifier: Apache-2.0
// Scenarios as their users run them.
#include <gmock/gmock.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "testbenches/system/command.h"

namespace tlmmu {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using Json = nlohmann::json;

std::vector<std::string> scenario_files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(source_path("scenarios"))) {
    if (entry.path().extension() == ".scn") files.push_back(entry.path().stem().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

class ScenarioFileTest : public testing::TestWithParam<std::string> {};

TEST_P(ScenarioFileTest, keeps_its_expectations_and_its_contents) {
  const Workplace place;
  const std::string file = source_path("scenarios/" + GetParam() + ".scn");
  const CommandResult result = place.tlmmu({"run", "--quiet", "--verify", "--scenario", file});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(All, ScenarioFileTest, testing::ValuesIn(scenario_files()),
                         [](const auto& test) { return test.param; });

class ScenarioModeTest : public testing::TestWithParam<std::string> {};

TEST_P(ScenarioModeTest, swaps_forks_and_shares_in_every_paging_mode) {
  const Workplace place;
  for (const char* name : {"swap_in", "fork_copy_on_write", "sharing", "page_states"}) {
    const std::string file = source_path(std::string("scenarios/") + name + ".scn");
    const CommandResult result = place.tlmmu(
        {"run", "--quiet", "--verify", "--scenario", file, "--set", "mmu.mode=" + GetParam()});
    EXPECT_EQ(result.exit_code, 0) << name << ": " << result.err;
  }
}

INSTANTIATE_TEST_SUITE_P(All, ScenarioModeTest, testing::Values("sv32", "sv39", "sv48", "sv57"),
                         [](const auto& test) { return test.param; });

constexpr const char* kFourPages = R"(process p {
  map x 16KiB
  touch x
}
)";

CommandResult run_text(const Workplace& place, const std::string& text,
                       std::vector<std::string> more = {}) {
  place.file("s.scn", text);
  std::vector<std::string> words = {"run", "--quiet", "--scenario", "s.scn"};
  words.insert(words.end(), more.begin(), more.end());
  return place.tlmmu(words);
}

Json kernel_of(const Workplace& place, const std::string& text,
               const std::vector<std::string>& more = {}) {
  std::vector<std::string> words = {"--stats", "out.json"};
  words.insert(words.end(), more.begin(), more.end());
  const CommandResult result = run_text(place, text, words);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  return Json::parse(place.read("out.json"))["statistics"]["kernel"];
}

TEST(ScenarioRun, plays_accesses_and_system_calls) {
  const Workplace place;
  const Json kernel = kernel_of(place, kFourPages);
  EXPECT_EQ(kernel["faults"]["minor"], 4);
  EXPECT_EQ(kernel["system_calls"], 1);
}

TEST(ScenarioRun, starts_each_process_and_each_child) {
  const Workplace place;
  const Json kernel = kernel_of(place, R"(
process first {
  fork {
    map x 4KiB
    touch x
  }
  wait
}
process second {
  touch stack[0..8KiB]
}
)");
  EXPECT_EQ(kernel["process_0"]["faults"]["all"], 0);
  EXPECT_EQ(kernel["process_1"]["faults"]["all"], 2);
  EXPECT_EQ(kernel["process_2"]["faults"]["minor"], 1);
}

TEST(ScenarioRun, mixes_with_recorded_processes) {
  const Workplace place;
  place.file("t", " S 1000,8\n L 2000,8\n");
  const std::string text = std::string("process recorded trace \"t\"\n") + kFourPages;
  const Json kernel = kernel_of(place, text, {"--trace", "t"});
  EXPECT_EQ(kernel["process_0"]["faults"]["minor"], 2);
  EXPECT_EQ(kernel["process_1"]["faults"]["minor"], 4);
  EXPECT_EQ(kernel["process_2"]["faults"]["minor"], 2);
}

TEST(ScenarioRun, finds_traces_beside_the_scenario) {
  const Workplace place;
  place.shell("mkdir sub");
  place.file("sub/t", " S 1000,8\n");
  place.file("sub/s.scn", "process p trace \"t\"\nexpect cpu.stores == 1\n");
  const CommandResult result = place.tlmmu({"run", "--quiet", "--scenario", "sub/s.scn"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
}

TEST(ScenarioRun, takes_its_settings_and_lets_the_command_line_override_them) {
  const Workplace place;
  const std::string text = std::string("set memory.size = 8MiB\n") + kFourPages;
  EXPECT_EQ(kernel_of(place, text)["frames"], 2048);
  EXPECT_EQ(kernel_of(place, text, {"--set", "memory.size=4MiB"})["frames"], 1024);
}

TEST(ScenarioRun, the_same_scenario_gives_the_same_bytes) {
  const Workplace place;
  const std::string text =
      "process p {\n  map x 1MiB\n  touch x random count 5k\n  fork { touch x }\n}\n";
  (void)kernel_of(place, text);
  const std::string first = place.read("out.json");
  (void)kernel_of(place, text);
  EXPECT_EQ(first, place.read("out.json"));
}

TEST(Expectation, that_fails_names_its_place_and_both_values) {
  const Workplace place;
  const std::string text = std::string(kFourPages) + "expect kernel.faults.minor == 5\n";
  const CommandResult result = run_text(place, text);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.err, "tlmmu: s.scn:5:1: expected kernel.faults.minor == 5, found 4\n");
}

TEST(Expectation, compares_two_statistics) {
  const Workplace place;
  const std::string text = std::string(kFourPages) + "expect cpu.stores < kernel.faults.minor\n";
  const CommandResult result = run_text(place, text);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.err,
            "tlmmu: s.scn:5:1: expected cpu.stores < kernel.faults.minor = 4, found 4\n");
}

TEST(Expectation, of_a_kill_wants_the_right_process_and_reason) {
  const Workplace place;
  const std::string bad = "process bad {\n fork worse {\n  touch address 0x0\n }\n wait\n}\n";
  EXPECT_EQ(run_text(place, bad + "expect killed worse bad_address\n").exit_code, 0);
  const CommandResult parent = run_text(place, bad + "expect killed bad bad_address\n");
  EXPECT_EQ(parent.exit_code, 1);
  EXPECT_EQ(parent.err,
            "tlmmu: s.scn:7:1: expected bad to be killed for bad_address, found that it was not "
            "killed\n");
  const CommandResult reason = run_text(place, bad + "expect killed worse no_permission\n");
  EXPECT_EQ(reason.exit_code, 1);
  EXPECT_THAT(reason.err, HasSubstr("to be killed for no_permission, found bad_address"));
}

struct BadExpectation {
  const char* line;
  const char* message;
};

TEST(Expectation, of_what_does_not_exist_is_refused_before_the_run) {
  const Workplace place;
  for (const BadExpectation& bad :
       {BadExpectation{"expect kernel.fualts == 1\n", "there is no statistic \"kernel.fualts\""},
        BadExpectation{"expect cpu.loads == cpu.lods\n",
                       "there is no statistic \"cpu.lods\"; did you mean cpu.loads?"},
        BadExpectation{"expect kernel.process_3.pages == 1\n",
                       "there is no statistic \"kernel.process_3.pages\""},
        BadExpectation{"expect cpu.time_per_access == 1\n", "is not a single number"},
        BadExpectation{"expect killed p boredom\n", "\"boredom\" is no reason to kill"}}) {
    const CommandResult result = run_text(place, std::string(kFourPages) + bad.line);
    EXPECT_EQ(result.exit_code, 2) << bad.line;
    EXPECT_THAT(result.err, HasSubstr("tlmmu: s.scn:5:1: "));
    EXPECT_THAT(result.err, HasSubstr(bad.message));
  }
}

TEST(Expectation, of_a_process_that_never_was_is_refused) {
#ifdef __SANITIZE_ADDRESS__
  // The refusal is an exception after coroutines have run, of whose stacks AddressSanitizer knows
  // nothing: it takes what they left for an error of the thread's own stack.
  GTEST_SKIP() << "AddressSanitizer does not follow coroutines";
#endif
  const Workplace place;
  const CommandResult result =
      run_text(place, std::string(kFourPages) + "expect kernel.process_3.resident == 0\n");
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("s.scn:5:1: there is no statistic"));
}

TEST(BadScenario, is_refused_with_its_place) {
  const Workplace place;
  const CommandResult unknown = run_text(place, std::string("set no.key = 1\n") + kFourPages);
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("s.scn:1:"));
  const CommandResult range = run_text(place, std::string("set cpu.clock = 1Hz\n") + kFourPages);
  EXPECT_EQ(range.exit_code, 2);
  EXPECT_THAT(range.err, HasSubstr("s.scn:1:5: cpu.clock"));
  const CommandResult syntax = run_text(place, "process p {\n  mop x 4KiB\n}\n");
  EXPECT_EQ(syntax.exit_code, 2);
  EXPECT_THAT(syntax.err, HasSubstr("s.scn:2:3: "));
}

TEST(BadScenario, whose_files_do_not_fit_the_disk_is_refused) {
  const Workplace place;
  const CommandResult result =
      run_text(place, "set swap_disk.capacity = 16MiB\nfile f 1GiB\nprocess p { exit }\n");
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("swap_disk.capacity: no room"));
}

TEST(BadScenario, that_boots_beyond_memory_is_refused) {
  const Workplace place;
  for (const char* range : {"0x80000000 1048584", "0x7ffffffc 8", "0x10001000 8", "0x800ffffc",
                            "0xffffffffffffffff 1"}) {
    const CommandResult result = run_text(
        place, std::string("set memory.size = 1MiB\nboot {\n  loop 2 {\n    read address ") +
                   range + "\n  }\n}\nprocess p { }\n");
    EXPECT_EQ(result.exit_code, 2) << range;
    EXPECT_THAT(result.err,
                HasSubstr("s.scn:4:5: without paging addresses are physical, and memory "
                          "is from 0x80000000 to 0x800fffff"));
  }
}

TEST(BadScenario, that_is_missing_is_refused) {
  const Workplace place;
  EXPECT_EQ(place.tlmmu({"run", "--scenario", "none.scn"}).exit_code, 2);
  const CommandResult nothing = place.tlmmu({"run"});
  EXPECT_EQ(nothing.exit_code, 2);
  EXPECT_THAT(nothing.err, HasSubstr("expected --trace or --scenario"));
}

}  // namespace
}  // namespace tlmmu
