// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/swap_disk_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/base/error.h"
#include "models/config/document.h"

namespace tlmmu {
namespace {

using ::testing::HasSubstr;

struct Root {
  SwapDiskConfig disk;
  void describe(config::Visitor& v) { v.section({"swap_disk", ""}, disk); }
};

SwapDiskConfig loaded(const std::vector<std::string>& settings) {
  config::Document document;
  for (const std::string& setting : settings) document.set("swap_disk." + setting);
  Root root;
  document.load(root);
  return root.disk;
}

std::string problem_of(const std::vector<std::string>& settings) {
  try {
    loaded(settings);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(SwapDiskConfig, the_default_is_an_nvme_ssd) {
  const SwapDiskConfig config = loaded({});
  EXPECT_EQ(config.preset, DiskPreset::nvme_ssd);
  EXPECT_EQ(config.ssd.channels, 128U);
  EXPECT_EQ(config.queue_depth, 128U);
}

TEST(SwapDiskConfig, a_preset_sets_the_other_keys_and_a_key_beats_its_preset) {
  const SwapDiskConfig config = loaded({"preset=hdd_7200rpm", "seek_average=9ms", "capacity=1MiB"});
  EXPECT_EQ(config.queue_depth, 32U);
  EXPECT_EQ(config.hdd.seek_average, milliseconds(9));
  EXPECT_EQ(config.hdd.rpm, 7200U);
  EXPECT_EQ(config.blocks(), 256U);
  EXPECT_EQ(loaded({"preset=sata_ssd"}).ssd.channels, 32U);
}

TEST(SwapDiskConfig, every_preset_passes_its_own_rules) {
  for (const auto& preset : kDiskPresetNames) {
    EXPECT_EQ(problem_of({std::string("preset=") + preset.name}), "no error") << preset.name;
  }
}

TEST(SwapDiskConfig, keys_of_the_other_technology_have_no_effect_and_are_refused) {
  EXPECT_THAT(problem_of({"rpm=5400"}), HasSubstr("preset is hdd_7200rpm"));
  EXPECT_THAT(problem_of({"preset=hdd_7200rpm", "channels=4"}), HasSubstr("preset is an SSD"));
}

TEST(SwapDiskConfig, rules_across_keys_are_named) {
  EXPECT_THAT(problem_of({"capacity=5000"}), HasSubstr("multiple of 4KiB"));
  EXPECT_THAT(problem_of({"preset=hdd_7200rpm", "cylinders=8"}), HasSubstr("cylinders * heads"));
  EXPECT_THAT(problem_of({"preset=hdd_7200rpm", "seek_average=1ms"}),
              HasSubstr("115 seek_track_to_track"));
  EXPECT_THAT(problem_of({"preset=hdd_7200rpm", "seek_average=14ms"}), HasSubstr("108 seek_full"));
}

TEST(SwapDiskConfig, values_out_of_range_are_refused) {
  for (const char* setting :
       {"capacity=0", "queue_depth=0", "queue_depth=5000", "channels=0", "link_bandwidth=0",
        "channel_bandwidth=-1", "read_time=2s", "preset=floppy", "command_overhead=5"}) {
    EXPECT_NE(problem_of({setting}), "no error") << setting;
  }
}

}  // namespace
}  // namespace tlmmu
