// SPDX-License-Identifier: Apache-2.0
#include "models/cache/cache_config.h"

#include <gmock/gmock.h>

#include "models/base/error.h"
#include "models/config/document.h"

namespace tlmmu {
namespace {

using testing::HasSubstr;

CacheConfig loaded(CacheConfig config, const std::string& text) {
  config::Document document;
  document.read_text(text, "c.toml");
  document.load(config);
  return config;
}

std::string problem_of(const CacheConfig& config, const std::string& text) {
  try {
    loaded(config, text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(CacheConfig, the_defaults_are_valid) {
  for (const CacheConfig& config :
       {CacheConfig::l1_instruction(), CacheConfig::l1_data(), CacheConfig::l2()}) {
    EXPECT_EQ(problem_of(config, ""), "no error");
  }
}

TEST(CacheConfig, every_key_is_read) {
  const CacheConfig config = loaded(CacheConfig::l2(), R"(
size = "24KiB"
line = 128
ways = 3
replacement = "random"
write_policy = "write_through"
hit_latency = 5)");
  EXPECT_EQ(config.size, kibibytes(24));
  EXPECT_EQ(config.line, Bytes(128));
  EXPECT_EQ(config.ways, 3U);
  EXPECT_EQ(config.sets(), 64U);
  EXPECT_EQ(config.replacement, replacement::PolicyName::random);
  EXPECT_EQ(config.write_policy, WritePolicy::write_through);
  EXPECT_EQ(config.hit_latency, Cycles(5));
}

TEST(CacheConfig, a_line_that_is_no_power_of_two_is_refused) {
  EXPECT_THAT(problem_of(CacheConfig::l2(), "line = 48"), HasSubstr("power of two"));
}

TEST(CacheConfig, a_size_that_the_sets_do_not_fill_is_refused) {
  EXPECT_THAT(problem_of(CacheConfig::l2(), "size = \"1000KiB\"\nways = 7"),
              HasSubstr("multiple of line times ways"));
}

TEST(CacheConfig, tree_plru_with_twelve_ways_is_refused) {
  EXPECT_THAT(problem_of(CacheConfig::l1_data(),
                         "size = \"48KiB\"\nways = 12\nreplacement = \"tree_plru\""),
              HasSubstr("power of two"));
}

TEST(CacheConfig, zero_ways_are_refused) {
  EXPECT_THAT(problem_of(CacheConfig::l2(), "ways = 0"), HasSubstr("ways"));
}

TEST(CacheConfig, an_instruction_cache_has_no_write_policy) {
  EXPECT_THAT(problem_of(CacheConfig::l1_instruction(), "write_policy = \"write_back\""),
              HasSubstr("write_policy"));
}

TEST(CacheConfig, the_keys_of_a_cache_that_is_left_out_have_no_effect) {
  EXPECT_THAT(problem_of(CacheConfig::l2(), "enabled = false\nways = 2"),
              HasSubstr("enabled = true"));
}

}  // namespace
}  // namespace tlmmu
