// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "testbenches/system/command.h"
#include "testbenches/system/synthetic_trace.h"

namespace tlmmu {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using Json = nlohmann::json;

Json analysis_of(const Workplace& place, std::vector<std::string> words) {
  words.insert(words.begin(), "analyze");
  words.insert(words.end(), {"--quiet", "--json", "out.json"});
  const CommandResult result = place.tlmmu(words);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, IsEmpty());
  EXPECT_THAT(result.err, IsEmpty());
  return Json::parse(place.read("out.json"));
}

/// LRU faults with `frames` frames, from the rows of the distances that occur.
std::uint64_t lru_faults(const Json& analysis, std::uint64_t frames) {
  std::uint64_t faults = analysis["references"]["total"];
  for (const Json& row : analysis["lru"]) {
    if (row["distance"] <= frames) faults = row["faults"];
  }
  return faults;
}

// A store to each of 100 pages, then three loads from each, round by round, each after a fetch.
TEST(Analyze, of_a_sweep_finds_that_lru_loses_what_opt_keeps) {
  const Workplace place;
  place.file("t", page_sweep(100, 3));
  const Json sweep = analysis_of(place, {"t", "--frames", "50,101"});
  EXPECT_EQ(sweep["pages"]["total"], 101);
  EXPECT_EQ(sweep["pages"]["written"], 100);
  EXPECT_EQ(sweep["pages"]["fetched"], 1);
  EXPECT_EQ(lru_faults(sweep, 101), 101U);
  EXPECT_EQ(lru_faults(sweep, 100), 1U + 4 * 100);
  EXPECT_EQ(sweep["opt"][1]["faults"], 101);
  EXPECT_LT(sweep["opt"][0]["faults"], lru_faults(sweep, 50));
}

TEST(Analyze, reports_on_one_screen) {
  const Workplace place;
  place.file("t", lackey_text({}));
  const CommandResult result = place.tlmmu({"analyze", "t", "--frames", "8,32"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  for (const char* part : {"40,000 accesses", "PAGES", "footprint", "WORKING SETS", "reuse times",
                           "FAULTS", "LRU", "OPT"}) {
    EXPECT_THAT(result.out, HasSubstr(part));
  }
  EXPECT_LE(std::count(result.out.begin(), result.out.end(), '\n'), 60);
}

TEST(Analyze, writes_its_curves_as_blocks_for_gnuplot) {
  const Workplace place;
  place.file("t", page_sweep(3, 1));
  EXPECT_EQ(place.tlmmu({"analyze", "t", "--quiet", "--csv", "c", "--frames", "4"}).exit_code, 0);
  const std::string csv = place.read("c");
  EXPECT_THAT(csv, testing::StartsWith("# working_set\nwindow,pages,miss_ratio,reuses\n1,1.0000,"));
  EXPECT_THAT(csv, HasSubstr("\n\n\n# lru\nframes,faults,miss_ratio\n1,"));
  EXPECT_THAT(csv, HasSubstr("\n\n\n# opt\nframes,faults,miss_ratio\n4,4,"));
}

TEST(Analyze, reads_what_run_reads) {
  const Workplace place;
  place.file("t", lackey_text({}));
  const Json plain = analysis_of(place, {"t"});
  place.shell("zstd -q t -o t.zst");
  Json packed = analysis_of(place, {"t.zst"});
  packed["trace"] = "t";
  EXPECT_EQ(packed, plain);
  const auto piped = place.shell("cat t | " TLMMU_COMMAND " analyze - --quiet --json piped");
  EXPECT_EQ(piped.exit_code, 0) << piped.err;
  EXPECT_EQ(Json::parse(place.read("piped"))["lru"], plain["lru"]);
}

TEST(Analyze, counts_in_the_pages_and_up_to_the_limit_it_is_given) {
  const Workplace place;
  place.file("t", page_sweep(1024, 1));
  const Json analysis = analysis_of(place, {"t", "--page-size", "2MiB", "--limit", "1k"});
  EXPECT_EQ(analysis["accesses"], 1000);
  EXPECT_LT(analysis["pages"]["total"], 5);
  EXPECT_EQ(analysis["page_size"], 2 << 20);
}

TEST(Analyze, reads_a_process_of_a_scenario_too) {
  const Workplace place;
  place.file("s.scn", "process one {\nmap a 40KiB\nloop 3 { touch a }\n}\n");
  const Json one = analysis_of(place, {"--scenario", "s.scn", "--frames", "5"});
  EXPECT_EQ(one["scenario"], "s.scn");
  EXPECT_EQ(one["references"]["store"], 30);
  EXPECT_EQ(lru_faults(one, 9), 30U);
  EXPECT_EQ(lru_faults(one, 10), 10U);
  EXPECT_LT(one["opt"][0]["faults"], 30);
}

TEST(Analyze, wants_to_know_which_of_several_processes) {
  const Workplace place;
  place.file("s.scn",
             "process one { compute 1 }\nprocess two { compute 2 }\n"
             "process three trace \"t\"\n");
  EXPECT_THAT(place.tlmmu({"analyze", "--scenario", "s.scn"}).err, HasSubstr("has 3 processes"));
  EXPECT_THAT(place.tlmmu({"analyze", "--scenario", "s.scn", "--process", "four"}).err,
              HasSubstr("no such process"));
  EXPECT_THAT(place.tlmmu({"analyze", "--scenario", "s.scn", "--process", "three"}).err,
              HasSubstr("s.scn:3:1: process \"three\" plays a trace"));
  const Json two = analysis_of(place, {"--scenario", "s.scn", "--process", "two"});
  EXPECT_EQ(two["accesses"], 2);
}

TEST(Analyze, leaves_no_file_of_a_trace_that_breaks_off) {
  const Workplace place;
  place.file("t", page_sweep(10, 1) + " L nonsense\n");
  const auto result = place.tlmmu({"analyze", "t", "--json", "out.json", "--csv", "out.csv"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("t:"));
  EXPECT_FALSE(place.has("out.json"));
  EXPECT_FALSE(place.has("out.csv"));
}

}  // namespace
}  // namespace tlmmu
