// SPDX-License-Identifier: Apache-2.0
// What tlmmu tells of a walker that is wrong: one that lets stores through to pages without D.
#include <gmock/gmock.h>

#include "testbenches/support/fst_file.h"
#include "testbenches/support/wave_layout.h"
#include "testbenches/system/command.h"

namespace tlmmu {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// Reads a page and then writes to it: by Svade, both fault.
constexpr const char* kTrace = " L 10000000,8\n S 10000000,8\n";
constexpr const char* kMode = "mmu.mode=sv39";
constexpr const char* kSvade = "mmu.ptw.ad_update=fault";

CommandResult careless(const Workplace& place, const std::vector<std::string>& words) {
  return place.program(CARELESS_TLMMU, words);
}

CommandResult run_machine(const Workplace& place, const std::string& implementation) {
  place.file("t.lackey", kTrace);
  return careless(
      place, {"run", "--trace", "t.lackey", "--quiet", "--set", kMode, "--set", kSvade, "--set",
              "mmu.ptw.implementation=" + implementation, "--set", "mmu.ptw.walker=careless_sv39"});
}

/// Signals of both sides in one file, with something happening on each.
void expect_both_sides(const std::string& path) {
  FstFile waves(path);
  ASSERT_TRUE(waves.valid());
  for (const char* name : {"walker.clk", "walker.small_walker.i_ptw.state_q [1:0]",
                           "model.activity [2:0]", "model.address [55:0]"}) {
    EXPECT_TRUE(waves.has(name)) << name;
    EXPECT_GT(waves.of(name).size(), 2U) << name;
  }
}

TEST(MachineMismatch, ends_the_run_and_tells_both_sides) {
  const Workplace place;
  const CommandResult result = run_machine(place, "lockstep");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, AllOf(HasSubstr("tlmmu: careless_sv39: another outcome in walk "),
                                HasSubstr("  model: read 0x"), HasSubstr(" rtl: read 0x"),
                                HasSubstr("  model: store_page_fault at VATP.9"),
                                HasSubstr(" rtl: translated to ppn 0x")));
  EXPECT_THAT(result.err, HasSubstr("the same run: tlmmu run --trace t.lackey --quiet --set "));
  EXPECT_THAT(result.err,
              HasSubstr("the walk, alone: tlmmu walk -v careless_sv39_mismatch.case\n"));
  EXPECT_THAT(result.err, HasSubstr("waves: gtkwave careless_sv39_mismatch.fst\n"));
}

TEST(MachineMismatch, leaves_waves_of_both_sides_in_one_file) {
  const Workplace place;
  run_machine(place, "lockstep");
  expect_both_sides(place.path("careless_sv39_mismatch.fst"));
}

TEST(MachineMismatch, leaves_every_signal_that_its_layout_shows) {
  const Workplace place;
  run_machine(place, "lockstep");
  const FstFile waves(place.path("careless_sv39_mismatch.fst"));
  const auto signals = layout_signals(source_path("waves/walker.gtkw"));
  EXPECT_GT(signals.size(), 30U);
  for (const LayoutSignal& signal : signals) {
    const std::string name = signal.name + (signal.range.empty() ? "" : " " + signal.range);
    EXPECT_TRUE(waves.has(name)) << name;
  }
}

TEST(MachineMismatch, leaves_a_case_that_the_model_and_other_hardware_answer) {
  const Workplace place;
  run_machine(place, "lockstep");
  const std::string file = "careless_sv39_mismatch.case";
  EXPECT_THAT(place.tlmmu({"walk", file}).out, "walk fault 15\n");
  EXPECT_EQ(place.tlmmu({"cosim", "--case", file, "--walker", "small_sv39"}).out,
            "small_sv39: 1 walks by hardware, 0 by the model alone, no difference\n");
  const CommandResult again =
      careless(place, {"cosim", "--case", file, "--wave-on-mismatch", "case.fst"});
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_THAT(again.out, AllOf(HasSubstr("careless_sv39: walk: another outcome\n"),
                               HasSubstr("waves: gtkwave case.fst\n")));
  expect_both_sides(place.path("case.fst"));
}

TEST(MachineMismatch, is_told_where_its_files_cannot_be_written) {
  const Workplace place;
  place.shell("mkdir careless_sv39_mismatch.case");
  const CommandResult result = run_machine(place, "lockstep");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err,
              AllOf(HasSubstr("another outcome"), HasSubstr("tlmmu: careless_sv39_mismatch.case")));
}

TEST(MachineMismatch, does_not_matter_where_hardware_is_believed) {
  const Workplace place;
  EXPECT_EQ(run_machine(place, "rtl").exit_code, 0);
  EXPECT_FALSE(place.has("careless_sv39_mismatch.case"));
}

TEST(CosimMismatch, tells_both_sides_and_leaves_case_and_waves) {
  const Workplace place;
  const CommandResult result =
      careless(place, {"cosim", "--wave-on-mismatch", "m.fst", "--seed", "3"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("careless_sv39: another outcome in walk "), HasSubstr(" of seed 3\n"),
                    HasSubstr("  model: store_page_fault at VATP.9"),
                    HasSubstr("the same run: tlmmu cosim --walker careless_sv39 --seed 3 "),
                    HasSubstr("waves: gtkwave m.fst\n")));
  expect_both_sides(place.path("m.fst"));
  EXPECT_EQ(place.tlmmu({"walk", "careless_sv39_seed3.case"}).out, "walk fault 15\n");
}

}  // namespace
}  // namespace tlmmu
