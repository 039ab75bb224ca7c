// SPDX-License-Identifier: Apache-2.0
// `tlmmu cosim` as its users run it.
#include <gmock/gmock.h>

#include "models/cosim/rtl_walker.h"
#include "testbenches/system/command.h"

namespace tlmmu {
namespace {

using ::testing::HasSubstr;

TEST(CosimCommand, holds_every_walker_against_the_model) {
  if (cosim::walker_kinds().empty()) GTEST_SKIP() << cosim::kNoVerilator;
  const Workplace place;
  const CommandResult result = place.tlmmu({"cosim", "--walks", "500"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  for (const cosim::WalkerKind& kind : cosim::walker_kinds()) {
    EXPECT_THAT(result.out, HasSubstr(kind.name + ": 500 walks"));
  }
}

TEST(CosimCommand, answers_a_walk_case_with_hardware) {
  if (cosim::walker_kinds().empty()) GTEST_SKIP() << cosim::kNoVerilator;
  const Workplace place;
  place.file("t.case",
             "mode sv39\nsatp 0x8000000000001000\nmem 0x1000000 0xcf\n"
             "req page 0x1234 R S 0 0\nreq none 0x40000000 W S 0 0\n");
  const CommandResult result =
      place.tlmmu({"cosim", "--case", "t.case", "--walker", "ptw_sv39_svade"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out,
            "ptw_sv39_svade: 2 walks by hardware, 0 by the model alone, no difference\n");
}

TEST(CosimCommand, says_what_to_install_where_there_is_no_hardware) {
  if (!cosim::walker_kinds().empty()) GTEST_SKIP() << "this build has hardware";
  const Workplace place;
  const CommandResult result = place.tlmmu({"cosim"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("install Verilator"));
}

TEST(CosimCommand, refuses_what_it_does_not_understand) {
  if (cosim::walker_kinds().empty()) GTEST_SKIP() << cosim::kNoVerilator;
  const Workplace place;
  for (const auto& words :
       std::vector<std::vector<std::string>>{{"cosim", "--walker", "none"},
                                             {"cosim", "--walks", "0"},
                                             {"cosim", "--memory-latency", "0..4"},
                                             {"cosim", "--memory-latency", "4..2"},
                                             {"cosim", "--memory-latency", "1..4000"},
                                             {"cosim", "--case", "none.case"},
                                             {"cosim", "--seed", "x"}}) {
    EXPECT_EQ(place.tlmmu(words).exit_code, 2) << words.back();
  }
}

}  // namespace
}  // namespace tlmmu
