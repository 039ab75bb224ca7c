// SPDX-License-Identifier: Apache-2.0
// Known defects of well-known tools that concern TLBs, each shown to be absent.
#include <gtest/gtest.h>

#include "testbenches/tlb/tlb_fixture.h"
#include "testbenches/tlb/translation_bench.h"

namespace tlmmu {
namespace {

using tlb_test::config_of;
using tlb_test::kClock;
using tlb_test::maps;
using tlb_test::Requester;
using tlb_test::StubWalker;

struct TwoLevels {
  TwoLevels() : l1("l1", config_of(4, 4), kClock, 1), l2("l2", config_of(16, 4), kClock, 2) {
    cpu.translation_out.bind(l1.translation_in);
    l1.translation_out.bind(l2.translation_in);
    l2.translation_out.bind(walker.translation_in);
    walker.walk = maps();
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
  }
  Requester cpu{"cpu"};
  Tlb l1;
  Tlb l2;
  StubWalker walker{"walker"};
};

TEST(KnownDefects, a_translation_that_is_retried_after_a_fault_is_one_more_access_and_no_more) {
  TwoLevels bench;
  bench.walker.walk = [](VirtualAddress, const TranslationExtension& request) {
    return TranslationReply{page_fault(request.type), {}, {}};
  };
  bench.cpu.translate(0x1000);
  EXPECT_EQ(bench.l1.stats().misses, 1U);
  bench.walker.walk = maps();  // the kernel has mapped the page
  bench.cpu.translate(0x1000);
  EXPECT_EQ(bench.l1.stats().accesses, 2U);
  EXPECT_EQ(bench.l1.stats().misses, 2U);
  EXPECT_EQ(bench.l2.stats().misses, 2U);
  EXPECT_EQ(bench.walker.walks, 2U);
  bench.cpu.translate(0x1000);
  EXPECT_EQ(bench.l1.stats().misses, 2U);
}

TEST(KnownDefects, what_one_level_passes_on_is_exactly_what_the_next_is_asked) {
  TwoLevels bench;
  constexpr std::uint64_t kSeed = 12;
  Random random(kSeed);
  for (int i = 0; i < 3000; ++i) {
    const auto type = random.below(2) == 0 ? AccessType::load : AccessType::store;
    const auto dirty = type == AccessType::store ? PteFlags::kD : std::uint8_t{0};
    bench.walker.walk = maps(
        PageSize::k4KiB, static_cast<std::uint8_t>((tlb_test::kUserData & ~PteFlags::kD) | dirty));
    bench.cpu.translate(random.below(32) << 12U, type);
  }
  const TlbStats& l1 = bench.l1.stats();
  const TlbStats& l2 = bench.l2.stats();
  EXPECT_EQ(l1.accesses, 3000U) << "seed " << kSeed;
  EXPECT_EQ(l2.accesses, l1.misses + l1.dirty_rewalks);
  EXPECT_EQ(bench.walker.walks, l2.misses + l2.dirty_rewalks);
}

TEST(KnownDefects, each_level_adds_its_latency_to_the_sum_once) {
  TwoLevels bench;
  Picoseconds total;
  for (const std::uint64_t page : {1, 2, 3, 4, 5, 6, 1, 2, 6}) {
    total += bench.cpu.translate(page << 12U).time;
  }
  EXPECT_EQ(total, bench.l1.stats().own_time + bench.l2.stats().own_time +
                       StubWalker::kWalkTime * bench.walker.walks);
}

TEST(KnownDefects, entries_and_ways_are_what_is_held_not_only_what_is_configured) {
  TwoLevels bench;
  for (std::uint64_t page = 0; page < 100; ++page) bench.cpu.translate(page << 12U);
  EXPECT_EQ(bench.l1.stats().held, 4U);
  EXPECT_EQ(bench.l2.stats().held, 16U);
}

}  // namespace
}  // namespace tlmmu
