// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "testbenches/support/laws.h"
#include "testbenches/tlb/tlb_fixture.h"
#include "testbenches/tlb/translation_bench.h"

namespace tlmmu {
namespace {

using tlb_test::config_of;
using tlb_test::kClock;
using tlb_test::kUserData;
using tlb_test::maps;
using tlb_test::Requester;
using tlb_test::StubWalker;

TlbConfig upper(std::uint64_t entries = 4) {
  TlbConfig config = config_of(entries, entries);
  config.hit_latency = Cycles(1);
  return config;
}

TlbConfig lower(Inclusion inclusion, std::uint64_t entries = 8) {
  TlbConfig config = TlbConfig::second_level();
  config.entries = entries;
  config.ways = entries;
  config.hit_latency = Cycles(5);
  config.inclusion = inclusion;
  return config;
}

/// Two first levels over one second level, as instruction and data TLB over an L2.
struct Chain {
  explicit Chain(const TlbConfig& l2_config, const TlbConfig& l1_config = upper())
      : itlb("itlb", l1_config, kClock, 1),
        dtlb("dtlb", l1_config, kClock, 2),
        l2("l2", l2_config, kClock, 3) {
    fetches.translation_out.bind(itlb.translation_in);
    data.translation_out.bind(dtlb.translation_in);
    itlb.translation_out.bind(l2.translation_in);
    dtlb.translation_out.bind(l2.translation_in);
    l2.translation_out.bind(walker.translation_in);
    walker.walk = maps();
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
  }
  ~Chain() {
    for (const Tlb* tlb : {&itlb, &dtlb, &l2}) testing::expect_laws_hold(tlb->stats());
  }

  Requester fetches{"fetches"};
  Requester data{"data"};
  Tlb itlb;
  Tlb dtlb;
  Tlb l2;
  StubWalker walker{"walker"};
};

bool holds(const Tlb& tlb, const TlbEntry& wanted) {
  bool found = false;
  tlb.array().for_each([&](const TlbEntry& entry) { found |= entry.same_page_as(wanted); });
  return found;
}

unsigned shared(const Tlb& above, const Tlb& below) {
  unsigned count = 0;
  above.array().for_each([&](const TlbEntry& entry) { count += holds(below, entry) ? 1 : 0; });
  return count;
}

/// What a random machine does: two requesters, three address spaces, stores, fences, clean pages,
/// superpages. Calls `check` after every step.
template <class Check>
void random_run(Chain& chain, bool with_fetches, Check check) {
  constexpr std::uint64_t kSeed = 77;
  Random random(kSeed);
  chain.walker.walk = [](VirtualAddress address, const TranslationExtension& request) {
    const bool large = address.value() >= 16U << 21U;
    const bool global = address.page().value() % 5 == 0 && !large;
    const auto dirty = request.type == AccessType::store ? PteFlags::kD : std::uint8_t{0};
    const auto flags = static_cast<std::uint8_t>((kUserData & ~PteFlags::kD) | PteFlags::kX |
                                                 dirty | (global ? PteFlags::kG : 0));
    return maps(large ? PageSize::k2MiB : PageSize::k4KiB, flags)(address, request);
  };
  for (int step = 0; step < 2000; ++step) {
    SCOPED_TRACE("seed " + std::to_string(kSeed) + " step " + std::to_string(step));
    Requester& cpu = with_fetches && random.below(3) == 0 ? chain.fetches : chain.data;
    const auto asid = static_cast<std::uint16_t>(random.below(3));
    if (random.below(40) == 0) {
      Fence fence;
      if (random.below(2) == 0) fence.vpn = Vpn(random.below(16));
      if (random.below(2) == 0) fence.asid = Asid(asid);
      cpu.fence(fence);
    } else {
      const std::uint64_t address =
          random.below(6) == 0 ? (16 + random.below(3)) << 21U : random.below(16) << 12U;
      const auto type = random.below(4) == 0 ? AccessType::store : AccessType::load;
      const auto answer = cpu.translate(address, type, asid);
      ASSERT_EQ(answer.reply.physical, PhysicalAddress(address));
    }
    check();
    if (::testing::Test::HasFatalFailure()) return;
  }
}

TEST(TlbChain, a_hit_below_costs_both_lookups_and_fills_above) {
  Chain chain(lower(Inclusion::non_inclusive));
  chain.fetches.translate(0x1000);
  EXPECT_EQ(chain.data.translate(0x1000).time, nanoseconds(6));
  EXPECT_EQ(chain.data.translate(0x1000).time, nanoseconds(1));
  EXPECT_EQ(chain.walker.walks, 1U);
}

TEST(TlbChain, non_inclusive_levels_keep_the_same_laws_under_a_random_run) {
  Chain chain(lower(Inclusion::non_inclusive));
  random_run(chain, true, [] {});
  EXPECT_GT(chain.l2.stats().hits, 100U);
  EXPECT_GT(chain.l2.stats().dirty_rewalks, 10U);
}

TEST(TlbChain, a_non_inclusive_level_evicts_without_asking_above) {
  Chain chain(lower(Inclusion::non_inclusive, 2), upper(4));
  for (std::uint64_t page = 1; page <= 4; ++page) chain.data.translate(page << 12U);
  EXPECT_EQ(chain.dtlb.stats().held, 4U);
}

TEST(TlbChain, everything_above_an_inclusive_level_is_in_it) {
  Chain chain(lower(Inclusion::inclusive, 6));
  random_run(chain, true, [&] {
    ASSERT_EQ(shared(chain.itlb, chain.l2), chain.itlb.stats().held);
    ASSERT_EQ(shared(chain.dtlb, chain.l2), chain.dtlb.stats().held);
  });
  EXPECT_GT(chain.dtlb.stats().back_invalidations, 10U);
  EXPECT_GT(chain.itlb.stats().back_invalidations, 10U);
}

TEST(TlbChain, an_inclusive_level_withdraws_its_victim_from_all_above) {
  Chain chain(lower(Inclusion::inclusive, 4), upper(4));
  chain.fetches.translate(0x1000);
  chain.data.translate(0x1000);
  for (std::uint64_t page = 2; page <= 5; ++page) chain.data.translate(page << 12U);
  EXPECT_EQ(chain.itlb.stats().held, 0U);
  EXPECT_EQ(chain.itlb.stats().back_invalidations, 1U);
  EXPECT_EQ(chain.dtlb.stats().back_invalidations, 1U);
  EXPECT_EQ(chain.dtlb.stats().held, 4U);
}

TEST(TlbChain, pages_that_an_inclusive_level_does_not_keep_live_above_only) {
  Chain chain(lower(Inclusion::inclusive));
  chain.walker.walk = maps(PageSize::k1GiB);
  chain.data.translate(0x40000000);
  EXPECT_EQ(chain.data.translate(0x40000000).time, nanoseconds(1));
  EXPECT_EQ(chain.l2.stats().unfilled, 1U);
}

TEST(TlbChain, nothing_in_an_exclusive_level_is_above_it_too) {
  Chain chain(lower(Inclusion::exclusive));
  random_run(chain, false, [&] { ASSERT_EQ(shared(chain.dtlb, chain.l2), 0U); });
  EXPECT_GT(chain.l2.stats().moved_up, 100U);
  EXPECT_GT(chain.l2.stats().victims_taken, 100U);
}

TEST(TlbChain, exclusive_levels_under_two_upper_levels_keep_their_laws) {
  Chain chain(lower(Inclusion::exclusive));
  random_run(chain, true, [] {});
  EXPECT_GT(chain.l2.stats().moved_up, 100U);
}

TEST(TlbChain, an_exclusive_pair_holds_as_much_as_both_together) {
  Chain chain(lower(Inclusion::exclusive, 8), upper(4));
  for (int round = 0; round < 3; ++round) {
    for (std::uint64_t page = 1; page <= 12; ++page) chain.data.translate(page << 12U);
  }
  EXPECT_EQ(chain.walker.walks, 12U);
}

TEST(TlbChain, a_non_inclusive_pair_holds_as_much_as_the_larger) {
  Chain chain(lower(Inclusion::non_inclusive, 8), upper(4));
  for (int round = 0; round < 3; ++round) {
    for (std::uint64_t page = 1; page <= 12; ++page) chain.data.translate(page << 12U);
  }
  EXPECT_EQ(chain.walker.walks, 36U);  // LRU and a cycle longer than the larger level
}

TEST(TlbChain, a_page_size_that_the_upper_level_does_not_keep_goes_back_to_the_exclusive_one) {
  TlbConfig l1 = upper();
  l1.page_sizes = PageSizeSet().with(PageSize::k4KiB);
  Chain chain(lower(Inclusion::exclusive), l1);
  chain.walker.walk = maps(PageSize::k2MiB);
  for (int i = 0; i < 3; ++i) chain.data.translate(0x400000);
  EXPECT_EQ(chain.walker.walks, 1U);
  EXPECT_EQ(chain.l2.stats().hits, 2U);
  EXPECT_EQ(chain.l2.stats().held, 1U);
}

TEST(TlbChain, a_permission_fault_in_an_exclusive_level_moves_nothing) {
  Chain chain(lower(Inclusion::exclusive, 8), upper(1));
  chain.walker.walk =
      maps(PageSize::k4KiB, PteFlags::kV | PteFlags::kR | PteFlags::kU | PteFlags::kA);
  chain.data.translate(0x1000);
  chain.data.translate(0x2000);  // page 1 is below now
  EXPECT_EQ(chain.data.translate(0x1000, AccessType::store).reply.fault,
            ExceptionCause::store_page_fault);
  EXPECT_EQ(chain.walker.walks, 2U);
  EXPECT_EQ(chain.l2.stats().held, 1U);
  EXPECT_EQ(chain.l2.stats().moved_up, 0U);
}

TEST(TlbChain, a_fence_reaches_every_level_below) {
  Chain chain(lower(Inclusion::non_inclusive));
  chain.data.translate(0x1000);
  chain.data.fence({});
  EXPECT_EQ(chain.dtlb.stats().held, 0U);
  EXPECT_EQ(chain.l2.stats().held, 0U);
  EXPECT_EQ(chain.walker.fences.size(), 1U);
}

TEST(TlbChain, back_invalidation_passes_through_a_level_between) {
  Requester cpu("cpu");
  Tlb l1("l1", upper(4), kClock, 1);
  Tlb l2("l2", lower(Inclusion::non_inclusive, 4), kClock, 2);
  Tlb l3("l3", lower(Inclusion::inclusive, 2), kClock, 3);
  StubWalker walker("walker");
  cpu.translation_out.bind(l1.translation_in);
  l1.translation_out.bind(l2.translation_in);
  l2.translation_out.bind(l3.translation_in);
  l3.translation_out.bind(walker.translation_in);
  walker.walk = maps();
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  for (std::uint64_t page = 1; page <= 3; ++page) cpu.translate(page << 12U);
  EXPECT_EQ(l1.stats().held, 2U);
  EXPECT_EQ(l2.stats().held, 2U);
  for (const Tlb* tlb : {&l1, &l2, &l3}) testing::expect_laws_hold(tlb->stats());
}

}  // namespace
}  // namespace tlmmu
