// SPDX-License-Identifier: Apache-2.0
// A recorded run of `ls` gives the report and the results that are kept in testbenches/golden, to
// the byte, on any machine. To renew them on purpose: TLMMU_UPDATE_GOLDEN=1
// build/release/.../system_test
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "testbenches/system/command.h"

namespace tlmmu {
namespace {

using Json = nlohmann::json;

std::string golden_path(const std::string& name) {
  return source_path("testbenches/golden/" + name);
}

void expect_golden(const std::string& name, const std::string& text) {
  if (std::getenv("TLMMU_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(golden_path(name), std::ios::binary) << text;
  }
  std::ifstream file(golden_path(name), std::ios::binary);
  std::ostringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(text, expected.str()) << name << " differs; if that is meant, renew it";
}

/// Runs the recorded `ls` in little memory, so that it swaps.
CommandResult run_ls(const Workplace& place) {
  place.shell("cp " + golden_path("ls.lackey.xz") + " ls.lackey.xz");
  return place.tlmmu({"run", "--trace", "ls.lackey.xz", "--config",
                      source_path("configs/small.toml"), "--set", "memory.size=1MiB", "--stats",
                      "out.json", "--verify"});
}

TEST(Golden, the_report_of_ls_is_the_same_on_any_machine) {
  const Workplace place;
  const CommandResult result = run_ls(place);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  expect_golden("ls_in_1mib.report.txt", result.out);
}

TEST(Golden, the_statistics_of_ls_are_the_same_on_any_machine) {
  const Workplace place;
  EXPECT_EQ(run_ls(place).exit_code, 0);
  const Json results = Json::parse(place.read("out.json"));
  expect_golden("ls_in_1mib.statistics.json", results["statistics"].dump(1) + "\n");
}

/// Fails for each member of `value` that `schema` does not describe.
void expect_described(const Json& value, const Json& schema, const std::string& path) {
  if (!value.is_object() || !schema.contains("properties")) return;
  for (const auto& [name, member] : value.items()) {
    if (name.rfind("process_", 0) == 0) continue;  // a pattern in the schema
    std::string member_path = path;
    member_path.append(".").append(name);
    ASSERT_TRUE(schema["properties"].contains(name)) << member_path;
    expect_described(member, schema["properties"][name], member_path);
  }
}

TEST(Golden, the_schema_describes_every_statistic_of_a_run) {
  const Workplace place;
  EXPECT_EQ(run_ls(place).exit_code, 0);
  const Json results = Json::parse(place.read("out.json"));
  const Json schema = Json::parse(place.tlmmu({"config", "--results-schema"}).out);
  Json statistics = results["statistics"];
  statistics.erase("verify");  // not part of the idle machine that the schema is taken from
  expect_described(statistics, schema["properties"]["statistics"], "statistics");
  for (const auto& member : schema["required"]) EXPECT_TRUE(results.contains(member)) << member;
}

}  // namespace
}  // namespace tlmmu
