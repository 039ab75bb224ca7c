// SPDX-License-Identifier: Apache-2.0
#include "models/ptw/ptw_config.h"

#include <gtest/gtest.h>

#include "models/base/error.h"
#include "models/config/document.h"

namespace tlmmu {
namespace {

PtwConfig loaded(const std::string& text) {
  config::Document document;
  document.read_text(text, "test.toml");
  PtwConfig result;
  document.load(result);
  return result;
}
std::string complaint(const std::string& text) {
  try {
    loaded(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(PtwConfig, defaults_are_valid) {
  EXPECT_NO_THROW(loaded(""));
}

TEST(PtwConfig, reads_every_key) {
  const PtwConfig config = loaded(R"(
      ad_update = "fault"
      pte_entry = "l2"
      step_latency = 3
      walk_cache_latency = 2
      [walk_cache.level1]
      entries = 64
      ways = 8
      replacement = "tree_plru")");
  EXPECT_EQ(config.ad_update, AdUpdate::fault);
  EXPECT_EQ(config.pte_entry, PteEntry::l2);
  EXPECT_EQ(config.step_latency, Cycles(3));
  EXPECT_EQ(config.walk_cache_latency, Cycles(2));
  EXPECT_EQ(config.walk_cache.level1.entries, 64U);
  EXPECT_EQ(config.walk_cache.level1.ways, 8U);
  EXPECT_EQ(config.walk_cache.level1.replacement, replacement::PolicyName::tree_plru);
}

TEST(PtwConfig, rejects_ways_that_do_not_divide_the_entries) {
  EXPECT_NE(complaint("[walk_cache.level1]\nentries = 10\nways = 4").find("must divide entries"),
            std::string::npos);
}

TEST(PtwConfig, rejects_zero_ways_negative_entries_and_unknown_policies) {
  EXPECT_NE(complaint("[walk_cache.level1]\nways = 0"), "accepted");
  EXPECT_NE(complaint("[walk_cache.level2]\nentries = -1"), "accepted");
  EXPECT_NE(complaint("[walk_cache.level3]\nreplacement = \"mru\""), "accepted");
  EXPECT_NE(complaint("mode = \"sv57\""), "accepted");
  EXPECT_NE(complaint("walkers = 4"), "accepted");
}

TEST(PtwConfig, rejects_a_tree_over_three_ways) {
  EXPECT_NE(complaint("[walk_cache.level1]\nentries = 6\nways = 3\nreplacement = \"tree_plru\"")
                .find("power of two"),
            std::string::npos);
}

TEST(PtwConfig, a_level_without_entries_has_no_other_keys) {
  EXPECT_NO_THROW(loaded("[walk_cache.level1]\nentries = 0"));
  EXPECT_NE(complaint("[walk_cache.level1]\nentries = 0\nways = 2"), "accepted");
}

}  // namespace
}  // namespace tlmmu
