// SPDX-License-Identifier: Apache-2.0
#include "models/tlb/tlb_config.h"

#include <gmock/gmock.h>

#include "models/base/error.h"
#include "models/config/document.h"
#include "models/config/listing.h"

namespace tlmmu {
namespace {

using testing::HasSubstr;

TlbConfig loaded(TlbConfig config, const std::string& text) {
  config::Document document;
  document.read_text(text, "t.toml");
  document.load(config);
  return config;
}

std::string problem_of(const TlbConfig& config, const std::string& text) {
  try {
    loaded(config, text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(TlbConfig, the_defaults_are_valid) {
  EXPECT_EQ(problem_of(TlbConfig::first_level(), ""), "no error");
  EXPECT_EQ(problem_of(TlbConfig::second_level(), ""), "no error");
}

TEST(TlbConfig, every_key_is_read) {
  const TlbConfig config = loaded(TlbConfig::second_level(), R"(
entries = 96
ways = 3
replacement = "srrip"
hit_latency = 9
page_sizes = ["4KiB"]
inclusion = "exclusive")");
  EXPECT_EQ(config.entries, 96U);
  EXPECT_EQ(config.ways, 3U);
  EXPECT_EQ(config.replacement, replacement::PolicyName::srrip);
  EXPECT_EQ(config.hit_latency, Cycles(9));
  EXPECT_EQ(config.page_sizes, PageSizeSet().with(PageSize::k4KiB));
  EXPECT_EQ(config.inclusion, Inclusion::exclusive);
}

TEST(TlbConfig, ways_that_do_not_divide_the_entries_are_refused) {
  EXPECT_THAT(problem_of(TlbConfig::first_level(), "entries = 64\nways = 5"),
              HasSubstr("must divide entries"));
}

TEST(TlbConfig, zero_entries_or_ways_are_refused) {
  EXPECT_THAT(problem_of(TlbConfig::first_level(), "entries = 0"), HasSubstr("entries"));
  EXPECT_THAT(problem_of(TlbConfig::first_level(), "ways = 0"), HasSubstr("ways"));
}

TEST(TlbConfig, tree_plru_with_three_ways_is_refused) {
  EXPECT_THAT(
      problem_of(TlbConfig::first_level(), "entries = 12\nways = 3\nreplacement = \"tree_plru\""),
      HasSubstr("power of two"));
}

TEST(TlbConfig, a_first_level_is_inclusive_of_nothing) {
  EXPECT_THAT(problem_of(TlbConfig::first_level(), "inclusion = \"inclusive\""),
              HasSubstr("inclusion"));
}

TEST(TlbConfig, the_keys_of_a_level_that_is_left_out_have_no_effect) {
  EXPECT_EQ(problem_of(TlbConfig::second_level(), "enabled = false"), "no error");
  EXPECT_THAT(problem_of(TlbConfig::second_level(), "enabled = false\nentries = 64"),
              HasSubstr("enabled = true"));
}

}  // namespace
}  // namespace tlmmu
