// SPDX-License-Identifier: Apache-2.0
// Number 11 through the whole machine: low = min + min/4, high = min + min/2 as in older Linux; the
// daemon wakes below low and sleeps at high.
#include <gtest/gtest.h>

#include "testbenches/validation/kernel_machine.h"

namespace tlmmu {
namespace {

constexpr std::uint64_t kMin = 40;
constexpr std::uint64_t kLow = 50;
constexpr std::uint64_t kHigh = 60;
constexpr std::uint64_t kFrames = 120;  // for pages

/// Touches so many pages, then stays on the last one until the disk is at rest, and tells how many
/// frames were free then.
struct Seen {
  std::uint64_t wakeups = 0;
  std::uint64_t free = 0;
  bool awake = false;
};

Seen after_touching(std::uint64_t pages, AccessType type) {
  std::vector<MemoryAccess> accesses;
  for (std::uint64_t page = 0; page < pages; ++page) {
    accesses.push_back({VirtualAddress(page << kPageShift), 4, type});
  }
  for (int i = 0; i < 400'000; ++i) accesses.push_back(accesses[pages - 1]);
  MachineConfig config = testing::machine_of(kFrames);
  config.kernel.watermark_min = kMin;
  config.kernel.text_source = kernel::TextSource::page_cache;
  config.kernel.time_slice = microseconds(5);  // kswapd works at each entry of the kernel
  VectorSource source(accesses);
  PlatformInputs inputs;
  inputs.sources = {&source};
  Platform platform("machine", config, inputs);
  Seen seen;
  platform.run({microseconds(20), [&](Picoseconds) {
                  const HostKernel& kernel = platform.kernel();
                  if (kernel.portable().alive() == 0) return;
                  const PortableKernelStats stats = kernel.stats().portable;
                  seen = {stats.counters.kswapd_wakeups, stats.frames.free,
                          kernel.portable().kswapd_awake()};
                }});
  testing::expect_laws_hold(platform);
  return seen;
}

TEST(KernelWatermarks, kswapd_sleeps_as_long_as_low_is_free) {
  const Seen seen = after_touching(kFrames - kLow, AccessType::fetch);
  EXPECT_EQ(seen.wakeups, 0U);
  EXPECT_EQ(seen.free, kLow);
}

TEST(KernelWatermarks, kswapd_wakes_one_frame_below_low_and_frees_up_to_high) {
  const Seen seen = after_touching(kFrames - kLow + 1, AccessType::fetch);
  EXPECT_EQ(seen.wakeups, 1U);
  EXPECT_EQ(seen.free, kHigh);
  EXPECT_FALSE(seen.awake);
}

TEST(KernelWatermarks, kswapd_frees_up_to_high_also_where_pages_have_to_be_written) {
  const Seen seen = after_touching(kFrames - kLow + 1, AccessType::store);
  EXPECT_EQ(seen.wakeups, 1U);
  EXPECT_EQ(seen.free, kHigh);
  EXPECT_FALSE(seen.awake);
}

}  // namespace
}  // namespace tlmmu
