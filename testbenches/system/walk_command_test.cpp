// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testbenches/system/command.h"

namespace tlmmu {
namespace {

constexpr const char* kCase =
    "mode sv39\n"
    "satp 0x8000000000001000\n"
    "mem 0x1000000 0xcf\n"
    "req page 0x1234 R S 0 0\n"
    "req none 0x40000000 W S 0 0\n";

TEST(WalkCommand, prints_a_line_for_each_request) {
  const Workplace place;
  place.file("t.case", kCase);
  const CommandResult result = place.tlmmu({"walk", "t.case"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out, "page ok 0x1234 1G\nnone fault 15\n");
  EXPECT_EQ(result.err, "");
}

TEST(WalkCommand, reads_standard_input) {
  const Workplace place;
  place.file("t.case", kCase);
  const CommandResult result = place.tlmmu({"walk", "-"}, "< t.case");
  EXPECT_EQ(result.out, "page ok 0x1234 1G\nnone fault 15\n");
}

TEST(WalkCommand, tells_the_accesses_when_asked) {
  const Workplace place;
  place.file("t.case", kCase);
  const CommandResult result = place.tlmmu({"walk", "t.case", "-v"});
  EXPECT_EQ(result.out,
            "page ok 0x1234 1G # tval=0x1234 rd:0x1000000=0xcf\n"
            "none fault 15 # tval=0x40000000 rd:0x1000008=0x0\n");
}

TEST(WalkCommand, lets_pmp_judge_the_final_address_when_asked) {
  const Workplace place;
  place.file("t.case", std::string("mode bare\npmp 0 0x19 0x1ff\n") +
                           "req good 0xff8 R U 0 0\nreq bad 0xff8 W U 0 0\n");
  EXPECT_EQ(place.tlmmu({"walk", "t.case"}).out, "good ok 0xff8 bare\nbad ok 0xff8 bare\n");
  EXPECT_EQ(place.tlmmu({"walk", "t.case", "--pmp-final"}).out,
            "good ok 0xff8 bare\nbad fault 7\n");
}

TEST(WalkCommand, starts_cold_or_warm) {
  const Workplace place;
  place.file("t.case", std::string(kCase) + "req again 0x1238 R S 0 0\n");
  const std::string first =
      "page ok 0x1234 1G # tval=0x1234 rd:0x1000000=0xcf\n"
      "none fault 15 # tval=0x40000000 rd:0x1000008=0x0\n"
      "again ok 0x1238 1G # tval=0x1238";
  EXPECT_EQ(place.tlmmu({"walk", "t.case", "-v"}).out, first + " rd:0x1000000=0xcf\n");
  EXPECT_EQ(place.tlmmu({"walk", "t.case", "-v", "--warm"}).out, first + "\n");
}

TEST(WalkCommand, warm_asks_the_configured_machine) {
  const Workplace place;
  place.file("t.case", std::string(kCase) + "req again 0x1238 R S 0 0\n");
  place.file("m.toml", "[mmu.l2_tlb]\nenabled = false\n");
  const CommandResult result = place.tlmmu({"walk", "t.case", "-v", "--warm", "--config", "m.toml",
                                            "--set", "mmu.l1_dtlb.page_sizes=[\"4KiB\"]"});
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out,
              testing::EndsWith("again ok 0x1238 1G # tval=0x1238 rd:0x1000000=0xcf\n"));
}

TEST(WalkCommand, says_nothing_to_a_case_without_requests) {
  const Workplace place;
  place.file("t.case", "mode sv57\n");
  const CommandResult result = place.tlmmu({"walk", "t.case"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out, "");
}

TEST(WalkCommand, a_full_disk_behind_the_answers_is_an_error) {
  const Workplace place;
  place.file("t.case", kCase);
  EXPECT_EQ(place.tlmmu({"walk", "t.case"}, "> /dev/full").exit_code, 3);
}

}  // namespace
}  // namespace tlmmu
