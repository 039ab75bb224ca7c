// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "models/base/error.h"
#include "models/config/document.h"
#include "models/memory_controller/memory_rules.h"

namespace tlmmu {
namespace {

using ::testing::HasSubstr;

struct Root {
  MemoryConfig memory;
  MemoryControllerConfig controller;
  DramConfig dram;
  void describe(config::Visitor& v) {
    v.section({"memory", ""}, memory);
    v.section({"memory_controller", ""}, controller);
    v.section({"dram", ""}, dram);
    require_memory_rules(v, memory, controller, dram);
  }
};

Root loaded(const std::vector<std::string>& sets) {
  config::Document document;
  for (const auto& set : sets) document.set(set);
  Root root;
  document.load(root);
  return root;
}

std::string problem_of(const std::vector<std::string>& sets) {
  try {
    loaded(sets);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(MemoryConfig, takes_any_multiple_of_a_page) {
  EXPECT_EQ(loaded({"memory.size=4MiB"}).memory.size, mebibytes(4));
  EXPECT_EQ(loaded({"memory.size=1028KiB"}).memory.size, kibibytes(1028));
  EXPECT_THAT(problem_of({"memory.size=1050000"}), HasSubstr("must be a multiple of 4KiB"));
  EXPECT_THAT(problem_of({"memory.size=512KiB"}), HasSubstr("from 1MiB"));
  EXPECT_THAT(problem_of({"memory.size=-5"}), HasSubstr("memory.size"));
}

TEST(MemoryConfig, must_fit_into_the_dram) {
  EXPECT_EQ(problem_of({"memory.size=8GiB"}), "no error");
  EXPECT_THAT(problem_of({"memory.size=9GiB"}),
              HasSubstr("memory.size = '9GiB': must be at most 8GiB, the capacity of the DRAM"));
}

TEST(MemoryConfig, a_tebibyte_can_be_had) {
  EXPECT_EQ(problem_of({"memory.size=1TiB", "dram.channels=8", "dram.ranks=16"}), "no error");
}

TEST(MemoryConfig, a_dram_that_breaks_its_own_rules_is_told_too) {
  EXPECT_THAT(problem_of({"dram.columns=16", "dram.burst_length=32"}),
              ::testing::HasSubstr("dram.burst_length = 32: must be at most columns"));
  EXPECT_THAT(problem_of({"dram.rows=3"}), ::testing::HasSubstr("dram.rows = 3: must be a power"));
}

TEST(MemoryControllerConfig, every_preset_works_with_the_default_mapping) {
  for (const auto& preset : kDramPresetNames) {
    EXPECT_EQ(problem_of({std::string("dram.preset=") + preset.name}), "no error");
  }
}

TEST(MemoryControllerConfig, a_mapping_that_does_not_fit_is_told_with_its_key) {
  EXPECT_THAT(
      problem_of({"memory_controller.address_mapping=row:15 bank column bank_group offset"}),
      HasSubstr("row: has 15 bits, the DRAM's geometry has 16"));
  EXPECT_THAT(problem_of({"memory_controller.address_mapping=row"}),
              HasSubstr("--set memory_controller.address_mapping = 'row'"));
}

TEST(MemoryControllerConfig, a_timeout_needs_the_timeout_policy) {
  EXPECT_THAT(problem_of({"memory_controller.row_timeout=100ns"}), HasSubstr("row_policy"));
  EXPECT_EQ(
      problem_of({"memory_controller.row_timeout=100ns", "memory_controller.row_policy=timeout"}),
      "no error");
}

TEST(MemoryControllerConfig, row_policies_become_idle_limits) {
  MemoryControllerConfig config;
  EXPECT_EQ(row_idle_limit(config, Picoseconds(833)), std::nullopt);
  config.row_policy = RowPolicy::closed;
  EXPECT_EQ(row_idle_limit(config, Picoseconds(833)), Cycles(0));
  config.row_policy = RowPolicy::timeout;
  config.row_timeout = nanoseconds(100);
  EXPECT_EQ(row_idle_limit(config, Picoseconds(833)), Cycles(121));
}

}  // namespace
}  // namespace tlmmu
