// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testbenches/cache/cache_bench.h"
#include "testbenches/support/laws.h"

namespace tlmmu {
namespace {

using cache_test::four_lines;
using cache_test::kClock;
using cache_test::Requester;
using cache_test::StubMemory;
using ::testing::ElementsAre;
using Seen = StubMemory::Seen;

constexpr auto kMemory = StubMemory::kTime;

Seen line_read(std::uint64_t address, Origin origin = Origin::data) {
  return {tlm::TLM_READ_COMMAND, address, 64, origin, CacheOperation::access,
          Completion::awaited,   false};
}
Seen posted_line_write(std::uint64_t address, Origin origin = Origin::data) {
  return {tlm::TLM_WRITE_COMMAND, address, 64, origin, CacheOperation::access,
          Completion::posted,     false};
}

struct Bench {
  explicit Bench(const CacheConfig& config = four_lines(), events::Emitter emit = {})
      : cache("cache", config, kClock, 1, emit) {
    cpu.bus_out.bind(cache.bus_in);
    cache.bus_out.bind(memory.bus_in);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
  }
  ~Bench() { testing::expect_laws_hold(cache.stats()); }

  Requester cpu{"cpu"};
  Cache cache;
  StubMemory memory{"memory"};
};

TEST(Cache, a_miss_fetches_the_line_and_a_hit_costs_the_lookup_only) {
  Bench bench;
  EXPECT_EQ(bench.cpu.read(0x1008).time, nanoseconds(2) + kMemory);
  EXPECT_EQ(bench.cpu.read(0x1030).time, nanoseconds(2));
  EXPECT_THAT(bench.memory.seen, ElementsAre(line_read(0x1000)));
  EXPECT_EQ(bench.cache.stats().of(Origin::data).hits, 1U);
  EXPECT_EQ(bench.cache.stats().of(Origin::data).own_time, nanoseconds(4));
}

TEST(Cache, an_access_is_split_at_line_boundaries_and_each_line_costs_a_lookup) {
  Bench bench;
  EXPECT_EQ(bench.cpu.read(0x103c, 72).time, nanoseconds(6) + 3 * kMemory);
  EXPECT_THAT(bench.memory.seen,
              ElementsAre(line_read(0x1000), line_read(0x1040), line_read(0x1080)));
  EXPECT_EQ(bench.cache.stats().total().accesses, 3U);
}

TEST(Cache, an_access_that_ends_with_its_line_touches_no_other) {
  Bench bench;
  bench.cpu.read(0x1038, 8);
  bench.cpu.read(0x1000, 64);
  EXPECT_EQ(bench.cache.stats().total().accesses, 2U);
}

TEST(Cache, a_write_back_cache_fetches_before_a_partial_write_and_keeps_it) {
  Bench bench;
  EXPECT_EQ(bench.cpu.write(0x1000).time, nanoseconds(2) + kMemory);
  EXPECT_EQ(bench.cpu.write(0x1008).time, nanoseconds(2));
  EXPECT_THAT(bench.memory.seen, ElementsAre(line_read(0x1000)));
  EXPECT_EQ(bench.cache.stats().dirtied, 1U);
  EXPECT_EQ(bench.cache.stats().dirty_held, 1U);
}

TEST(Cache, a_write_of_a_whole_line_fetches_nothing) {
  Bench bench;
  EXPECT_EQ(bench.cpu.write(0x1000, 64).time, nanoseconds(2));
  EXPECT_TRUE(bench.memory.seen.empty());
  EXPECT_EQ(bench.cache.stats().whole_line_writes, 1U);
}

TEST(Cache, a_dirty_victim_is_written_back_and_nobody_waits) {
  Bench bench;
  bench.cpu.write(0x1000);
  for (const std::uint64_t line : {0x2000, 0x3000, 0x4000}) bench.cpu.read(line);
  bench.memory.seen.clear();
  EXPECT_EQ(bench.cpu.read(0x5000).time, nanoseconds(2) + kMemory);
  EXPECT_THAT(bench.memory.seen, ElementsAre(line_read(0x5000), posted_line_write(0x1000)));
  EXPECT_EQ(bench.cache.stats().writebacks, 1U);
}

TEST(Cache, a_clean_victim_leaves_silently) {
  Bench bench;
  for (const std::uint64_t line : {0x1000, 0x2000, 0x3000, 0x4000}) bench.cpu.read(line);
  bench.memory.seen.clear();
  bench.cpu.read(0x5000);
  EXPECT_THAT(bench.memory.seen, ElementsAre(line_read(0x5000)));
  EXPECT_EQ(bench.cache.stats().evictions, 1U);
}

TEST(Cache, a_write_back_runs_on_behalf_of_whoever_pushed_the_line_out) {
  Bench bench;
  bench.cpu.write(0x1000);
  bench.cpu.transaction.extension().origin = Origin::walk;
  for (const std::uint64_t line : {0x2000, 0x3000, 0x4000, 0x5000}) bench.cpu.read(line);
  EXPECT_EQ(bench.memory.seen.back(), posted_line_write(0x1000, Origin::walk));
}

TEST(Cache, a_write_through_cache_passes_a_hit_on_and_stays_clean) {
  Bench bench(four_lines(WritePolicy::write_through));
  bench.cpu.read(0x1000);
  EXPECT_EQ(bench.cpu.write(0x1008, 4).time, nanoseconds(2) + kMemory);
  EXPECT_EQ(bench.memory.seen.back(), (Seen{tlm::TLM_WRITE_COMMAND, 0x1008, 4, Origin::data,
                                            CacheOperation::access, Completion::awaited, false}));
  EXPECT_EQ(bench.cache.stats().writes_through, 1U);
  EXPECT_EQ(bench.cache.stats().write_through_bytes, 4U);
  EXPECT_EQ(bench.cache.stats().dirtied, 0U);
}

TEST(Cache, a_write_through_cache_brings_no_line_in_for_a_write) {
  Bench bench(four_lines(WritePolicy::write_through));
  bench.cpu.write(0x1000);
  EXPECT_EQ(bench.cache.stats().held, 0U);
  EXPECT_EQ(bench.cache.stats().writes_around, 1U);
  EXPECT_EQ(bench.memory.seen.size(), 1U);
}

TEST(Cache, each_origin_is_counted_on_its_own) {
  Bench bench;
  for (const auto& row : kOriginNames) {
    bench.cpu.transaction.extension().origin = row.value;
    bench.cpu.read(0x1000);
  }
  EXPECT_EQ(bench.cache.stats().of(Origin::fetch).misses, 1U);
  for (const Origin origin : {Origin::data, Origin::walk, Origin::kernel, Origin::dma}) {
    EXPECT_EQ(bench.cache.stats().of(origin).hits, 1U);
    EXPECT_EQ(bench.cache.stats().of(origin).own_time, nanoseconds(2));
  }
}

TEST(Cache, the_time_of_a_posted_access_is_nobodys) {
  Bench bench;
  bench.cpu.transaction.extension().completion = Completion::posted;
  bench.cpu.read(0x1000);
  EXPECT_EQ(bench.cache.stats().posted_time, nanoseconds(2));
  EXPECT_EQ(bench.cache.stats().of(Origin::data).own_time, Picoseconds(0));
  EXPECT_EQ(bench.memory.seen.back().completion, Completion::posted);
}

TEST(Cache, data_goes_past_the_tags_to_memory_and_back) {
  Bench bench;
  unsigned char out[100];
  unsigned char in[100] = {};
  for (unsigned i = 0; i < 100; ++i) out[i] = static_cast<unsigned char>(i + 1);
  auto& transaction = bench.cpu.transaction;
  bench.cpu.send(transaction.with_data(tlm::TLM_WRITE_COMMAND, PhysicalAddress(0x1020), out, 100));
  const auto answer = bench.cpu.send(
      transaction.with_data(tlm::TLM_READ_COMMAND, PhysicalAddress(0x1020), in, 100));
  EXPECT_EQ(answer.status, tlm::TLM_OK_RESPONSE);
  EXPECT_THAT(in, ::testing::ElementsAreArray(out));
  for (const Seen& seen : bench.memory.seen) EXPECT_FALSE(seen.moves_data);
}

TEST(Cache, an_access_without_data_moves_none) {
  Bench bench;
  bench.cpu.write(0x1000, 64);
  bench.cpu.read(0x1000, 64);
  EXPECT_TRUE(bench.memory.bytes.empty());
}

TEST(Cache, transport_dbg_passes_through_and_takes_no_time_or_line) {
  Bench bench;
  unsigned char byte = 7;
  EXPECT_EQ(bench.cpu.bus_out->transport_dbg(bench.cpu.transaction.with_data(
                tlm::TLM_WRITE_COMMAND, PhysicalAddress(0x1000), &byte, 1)),
            1U);
  EXPECT_EQ(bench.memory.bytes[0x1000], 7);
  EXPECT_EQ(bench.cache.stats().total().accesses, 0U);
}

TEST(Cache, an_error_from_below_is_passed_up_and_brings_nothing_in) {
  Bench bench;
  bench.memory.end = 0x1040;
  EXPECT_EQ(bench.cpu.read(0x1030, 32).status, tlm::TLM_ADDRESS_ERROR_RESPONSE);
  EXPECT_EQ(bench.cache.stats().fetch_errors, 1U);
  EXPECT_EQ(bench.cache.stats().held, 1U);
  EXPECT_EQ(bench.cpu.read(0x1040).status, tlm::TLM_ADDRESS_ERROR_RESPONSE);
  EXPECT_EQ(bench.cache.stats().fetch_errors, 2U);
}

TEST(Cache, an_empty_access_and_one_past_the_last_address_are_refused) {
  Bench bench;
  EXPECT_EQ(bench.cpu.read(0x1000, 0).status, tlm::TLM_BURST_ERROR_RESPONSE);
  EXPECT_EQ(bench.cpu.read(~std::uint64_t{0} - 3, 8).status, tlm::TLM_ADDRESS_ERROR_RESPONSE);
  EXPECT_EQ(bench.cache.stats().total().accesses, 0U);
}

TEST(Cache, a_payload_without_a_memory_extension_is_an_error) {
  Bench bench;
  tlm::tlm_generic_payload payload;
  sc_core::sc_time delay;
  EXPECT_THROW(bench.cache.b_transport(payload, delay), sc_core::sc_report);
}

TEST(Cache, nb_transport_is_refused_with_an_error) {
  Bench bench;
  tlm::tlm_generic_payload payload;
  tlm::tlm_phase phase = tlm::BEGIN_REQ;
  sc_core::sc_time delay;
  EXPECT_THROW(bench.cache.nb_transport_fw(payload, phase, delay), sc_core::sc_report);
}

TEST(Cache, lookups_are_reported_with_their_local_times) {
  struct Log : events::Sink {
    void on(const events::Stamp& stamp, const events::CacheLookup& event) override {
      at.push_back(stamp.at);
      last = event;
    }
    std::vector<Picoseconds> at;
    events::CacheLookup last{};
  } log;
  Bench bench(four_lines(), events::Emitter(&log, events::UnitId{}));
  bench.cpu.read(0x1000);
  EXPECT_EQ(log.last.outcome, events::Lookup::miss);
  bench.cpu.write(0x1008);
  EXPECT_EQ(log.last.outcome, events::Lookup::hit);
  EXPECT_EQ(log.last.type, AccessType::store);
  EXPECT_THAT(log.at, ElementsAre(nanoseconds(2), nanoseconds(2)));
}

}  // namespace
}  // namespace tlmmu
