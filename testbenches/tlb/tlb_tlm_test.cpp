// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "testbenches/support/laws.h"
#include "testbenches/tlb/tlb_fixture.h"
#include "testbenches/tlb/translation_bench.h"

namespace tlmmu {
namespace {

using tlb_test::config_of;
using tlb_test::kClock;
using tlb_test::kGlobalData;
using tlb_test::kUserData;
using tlb_test::maps;
using tlb_test::Requester;
using tlb_test::StubWalker;

constexpr auto kWalkTime = StubWalker::kWalkTime;

TlbConfig three_cycles() {
  TlbConfig config = config_of(4, 4);
  config.hit_latency = Cycles(3);
  return config;
}

/// CPU stub, one TLB, walker stub. Made in the body of each test: one elaboration a process.
struct Bench {
  explicit Bench(const TlbConfig& config = three_cycles(), events::Emitter emit = {})
      : tlb("tlb", config, kClock, 1, emit) {
    cpu.translation_out.bind(tlb.translation_in);
    tlb.translation_out.bind(walker.translation_in);
    walker.walk = maps();
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
  }
  ~Bench() { testing::expect_laws_hold(tlb.stats()); }

  Requester cpu{"cpu"};
  Tlb tlb;
  StubWalker walker{"walker"};
};

TEST(Tlb, a_miss_costs_the_lookup_and_the_walk_and_a_hit_the_lookup_only) {
  Bench bench;
  EXPECT_EQ(bench.cpu.translate(0x1234).time, nanoseconds(3) + kWalkTime);
  EXPECT_EQ(bench.cpu.translate(0x1238).time, nanoseconds(3));
  EXPECT_EQ(bench.tlb.stats().own_time, nanoseconds(6));
  EXPECT_EQ(bench.tlb.stats().hits, 1U);
  EXPECT_EQ(bench.tlb.stats().misses, 1U);
  EXPECT_EQ(bench.tlb.stats().fills, 1U);
}

TEST(Tlb, a_hit_gives_the_physical_address_and_the_mapping) {
  Bench bench;
  bench.walker.walk = maps(PageSize::k2MiB);
  bench.cpu.translate(0x400000);
  const auto answer = bench.cpu.translate(0x412345);
  EXPECT_EQ(bench.walker.walks, 1U);
  EXPECT_EQ(answer.status, tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(answer.reply.physical, PhysicalAddress(0x412345));
  EXPECT_EQ(answer.reply.translation.size, PageSize::k2MiB);
}

TEST(Tlb, a_hit_without_permission_faults_without_a_walk) {
  Bench bench;
  bench.walker.walk =
      maps(PageSize::k4KiB, PteFlags::kV | PteFlags::kR | PteFlags::kU | PteFlags::kA);
  bench.cpu.translate(0x1000);
  const auto answer = bench.cpu.translate(0x1000, AccessType::store);
  EXPECT_EQ(answer.status, tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(answer.reply.fault, ExceptionCause::store_page_fault);
  EXPECT_EQ(answer.time, nanoseconds(3));
  EXPECT_EQ(bench.walker.walks, 1U);
  EXPECT_EQ(bench.tlb.stats().permission_faults, 1U);
}

TEST(Tlb, a_fault_does_not_stick_to_the_payload) {
  Bench bench;
  bench.walker.walk =
      maps(PageSize::k4KiB, PteFlags::kV | PteFlags::kR | PteFlags::kU | PteFlags::kA);
  bench.cpu.translate(0x1000);
  bench.cpu.translate(0x1000, AccessType::store);
  EXPECT_FALSE(bench.cpu.translate(0x1000).reply.fault);
}

TEST(Tlb, permissions_are_those_of_the_context_of_each_access) {
  Bench bench;
  bench.cpu.translate(0x1000);
  bench.cpu.request.context = {Privilege::supervisor, Sum::forbidden, Mxr::off};
  EXPECT_EQ(bench.cpu.translate(0x1000).reply.fault, ExceptionCause::load_page_fault);
  bench.cpu.request.context.sum = Sum::permitted;
  EXPECT_FALSE(bench.cpu.translate(0x1000).reply.fault);
  EXPECT_EQ(bench.walker.walks, 1U);
}

TEST(Tlb, a_store_to_a_clean_page_walks_again_and_refreshes_the_entry) {
  Bench bench;
  constexpr std::uint8_t kClean = kUserData & ~PteFlags::kD;
  bench.walker.walk = maps(PageSize::k4KiB, kClean);
  bench.cpu.translate(0x1000);
  bench.walker.walk = maps();
  EXPECT_EQ(bench.cpu.translate(0x1000, AccessType::store).time, nanoseconds(3) + kWalkTime);
  EXPECT_EQ(bench.cpu.translate(0x1000, AccessType::store).time, nanoseconds(3));
  EXPECT_EQ(bench.tlb.stats().dirty_rewalks, 1U);
  EXPECT_EQ(bench.tlb.stats().refreshes, 1U);
  EXPECT_EQ(bench.tlb.stats().misses, 1U);
  EXPECT_EQ(bench.tlb.stats().held, 1U);
}

TEST(Tlb, an_entry_without_the_accessed_bit_walks_again_even_for_a_load) {
  Bench bench;
  bench.walker.walk = maps(PageSize::k4KiB, kUserData & ~PteFlags::kA);
  bench.cpu.translate(0x1000);
  bench.cpu.translate(0x1000);
  EXPECT_EQ(bench.walker.walks, 2U);
  EXPECT_EQ(bench.tlb.stats().dirty_rewalks, 1U);
}

TEST(Tlb, a_walk_that_faults_fills_nothing) {
  Bench bench;
  bench.walker.walk = [](VirtualAddress, const TranslationExtension&) {
    return TranslationReply{ExceptionCause::load_page_fault, {}, {}};
  };
  EXPECT_EQ(bench.cpu.translate(0x1000).reply.fault, ExceptionCause::load_page_fault);
  EXPECT_EQ(bench.tlb.stats().held, 0U);
  bench.walker.walk = maps();
  EXPECT_FALSE(bench.cpu.translate(0x1000).reply.fault);
  EXPECT_EQ(bench.walker.walks, 2U);
  EXPECT_EQ(bench.tlb.stats().failed_walks, 1U);
}

TEST(Tlb, an_error_from_below_is_passed_up_and_fills_nothing) {
  Bench bench;
  bench.walker.response = tlm::TLM_GENERIC_ERROR_RESPONSE;
  EXPECT_EQ(bench.cpu.translate(0x1000).status, tlm::TLM_GENERIC_ERROR_RESPONSE);
  EXPECT_EQ(bench.tlb.stats().held, 0U);
}

TEST(Tlb, a_page_of_a_size_that_is_not_kept_is_answered_and_walked_each_time) {
  TlbConfig config = three_cycles();
  config.page_sizes = PageSizeSet().with(PageSize::k4KiB);
  Bench bench(config);
  bench.walker.walk = maps(PageSize::k2MiB);
  EXPECT_EQ(bench.cpu.translate(0x201000).reply.physical, PhysicalAddress(0x201000));
  bench.cpu.translate(0x201000);
  EXPECT_EQ(bench.walker.walks, 2U);
  EXPECT_EQ(bench.tlb.stats().unfilled, 2U);
}

TEST(Tlb, a_fence_removes_entries_here_and_goes_on_below_at_no_cost) {
  Bench bench;
  bench.cpu.translate(0x1000);
  bench.cpu.translate(0x2000);
  const auto answer = bench.cpu.fence({Vpn(1), Asid(1)});
  EXPECT_EQ(answer.status, tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(answer.time, Picoseconds(0));
  ASSERT_EQ(bench.walker.fences.size(), 1U);
  EXPECT_EQ(bench.walker.fences[0].vpn, Vpn(1));
  EXPECT_EQ(bench.tlb.stats().invalidations, 1U);
  bench.cpu.translate(0x2000);
  EXPECT_EQ(bench.walker.walks, 2U);
  bench.cpu.translate(0x1000);
  EXPECT_EQ(bench.walker.walks, 3U);
}

TEST(Tlb, address_spaces_share_global_pages_only) {
  Bench bench;
  bench.cpu.translate(0x1000, AccessType::load, 1);
  bench.cpu.translate(0x1000, AccessType::load, 2);
  EXPECT_EQ(bench.walker.walks, 2U);
  bench.walker.walk = maps(PageSize::k4KiB, kGlobalData);
  bench.cpu.translate(0x5000, AccessType::load, 1);
  bench.cpu.translate(0x5000, AccessType::load, 2);
  EXPECT_EQ(bench.walker.walks, 3U);
}

TEST(Tlb, the_least_recently_used_of_a_full_set_is_evicted) {
  Bench bench;
  for (const std::uint64_t page : {1, 2, 3, 4, 1, 5}) bench.cpu.translate(page << 12U);
  EXPECT_EQ(bench.tlb.stats().evictions, 1U);
  bench.cpu.translate(0x1000);
  EXPECT_EQ(bench.walker.walks, 5U);
  bench.cpu.translate(0x2000);
  EXPECT_EQ(bench.walker.walks, 6U);
}

TEST(Tlb, lookups_and_fills_are_reported_with_their_local_times) {
  struct Log : events::Sink {
    void on(const events::Stamp& stamp, const events::TlbLookup& event) override {
      lookups.push_back({stamp.at, event.outcome});
    }
    void on(const events::Stamp& stamp, const events::TlbFilled& event) override {
      fills.push_back({stamp.at, event.vpn});
    }
    std::vector<std::pair<Picoseconds, events::Lookup>> lookups;
    std::vector<std::pair<Picoseconds, Vpn>> fills;
  } log;
  Bench bench(three_cycles(), events::Emitter(&log, events::UnitId{}));
  bench.cpu.translate(0x1000);
  bench.cpu.translate(0x1000);
  ASSERT_EQ(log.lookups.size(), 2U);
  EXPECT_EQ(log.lookups[0], std::make_pair(nanoseconds(3), events::Lookup::miss));
  EXPECT_EQ(log.lookups[1], std::make_pair(nanoseconds(3), events::Lookup::hit));
  ASSERT_EQ(log.fills.size(), 1U);
  EXPECT_EQ(log.fills[0], std::make_pair(nanoseconds(3) + kWalkTime, Vpn(1)));
}

TEST(Tlb, a_payload_without_a_translation_extension_is_an_error) {
  Bench bench;
  tlm::tlm_generic_payload payload;
  sc_core::sc_time delay;
  EXPECT_THROW(bench.tlb.b_transport(payload, delay), sc_core::sc_report);
}

TEST(Tlb, nb_transport_is_refused_with_an_error) {
  Bench bench;
  tlm::tlm_generic_payload payload;
  tlm::tlm_phase phase = tlm::BEGIN_REQ;
  sc_core::sc_time delay;
  EXPECT_THROW(bench.tlb.nb_transport_fw(payload, phase, delay), sc_core::sc_report);
}

TEST(Tlb, a_miss_is_counted_once_however_often_its_answer_is_used) {
  Bench bench;
  for (int i = 0; i < 10; ++i) bench.cpu.translate(0x1000, AccessType::load);
  EXPECT_EQ(bench.tlb.stats().accesses, 10U);
  EXPECT_EQ(bench.tlb.stats().misses, 1U);
  EXPECT_EQ(bench.tlb.stats().hits, 9U);
}

}  // namespace
}  // namespace tlmmu
