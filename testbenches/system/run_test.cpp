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

/// Runs quietly with --stats; a failed run fails the test.
Json statistics_of(const Workplace& place, std::vector<std::string> words) {
  words.insert(words.begin(), "run");
  words.insert(words.end(), {"--quiet", "--stats", "out.json"});
  const CommandResult result = place.tlmmu(words);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, IsEmpty());
  return Json::parse(place.read("out.json"))["statistics"];
}

std::vector<std::string> small_memory(std::vector<std::string> words) {
  words.insert(words.end(),
               {"--verify", "--set", "memory.size=4MiB", "--set", "swap_disk.preset=nvme_ssd"});
  return words;
}

TEST(Run, every_access_of_a_trace_is_done) {
  const Workplace place;
  place.file("t", lackey_text({}));
  const Json stats = statistics_of(place, {"--trace", "t", "--verify"});
  EXPECT_EQ(stats["cpu"]["fetches"], 20'000);
  EXPECT_EQ(stats["cpu"]["accesses"], 40'000);
  EXPECT_EQ(stats["verify"]["mismatches"], 0);
  EXPECT_GT(stats["verify"]["loads_checked"], 1000);
}

TEST(Run, the_report_fits_one_screen_and_has_every_part) {
  const Workplace place;
  place.file("t", lackey_text({}));
  const CommandResult result = place.tlmmu({"run", "--trace", "t"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  for (const char* part : {"accesses", "TRANSLATION", "l2_tlb", "PTE reads a walk", "walk latency",
                           "MEMORY", "row hits", "PAGING", "minor", "TIME", "execute"}) {
    EXPECT_THAT(result.out, HasSubstr(part));
  }
  EXPECT_LE(std::count(result.out.begin(), result.out.end(), '\n'), 60);
}

TEST(Run, the_same_input_gives_the_same_bytes) {
  const Workplace place;
  place.file("t", lackey_text({20'000, 1500, 30, 3}));
  const std::vector<std::string> words =
      small_memory({"run", "--trace", "t", "--quiet", "--set", "mmu.l1_dtlb.replacement=random"});
  auto first = words;
  first.insert(first.end(), {"--stats", "first.json"});
  auto second = words;
  second.insert(second.end(), {"--stats", "second.json"});
  EXPECT_EQ(place.tlmmu(first).exit_code, 0);
  EXPECT_EQ(place.tlmmu(second).exit_code, 0);
  EXPECT_EQ(place.read("first.json"), place.read("second.json"));
}

TEST(Run, a_program_larger_than_memory_swaps_and_keeps_its_contents) {
  const Workplace place;
  place.file("t", page_sweep(4096, 2));  // 16 MiB on a machine of 4 MiB
  const Json stats = statistics_of(place, small_memory({"--trace", "t"}));
  EXPECT_GT(stats["kernel"]["swap_outs"], 3000);
  EXPECT_GT(stats["kernel"]["swap_ins"], 3000);
  EXPECT_EQ(stats["verify"]["mismatches"], 0);
  EXPECT_EQ(stats["verify"]["loads_checked"], 8192);
}

TEST(Run, two_processes_share_the_machine_and_keep_their_own_contents) {
  const Workplace place;
  place.file("a", page_sweep(800, 3));
  place.file("b", lackey_text({20'000, 900, 8, 5}));
  const Json stats = statistics_of(place, small_memory({"--trace", "a", "--trace", "b"}));
  EXPECT_EQ(stats["cpu"]["accesses"], 2 * 800 * 4 + 40'000);
  EXPECT_EQ(stats["verify"]["mismatches"], 0);
}

TEST(Run, while_one_process_waits_for_the_disk_the_other_runs) {
  const Workplace place;
  place.file("a", page_sweep(3000, 2));
  place.file("b", lackey_text({60'000, 4, 1, 5}));
  const auto alone = statistics_of(place, small_memory({"--trace", "a"}));
  const auto both = statistics_of(place, small_memory({"--trace", "a", "--trace", "b"}));
  EXPECT_GT(alone["time"]["idle"], 0);
  EXPECT_LT(both["time"]["idle"], alone["time"]["idle"]);
}

TEST(Run, compressed_traces_and_pipes_give_the_same_run) {
  const Workplace place;
  place.file("t", lackey_text({}));
  const Json plain = statistics_of(place, {"--trace", "t"});
  place.shell("gzip -k t; xz -k t; zstd -q t -o t.zst");
  for (const char* packed : {"t.gz", "t.xz", "t.zst"}) {
    EXPECT_EQ(statistics_of(place, {"--trace", packed}), plain) << packed;
  }
  const auto piped =
      place.shell("cat t.xz | " TLMMU_COMMAND " run --trace - --quiet --stats piped.json");
  EXPECT_EQ(piped.exit_code, 0) << piped.err;
  EXPECT_EQ(Json::parse(place.read("piped.json"))["statistics"], plain);
}

TEST(Run, a_champsim_trace_plays) {
  const Workplace place;
  std::string records;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    records += champsim_bytes({0x40'0000 + 4 * i, 0x7ffe'1234'0000 + 64 * i, 0x60'0000 + 8 * i});
  }
  place.file("t", records);
  const Json stats = statistics_of(place, {"--trace", "t", "--verify"});
  EXPECT_EQ(stats["cpu"]["fetches"], 2000);
  EXPECT_EQ(stats["cpu"]["loads"], 2000);
  EXPECT_EQ(stats["cpu"]["stores"], 2000);
}

TEST(Run, limit_ends_each_trace_early) {
  const Workplace place;
  place.file("t", lackey_text({}));
  EXPECT_EQ(statistics_of(place, {"--trace", "t", "--limit", "1k"})["cpu"]["accesses"], 1000);
}

TEST(Run, an_address_outside_the_user_half_kills_its_process_and_no_other) {
  const Workplace place;
  place.file("bad", "I  00400000,4\n L ffff800000000000,8\nI  00400004,4\n");
  place.file("good", page_sweep(10, 1));
  const Json stats = statistics_of(place, {"--trace", "bad", "--trace", "good"});
  EXPECT_EQ(stats["kernel"]["faults"]["fatal"], 1);
  EXPECT_EQ(stats["cpu"]["accesses"], 1 + 40);
}

TEST(Run, standard_output_that_is_full_is_the_hosts_failure) {
  const Workplace place;
  place.file("t", page_sweep(10, 1));
  EXPECT_EQ(place.tlmmu({"run", "--trace", "t"}, "> /dev/full").exit_code, 3);
}

TEST(Run, a_full_disk_is_the_hosts_failure_and_leaves_no_file) {
  const Workplace place;
  place.file("t", page_sweep(10, 1));
  const auto result = place.shell("trap '' XFSZ; ulimit -f 1; exec " TLMMU_COMMAND
                                  " run --trace t --quiet --stats out.json");
  EXPECT_EQ(result.exit_code, 3) << result.err;
  EXPECT_THAT(result.err, HasSubstr("tlmmu: "));
  EXPECT_FALSE(place.has("out.json"));
}

TEST(Run, printed_configuration_is_good_and_means_the_same) {
  const Workplace place;
  place.file("t", lackey_text({}));
  const auto printed = place.tlmmu({"config", "--print"});
  place.file("m.toml", printed.out);
  EXPECT_EQ(place.tlmmu({"config", "--check", "m.toml"}).exit_code, 0);
  EXPECT_EQ(statistics_of(place, {"--trace", "t", "--config", "m.toml"}),
            statistics_of(place, {"--trace", "t"}));
}

TEST(Run, every_shipped_configuration_is_good_and_runs) {
  const Workplace place;
  place.file("t", lackey_text({}));
  for (const char* name : {"small", "application_core", "server_core"}) {
    const std::string file = source_path(std::string("configs/") + name + ".toml");
    EXPECT_EQ(place.tlmmu({"config", "--check", file}).exit_code, 0) << name;
    statistics_of(place, {"--trace", "t", "--config", file, "--verify"});
  }
}

TEST(Run, the_default_machine_is_the_small_one) {
  const Workplace place;
  EXPECT_EQ(place.tlmmu({"config", "--print"}).out,
            place.tlmmu({"config", "--print", "--config", source_path("configs/small.toml")}).out);
}

}  // namespace
}  // namespace tlmmu
