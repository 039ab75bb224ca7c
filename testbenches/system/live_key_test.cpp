// SPDX-License-Identifier: Apache-2.0
// Every configuration key changes something: each row sets one key to another value and names a
// statistic that moves. A key without a row fails the last test.
#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "testbenches/mmu/virtual_machine_keys.h"
#include "testbenches/system/command.h"
#include "testbenches/system/live_keys.h"
#include "testbenches/system/synthetic_trace.h"

namespace tlmmu {

void PrintTo(const LiveKey& row, std::ostream* out) {
  *out << row.key << " = " << row.value;
}

namespace {

using Json = nlohmann::json;

constexpr bool kHasHardware = TLMMU_HAS_HARDWARE;

std::string trace_text(LiveTrace trace) {
  switch (trace) {
    case LiveTrace::mixed:
      return lackey_text({4000, 400, 40, 1});
    case LiveTrace::sweep:
      return page_sweep(1400, 1);
    case LiveTrace::calls:
      return "file data 64KiB\n"
             "process p {\n"
             "  map big 6MiB\n"
             "  touch big\n"
             "  map part 64KiB shared file data\n"
             "  read part\n"
             "  touch part[0..4KiB]\n"
             "  touch stack[0..256KiB]\n"
             "}\n";
    case LiveTrace::pair:
      return page_sweep(700, 2);
    case LiveTrace::wide:
      break;
  }
  return wide_sweep(2000);
}

/// What the trace needs for the key to matter, beside the row's own context.
std::vector<std::string> context_of(const LiveKey& row) {
  std::vector<std::string> sets;
  const bool tight = row.trace == LiveTrace::sweep || row.trace == LiveTrace::pair;
  if (tight) sets.emplace_back("memory.size=4MiB");
  std::istringstream words(row.context);
  for (std::string word; std::getline(words, word, ';');) sets.push_back(word);
  return sets;
}

Json statistics_of(const Workplace& place, const std::vector<std::string>& sets,
                   LiveTrace trace = LiveTrace::mixed) {
  const char* input = trace == LiveTrace::calls ? "--scenario" : "--trace";
  std::vector<std::string> words{"run", input, "t", "--quiet", "--stats", "out.json"};
  if (trace == LiveTrace::pair) words.insert(words.end(), {"--trace", "t"});
  for (const std::string& assignment : sets) words.insert(words.end(), {"--set", assignment});
  const CommandResult result = place.tlmmu(words);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  return Json::parse(place.read("out.json"))["statistics"];
}

Json at_path(const Json& statistics, std::string path) {
  std::replace(path.begin(), path.end(), '.', '/');
  const Json::json_pointer pointer("/" + path);
  return statistics.contains(pointer) ? statistics[pointer] : Json();
}

class LiveKeyTest : public testing::TestWithParam<LiveKey> {};

TEST_P(LiveKeyTest, changes_a_statistic) {
  const LiveKey& row = GetParam();
  if (std::string(row.key) == "mmu.ptw.implementation" && !kHasHardware) {
    GTEST_SKIP() << "needs Verilator";
  }
  const Workplace place;
  place.file("t", trace_text(row.trace));
  std::vector<std::string> sets = context_of(row);
  const Json before = at_path(statistics_of(place, sets, row.trace), row.statistic);
  sets.push_back(std::string(row.key) + "=" + row.value);
  const Json after = at_path(statistics_of(place, sets, row.trace), row.statistic);
  EXPECT_FALSE(before.is_null() && after.is_null()) << "no statistic " << row.statistic;
  EXPECT_NE(before, after) << row.key << " = " << row.value << " leaves " << row.statistic;
}

std::string key_name(const testing::TestParamInfo<LiveKey>& info) {
  std::string name = info.param.key;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Keys, LiveKeyTest, testing::ValuesIn(kLiveKeys), key_name);

TEST(LiveKey, the_backing_file_keeps_what_was_swapped_out) {
  const Workplace place;
  place.file("t", trace_text(LiveTrace::sweep));
  statistics_of(place, {"memory.size=4MiB", "swap_disk.backing_file=" + place.path("disk.img")});
  EXPECT_TRUE(place.has("disk.img"));
}

TEST(LiveKey, the_walker_is_the_one_that_is_named) {
  if (!kHasHardware) GTEST_SKIP() << "needs Verilator";
  const Workplace place;
  place.file("t", trace_text(LiveTrace::mixed));
  const std::vector<std::string> words{"run",
                                       "--trace",
                                       "t",
                                       "--set",
                                       "mmu.ptw.implementation=rtl",
                                       "--set",
                                       "mmu.ptw.walker=ptw_sv39"};
  const CommandResult result = place.tlmmu(words);
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, testing::HasSubstr("ptw_sv39 is one for sv39"));
}

TEST(LiveKey, every_key_has_a_proof) {
  std::set<std::string> proven{"swap_disk.backing_file", "mmu.ptw.walker"};
  for (const LiveKey& row : kLiveKeys) proven.insert(row.key);
  for (const VirtualMachineKey& row : kVirtualMachineKeys) proven.insert(row.key);
  const Workplace place;
  const Json keys = Json::parse(place.tlmmu({"config", "--keys"}).out);
  EXPECT_GT(keys.size(), 100U);
  for (const Json& key : keys) {
    EXPECT_EQ(proven.count(key["key"]), 1U) << key["key"] << " has no row in live_keys.h";
    proven.erase(key["key"]);
  }
  EXPECT_THAT(proven, testing::IsEmpty()) << "rows for keys that do not exist";
}

}  // namespace
}  // namespace tlmmu
