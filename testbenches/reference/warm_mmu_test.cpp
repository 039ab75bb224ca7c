// SPDX-License-Identifier: Apache-2.0
#include "models/reference/warm_mmu.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "models/reference/case_runner.h"
#include "testbenches/reference/golden_case.h"

namespace tlmmu::reference {
namespace {

/// Default TLBs and walk caches behind walk cases, each of which starts with nothing remembered.
class WarmMachine {
 public:
  explicit WarmMachine(const MmuConfig& config = {})
      : mmu_("mmu", config, ClockPeriod::from_hertz(1'000'000'000), 1) {
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
  }

  std::string run(const std::string& text) {
    std::istringstream input(text);
    return run({parse_walk_case(input, "case"), "", FinalPmp::ignored}, Detail::accesses);
  }
  std::string run(const GoldenCase& golden, Detail detail) {
    CaseMachine machine(golden.walk_case.mode);
    mmu_.serve(machine);
    return answers_of(golden, machine, mmu_, detail);
  }

 private:
  WarmMmu mmu_;
};

/// Page 1 at frame 0x80042, A and D set; page 2 at frame 0x80043, clean.
const std::string kTables =
    "mode sv39\n"
    "satp 0x8000000000080000\n"
    "mem 0x80000000 0x20000401\n"
    "mem 0x80001000 0x20000801\n"
    "mem 0x80002008 0x200108c7\n"
    "mem 0x80002010 0x20010c47\n";

TEST(WarmMmu, a_second_request_reads_no_pte) {
  WarmMachine machine;
  EXPECT_EQ(machine.run(kTables + "req a 0x1234 R S 0 0\nreq b 0x1238 W S 0 0\n"),
            "a ok 0x80042234 4K # tval=0x1234 rd:0x80000000=0x20000401 rd:0x80001000=0x20000801 "
            "rd:0x80002008=0x200108c7\n"
            "b ok 0x80042238 4K # tval=0x1238\n");
}

TEST(WarmMmu, a_neighbor_reads_the_leaf_only) {
  WarmMachine machine;
  EXPECT_EQ(machine.run(kTables + "req a 0x1234 R S 0 0\nreq b 0x2000 R S 0 0\n"),
            "a ok 0x80042234 4K # tval=0x1234 rd:0x80000000=0x20000401 rd:0x80001000=0x20000801 "
            "rd:0x80002008=0x200108c7\n"
            "b ok 0x80043000 4K # tval=0x2000 rd:0x80002010=0x20010c47\n");
}

TEST(WarmMmu, a_hit_checks_permissions_again) {
  WarmMachine machine;
  EXPECT_THAT(machine.run(kTables + "req a 0x1234 R S 0 0\nreq b 0x1234 R U 0 0\n"),
              ::testing::EndsWith("b fault 13 # tval=0x1234\n"));
}

TEST(WarmMmu, a_store_to_a_clean_page_sets_d_with_svadu) {
  WarmMachine machine;
  EXPECT_THAT(machine.run(kTables + "ext svadu\nreq a 0x2000 R S 0 0\nreq b 0x2000 W S 0 0\n"),
              ::testing::EndsWith("b ok 0x80043000 4K # tval=0x2000 rd:0x80002010=0x20010c47 "
                                  "wr:0x80002010=0x20010cc7\n"));
}

TEST(WarmMmu, a_store_to_a_clean_page_is_a_page_fault_with_svade) {
  WarmMachine machine;
  EXPECT_THAT(machine.run(kTables + "req a 0x2000 R S 0 0\nreq b 0x2000 W S 0 0\n"),
              ::testing::EndsWith("b fault 15 # tval=0x2000 rd:0x80002010=0x20010c47\n"));
}

TEST(WarmMmu, what_memory_holds_counts_from_the_fence_on) {
  WarmMachine machine;
  const std::string change = "req a 0x1234 R S 0 0\nmem 0x80002008 0x20011cc7\n";
  EXPECT_THAT(machine.run(kTables + change + "req b 0x1234 R S 0 0\n"),
              ::testing::EndsWith("b ok 0x80042234 4K # tval=0x1234\n"));
  EXPECT_THAT(machine.run(kTables + change + "sfence 0x1000\nreq b 0x1234 R S 0 0\n"),
              ::testing::EndsWith("b ok 0x80047234 4K # tval=0x1234 rd:0x80002008=0x20011cc7\n"));
}

TEST(WarmMmu, another_root_counts_from_its_fence_on) {
  WarmMachine machine;
  EXPECT_THAT(machine.run(kTables + "req a 0x1234 R S 0 0\nsatp_nofence 0x8000000000090000\n"
                                    "req b 0x1234 R S 0 0\n"),
              ::testing::EndsWith("b ok 0x80042234 4K # tval=0x1234\n"));
  EXPECT_THAT(machine.run(kTables + "req a 0x1234 R S 0 0\nsatp 0x8000000000090000\n"
                                    "req b 0x1234 R S 0 0\n"),
              ::testing::EndsWith("b fault 13 # tval=0x1234 rd:0x90000000=0x0\n"));
}

TEST(WarmMmu, fetches_and_loads_have_their_own_first_level) {
  MmuConfig config;
  config.l2_tlb.enabled = false;
  WarmMachine machine(config);
  EXPECT_THAT(machine.run(kTables + "mem 0x80002008 0x200108cf\n"
                                    "req a 0x1234 R S 0 0\nreq b 0x1234 X S 0 0\n"),
              ::testing::EndsWith("b ok 0x80042234 4K # tval=0x1234 rd:0x80002008=0x200108cf\n"));
}

TEST(WarmMmu, pmp_denies_the_accesses_to_ptes) {
  WarmMachine machine;
  EXPECT_EQ(machine.run(kTables + "pmp 0 0x18 0x200005ff\npmp 1 0x1f 0x3fffffffffffff\n"
                                  "req a 0x1234 X S 0 0\n"),
            "a fault 1 # tval=0x1234 rd:0x80000000=0x20000401\n");
}

TEST(WarmMmu, forgets_everything_between_cases) {
  WarmMachine machine;
  const std::string once = kTables + "req a 0x1234 R S 0 0\n";
  const std::string first = machine.run(once);
  EXPECT_EQ(machine.run(once), first);
}

TEST(WarmMmu, keeps_what_two_stages_found) {
  WarmMachine machine;
  EXPECT_EQ(machine.run("mode sv39\n"
                        "ext h\n"
                        "hgatp 0x8000100000080010\n"
                        "mem 0x80010000 0x200000df\n"
                        "req a 0x1234 R VS 0 0\n"
                        "req b 0x1238 R VU 0 0\n"
                        "req c 0x40000000 W VS 0 0\n"
                        "mem 0x80010000 0x0\n"
                        "hfence.gvma\n"
                        "req d 0x1238 R VU 0 0\n"),
            "a ok 0x80001234 1G # tval=0x1234 rd:0x80010000=0x200000df\n"
            "b ok 0x80001238 1G # tval=0x1238\n"
            "c fault 23 # tval=0x40000000 gpa=0x40000000 rd:0x80010008=0x0\n"
            "d fault 21 # tval=0x1238 gpa=0x1238 rd:0x80010000=0x0\n");
}

TEST(WarmMmu, a_combined_level_above_a_separate_one_knows_what_the_g_stage_forbids) {
  MmuConfig config;
  config.l2_tlb.two_stage_caching = TwoStageCaching::separate;
  WarmMachine machine(config);
  EXPECT_THAT(machine.run("mode sv39\n"
                          "ext h\n"
                          "hgatp 0x8000100000080010\n"
                          "mem 0x80010000 0x200000df\n"
                          "mem 0x80010008 0x300000db\n"  // without W
                          "vsatp 0x8000000000000100\n"
                          "mem 0x80100000 0x100000d7\n"
                          "req a 0x1234 R VU 0 0\n"
                          "req b 0x1234 W VU 0 0\n"),
              ::testing::AllOf(::testing::StartsWith("a ok 0xc0001234 1G"),
                               ::testing::HasSubstr("b fault 23 # tval=0x1234 gpa=0x40001234")));
}

TEST(WarmMmu, walks_ptes_of_four_bytes) {
  WarmMachine machine;
  EXPECT_EQ(machine.run("mode sv32\n"
                        "ext svadu\n"
                        "satp 0x80300000\n"
                        "mem 0x300000004 0xc0000401\n"
                        "mem 0x300001004 0xfffffc07\n"
                        "req a 0x401234 W S 0 0\n"),
            "a ok 0x3fffff234 4K # tval=0x401234 rd:0x300000004=0xc0000401 "
            "rd:0x300001004=0xfffffc07 wr:0x300001004=0xfffffcc7\n");
}

/// The lines of `answers` without comments.
std::string outcomes_of(const std::string& answers) {
  std::istringstream lines(answers);
  std::string text;
  for (std::string line; std::getline(lines, line);) text += line.substr(0, line.find(" #")) + "\n";
  return text;
}

TEST(WarmMmu, answers_fenced_cases_as_a_cold_one) {
  WarmMachine machine;
  for (const char* name : kGoldenCases) {
    SCOPED_TRACE(name);
    const GoldenCase golden = read_golden(name);
    EXPECT_EQ(machine.run(golden, Detail::outcome), outcomes_of(golden.answers));
  }
}

}  // namespace
}  // namespace tlmmu::reference
