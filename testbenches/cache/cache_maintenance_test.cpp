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

Seen awaited_line_write(std::uint64_t address) {
  return {tlm::TLM_WRITE_COMMAND, address, 64, Origin::data, CacheOperation::access,
          Completion::awaited,    false};
}
Seen operation(CacheOperation what, std::uint64_t address, unsigned length) {
  return {tlm::TLM_READ_COMMAND, address, length, Origin::data, what, Completion::awaited, false};
}

struct Bench {
  Bench() : l1("l1", four_lines(), kClock, 1), l2("l2", larger(), kClock, 2) {
    cpu.bus_out.bind(l1.bus_in);
    l1.bus_out.bind(l2.bus_in);
    l2.bus_out.bind(memory.bus_in);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
  }
  ~Bench() {
    testing::expect_laws_hold(l1.stats());
    testing::expect_laws_hold(l2.stats());
  }
  static CacheConfig larger() {
    CacheConfig config = four_lines();
    config.size = kibibytes(4);
    config.hit_latency = Cycles(10);
    return config;
  }

  Requester cpu{"cpu"};
  Cache l1;
  Cache l2;
  StubMemory memory{"memory"};
};

TEST(CacheMaintenance, clean_writes_dirty_lines_to_memory_and_keeps_them) {
  Bench bench;
  bench.cpu.write(0x1000);
  bench.cpu.read(0x1040);
  bench.memory.seen.clear();
  const auto answer = bench.cpu.operate(CacheOperation::clean, 0x1000, 128);
  EXPECT_EQ(answer.status, tlm::TLM_OK_RESPONSE);
  EXPECT_THAT(bench.memory.seen, ElementsAre(awaited_line_write(0x1000),
                                             operation(CacheOperation::clean, 0x1000, 128)));
  EXPECT_EQ(bench.l1.stats().held, 2U);
  EXPECT_EQ(bench.l1.stats().dirty_held, 0U);
  EXPECT_EQ(bench.l1.stats().cleaned, 1U);
  EXPECT_EQ(bench.l2.stats().cleaned, 1U);
}

TEST(CacheMaintenance, whoever_cleans_waits_for_every_lookup_and_write) {
  Bench bench;
  bench.cpu.write(0x1000);
  // l1: 2 lookups and a write into l2; l2: 2 lookups and a write into memory
  EXPECT_EQ(bench.cpu.operate(CacheOperation::clean, 0x1000, 128).time,
            nanoseconds(2 * 2 + 10 + 2 * 10) + kMemory);
}

TEST(CacheMaintenance, a_clean_of_clean_lines_writes_nothing) {
  Bench bench;
  bench.cpu.read(0x1000);
  bench.cpu.operate(CacheOperation::clean, 0x1000, 64);
  EXPECT_EQ(bench.l1.stats().cleaned, 0U);
  EXPECT_EQ(bench.l2.stats().cleaned, 0U);
}

TEST(CacheMaintenance, invalidate_drops_lines_without_writing_them) {
  Bench bench;
  bench.cpu.write(0x1000);
  bench.memory.seen.clear();
  bench.cpu.operate(CacheOperation::invalidate, 0x1000, 64);
  EXPECT_THAT(bench.memory.seen, ElementsAre(operation(CacheOperation::invalidate, 0x1000, 64)));
  EXPECT_EQ(bench.l1.stats().held, 0U);
  EXPECT_EQ(bench.l1.stats().discarded, 1U);
  EXPECT_EQ(bench.l2.stats().held, 0U);
  EXPECT_EQ(bench.cpu.read(0x1000).time, nanoseconds(12) + kMemory);
}

TEST(CacheMaintenance, flush_writes_back_and_drops) {
  Bench bench;
  bench.cpu.write(0x1000);
  bench.memory.seen.clear();
  bench.cpu.operate(CacheOperation::flush, 0x1000, 64);
  EXPECT_THAT(bench.memory.seen, ElementsAre(awaited_line_write(0x1000),
                                             operation(CacheOperation::flush, 0x1000, 64)));
  EXPECT_EQ(bench.l1.stats().held, 0U);
  EXPECT_EQ(bench.l2.stats().held, 0U);
  EXPECT_EQ(bench.l1.stats().invalidated, 1U);
}

TEST(CacheMaintenance, an_operation_works_on_whole_lines_at_both_ends) {
  Bench bench;
  bench.cpu.write(0x1000);
  bench.cpu.write(0x1040);
  bench.cpu.operate(CacheOperation::invalidate, 0x103f, 2);
  EXPECT_EQ(bench.l1.stats().held, 0U);
  EXPECT_EQ(bench.l1.stats().maintenance_lines, 2U);
}

TEST(CacheMaintenance, lines_outside_the_range_stay) {
  Bench bench;
  bench.cpu.write(0x0fc0);
  bench.cpu.write(0x1000);
  bench.cpu.write(0x1040);
  bench.cpu.operate(CacheOperation::flush, 0x1000, 64);
  EXPECT_EQ(bench.l1.stats().held, 2U);
  EXPECT_EQ(bench.l1.stats().dirty_held, 2U);
}

TEST(CacheMaintenance, an_operation_does_not_count_as_use) {
  Bench bench;
  for (const std::uint64_t line : {0x1000, 0x2000, 0x3000, 0x4000}) bench.cpu.read(line);
  bench.cpu.operate(CacheOperation::clean, 0x1000, 64);
  bench.cpu.read(0x5000);  // evicts 0x1000 all the same
  EXPECT_EQ(bench.cpu.read(0x2000).time, nanoseconds(2));
}

TEST(CacheMaintenance, an_error_from_below_ends_the_operation_and_is_passed_up) {
  Bench bench;
  bench.memory.end = 0x1000;
  EXPECT_EQ(bench.cpu.operate(CacheOperation::clean, 0x1000, 64).status,
            tlm::TLM_ADDRESS_ERROR_RESPONSE);
}

}  // namespace
}  // namespace tlmmu
