// SPDX-License-Identifier: Apache-2.0
#include "models/dram/dram_config.h"

#include <gmock/gmock.h>

#include "models/base/error.h"
#include "models/config/document.h"

namespace tlmmu {
namespace {

using ::testing::HasSubstr;

struct Root {
  DramConfig dram;
  void describe(config::Visitor& v) { v.section({"dram", "memory"}, dram); }
};

DramConfig loaded(const std::string& text) {
  config::Document document;
  document.read_text("[dram]\n" + text, "m.toml");
  Root root;
  document.load(root);
  return root.dram;
}

std::string problem_of(const std::string& text) {
  try {
    loaded(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(DramConfig, every_preset_keeps_the_rules) {
  for (const auto& preset : kDramPresetNames) {
    EXPECT_EQ(problem_of(std::string("preset = \"") + preset.name + '"'), "no error");
  }
}

TEST(DramConfig, presets_have_the_capacity_and_rate_of_their_modules) {
  const auto peak = [](const DramConfig& c) {  // bytes a microsecond of one channel
    return std::uint64_t{2} * c.geometry.bus_width / 8 * 1'000'000 / c.timing.tCK.value();
  };
  const DramConfig ddr4(DramPreset::ddr4_2400);
  EXPECT_EQ(ddr4.geometry.capacity(), gibibytes(8));
  EXPECT_NEAR(static_cast<double>(peak(ddr4)), 19200, 20);
  const DramConfig ddr5(DramPreset::ddr5_4800);
  EXPECT_EQ(ddr5.geometry.capacity(), gibibytes(16));
  EXPECT_NEAR(static_cast<double>(peak(ddr5)), 19200, 40);
  const DramConfig lpddr4(DramPreset::lpddr4_3200);
  EXPECT_EQ(lpddr4.geometry.capacity(), gibibytes(2));
  EXPECT_EQ(peak(lpddr4), 6400U);
}

TEST(DramConfig, a_preset_gives_defaults_that_keys_replace) {
  const DramConfig config = loaded("tCL = 42\nranks = 2\npreset = \"DDR5-4800\"");
  EXPECT_EQ(config.timing.tCL, Cycles(42));
  EXPECT_EQ(config.timing.tRCD, Cycles(39));
  EXPECT_EQ(config.geometry.ranks, 2U);
  EXPECT_EQ(config.geometry.bank_groups, 8U);
}

TEST(DramConfig, rules_between_keys_are_told) {
  EXPECT_THAT(problem_of("tRC = 55"), HasSubstr("dram.tRC = 55: must be at least tRAS + tRP"));
  EXPECT_THAT(problem_of("tCCD_S = 7"), HasSubstr("must be at most tCCD_L"));
  EXPECT_THAT(problem_of("tRRD_S = 7"), HasSubstr("must be at most tRRD_L"));
  EXPECT_THAT(problem_of("tWTR_S = 10"), HasSubstr("must be at most tWTR_L"));
  EXPECT_THAT(problem_of("tREFI = 476"), HasSubstr("must be more than tRFC + tRC"));
  EXPECT_THAT(problem_of("banks = 3"), HasSubstr("must be a power of two"));
  EXPECT_THAT(problem_of("columns = 16\nburst_length = 32"), HasSubstr("at most columns"));
}

TEST(DramConfig, keys_without_effect_are_refused) {
  EXPECT_THAT(problem_of("preset = \"LPDDR4-3200\"\ntCCD_S = 8"), HasSubstr("bank_groups > 1"));
  EXPECT_THAT(problem_of("tREFI = 0\ntRFC = 400"), HasSubstr("tREFI > 0"));
  EXPECT_EQ(problem_of("tREFI = 0"), "no error");
}

TEST(DramConfig, nonsense_is_refused) {
  for (const char* text : {"preset = \"DDR3\"", "tCL = 0", "tCL = -1", "tCL = \"5ns\"", "tCK = 833",
                           "channels = 128", "bus_width = 12", "rows = 0", "tCAS = 4"}) {
    EXPECT_THAT(problem_of(text), HasSubstr("m.toml:2: dram.")) << text;
  }
}

}  // namespace
}  // namespace tlmmu
