// SPDX-License-Identifier: Apache-2.0
#include "models/workload/scenario/process_source.h"

#include <gmock/gmock.h>

namespace tlmmu::scenario {
namespace {

using ::testing::ElementsAre;

std::vector<std::uint64_t> addresses(const std::string& statements,
                                     std::uint64_t limit = 1'000'000) {
  const Scenario scenario = parse_scenario("process p {\n" + statements + "\n}", "t");
  ProcessSource source(scenario, 0, limit);
  std::vector<std::uint64_t> result;
  while (source.next_batch()) {
    for (const MemoryAccess& access : source) result.push_back(access.address.value());
  }
  return result;
}

constexpr std::uint64_t kRegions = std::uint64_t{1} << 40U;

TEST(ProcessSource, puts_regions_one_behind_the_other) {
  EXPECT_THAT(addresses("map a 8KiB\nshare s 4KiB\nmap b 4KiB\ntouch a\ntouch s\ntouch b"),
              ElementsAre(kRegions, kRegions + 0x1000, kRegions + 0x2000, kRegions + 0x3000));
}

TEST(ProcessSource, takes_the_address_that_a_map_asks_for) {
  EXPECT_THAT(addresses("map a 4KiB at 0x7000\ntouch a"), ElementsAre(0x7000));
}

TEST(ProcessSource, keeps_its_heap_where_it_is) {
  const std::uint64_t heap = std::uint64_t{1} << 39U;
  EXPECT_THAT(addresses("brk 4KiB\ntouch heap\nbrk 8KiB\ntouch heap\nbrk 4KiB\ntouch heap"),
              ElementsAre(heap, heap, heap + 0x1000, heap));
}

TEST(ProcessSource, goes_on_after_a_fork_and_waits_for_nobody) {
  EXPECT_EQ(addresses("fork { compute 100 }\nwait all\ncompute 3").size(), 3U);
}

TEST(ProcessSource, delivers_more_than_a_batch_and_ends_at_its_limit) {
  EXPECT_EQ(addresses("compute 10k").size(), 10'000U);
  EXPECT_EQ(addresses("compute 10k", 5'000).size(), 5'000U);
  EXPECT_TRUE(addresses("wait").empty());
}

}  // namespace
}  // namespace tlmmu::scenario
