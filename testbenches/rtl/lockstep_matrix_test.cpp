// SPDX-License-Identifier: Apache-2.0
// Whatever the project has to run on a machine, on hardware and model in lockstep: no difference,
// and the results of the model.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "testbenches/rtl/hardware_keys.h"
#include "testbenches/system/command.h"
#include "testbenches/system/synthetic_trace.h"

namespace tlmmu {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<std::string> names_in(const std::string& folder, const std::string& extension) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(source_path(folder))) {
    if (entry.path().extension() == extension) names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string statistics(const Workplace& place, const std::string& implementation,
                       std::vector<std::string> words) {
  const std::string file = implementation + ".json";
  words.insert(words.begin(), "run");
  for (const std::string& word : hardware_walk_cache("hardware")) words.push_back(word);
  words.insert(words.end(),
               {"--quiet", "--stats", file, "--set", "mmu.ptw.implementation=" + implementation});
  const CommandResult result = place.tlmmu(words);
  EXPECT_EQ(result.exit_code, 0) << implementation << ": " << result.err;
  return nlohmann::json::parse(place.read(file)).at("statistics").dump(1);
}

void expect_lockstep(const Workplace& place, const std::vector<std::string>& words) {
  const std::string model = statistics(place, "model", words);
  EXPECT_EQ(statistics(place, "lockstep", words), model);
}

class LockstepScenarioTest : public testing::TestWithParam<std::string> {};

TEST_P(LockstepScenarioTest, has_the_results_of_the_model) {
  const Workplace place;
  expect_lockstep(place, {"--scenario", source_path("scenarios/" + GetParam() + ".scn")});
}

INSTANTIATE_TEST_SUITE_P(All, LockstepScenarioTest,
                         testing::ValuesIn(names_in("scenarios", ".scn")),
                         [](const auto& test) { return test.param; });

TEST(LockstepTrace, of_a_real_program_has_the_results_of_the_model) {
  const Workplace place;
  expect_lockstep(place, {"--trace", source_path("testbenches/golden/ls.lackey.xz"), "--set",
                          "memory.size=1MiB"});
}

TEST(LockstepTrace, of_made_up_programs_has_the_results_of_the_model) {
  const Workplace place;
  place.file("mixed", lackey_text({4000, 400, 40, 1}));
  place.file("wide", wide_sweep(2000));
  place.file("sweep", page_sweep(700, 2));
  expect_lockstep(place, {"--trace", "mixed"});
  expect_lockstep(place, {"--trace", "wide"});
  expect_lockstep(place, {"--trace", "sweep", "--trace", "sweep", "--set", "memory.size=4MiB"});
}

class LockstepMachineTest : public testing::TestWithParam<std::string> {};

TEST_P(LockstepMachineTest, has_no_difference) {
  const Workplace place;
  place.file("mixed", lackey_text({4000, 400, 40, 1}));
  const CommandResult result = place.tlmmu({"run", "--quiet", "--trace", "mixed", "--config",
                                            source_path("configs/" + GetParam() + ".toml"), "--set",
                                            "mmu.ptw.implementation=lockstep"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
}

INSTANTIATE_TEST_SUITE_P(All, LockstepMachineTest, testing::ValuesIn(names_in("configs", ".toml")),
                         [](const auto& test) { return test.param; });

class LockstepCaseTest : public testing::TestWithParam<std::string> {};

TEST_P(LockstepCaseTest, is_answered_by_every_walker_as_by_the_model) {
  const Workplace place;
  const std::string file = source_path("testbenches/golden/walk_cases/" + GetParam() + ".case");
  const CommandResult result = place.tlmmu({"cosim", "--case", file});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("no difference"));
}

INSTANTIATE_TEST_SUITE_P(All, LockstepCaseTest,
                         testing::ValuesIn(names_in("testbenches/golden/walk_cases", ".case")),
                         [](const auto& test) { return test.param; });

TEST(LockstepCase, of_each_paging_mode_is_walked_by_hardware) {
  for (const char* mode : {"sv32", "sv39", "sv48", "sv57"}) {
    const Workplace place;
    const std::string file =
        source_path(std::string("testbenches/golden/walk_cases/") + mode + ".case");
    const CommandResult result =
        place.tlmmu({"cosim", "--case", file, "--walker", std::string("ptw_") + mode + "_svade"});
    EXPECT_THAT(result.out, Not(HasSubstr(" 0 walks by hardware"))) << result.err;
  }
}

}  // namespace
}  // namespace tlmmu
