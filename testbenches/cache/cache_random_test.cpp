// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "testbenches/cache/cache_bench.h"
#include "testbenches/replacement/naive_array.h"
#include "testbenches/support/laws.h"

namespace tlmmu {
namespace {

using cache_test::four_lines;
using cache_test::kClock;
using cache_test::Requester;
using cache_test::StubMemory;
using replacement::NaiveArray;

constexpr std::uint64_t kSeed = 99;

/// What a write-back cache sends below, by a model that keeps lines with a dirty bit (the value).
class NaiveCache {
 public:
  NaiveCache(unsigned sets, unsigned ways, replacement::PolicyName policy)
      : array_(sets, ways, policy, kSeed) {}

  void access(std::uint64_t address, unsigned length, bool write) {
    for (std::uint64_t byte = address; byte < address + length;) {
      const std::uint64_t line = byte / 64;
      const std::uint64_t end = std::min(address + length, (line + 1) * 64);
      access_line(line, write, end - byte == 64);
      byte = end;
    }
  }

  std::vector<std::pair<char, std::uint64_t>> traffic;  // 'R' or 'W' and the line

 private:
  void access_line(std::uint64_t line, bool write, bool whole) {
    if (array_.look_up(line)) {
      if (write) mark(line);
      return;
    }
    if (!write || !whole) traffic.emplace_back('R', line);
    const auto victim = array_.insert(line, write ? 1 : 0);
    if (victim && victim->value == 1) traffic.emplace_back('W', victim->tag);
  }
  void mark(std::uint64_t line) {
    array_.for_each_way([&](std::optional<NaiveArray::Way>& way) {
      if (way && way->tag == line) way->value = 1;
    });
  }

  NaiveArray array_;
};

void random_traffic_matches(replacement::PolicyName policy) {
  CacheConfig config = four_lines();
  config.size = config.line * config.ways * 6;
  config.replacement = policy;
  Requester cpu("cpu");
  Cache cache("cache", config, kClock, kSeed);
  StubMemory memory("memory");
  cpu.bus_out.bind(cache.bus_in);
  cache.bus_out.bind(memory.bus_in);
  sc_core::sc_start(sc_core::SC_ZERO_TIME);

  NaiveCache naive(6, 4, policy);
  Random random(kSeed);
  Picoseconds time;
  for (int step = 0; step < 3000; ++step) {
    const std::uint64_t address = random.below(3072);
    const auto length = static_cast<unsigned>(1 + random.below(random.below(8) == 0 ? 200 : 8));
    const bool write = random.below(3) == 0;
    time += (write ? cpu.write(address, length) : cpu.read(address, length)).time;
    naive.access(address, length, write);
  }

  std::vector<std::pair<char, std::uint64_t>> traffic;
  std::uint64_t reads = 0;
  for (const auto& seen : memory.seen) {
    const bool read = seen.command == tlm::TLM_READ_COMMAND;
    reads += read ? 1 : 0;
    traffic.emplace_back(read ? 'R' : 'W', seen.address / 64);
  }
  EXPECT_EQ(traffic, naive.traffic) << "seed " << kSeed;
  EXPECT_EQ(time, cache.stats().total().own_time + reads * StubMemory::kTime);
  testing::expect_laws_hold(cache.stats());
}

TEST(CacheRandom, traffic_below_is_that_of_a_naive_model_with_lru) {
  random_traffic_matches(replacement::PolicyName::lru);
}
TEST(CacheRandom, traffic_below_is_that_of_a_naive_model_with_tree_plru) {
  random_traffic_matches(replacement::PolicyName::tree_plru);
}
TEST(CacheRandom, traffic_below_is_that_of_a_naive_model_with_fifo) {
  random_traffic_matches(replacement::PolicyName::fifo);
}
TEST(CacheRandom, traffic_below_is_that_of_a_naive_model_with_srrip) {
  random_traffic_matches(replacement::PolicyName::srrip);
}
TEST(CacheRandom, traffic_below_is_that_of_a_naive_model_with_random) {
  random_traffic_matches(replacement::PolicyName::random);
}

TEST(CacheRandom, two_levels_keep_their_laws_with_maintenance_among_the_accesses) {
  Requester cpu("cpu");
  Cache l1("l1", four_lines(), kClock, 1);
  CacheConfig larger = four_lines();
  larger.size = Bytes(768);
  larger.line = Bytes(128);
  larger.ways = 2;
  larger.write_policy = WritePolicy::write_back;
  Cache l2("l2", larger, kClock, 2);
  StubMemory memory("memory");
  cpu.bus_out.bind(l1.bus_in);
  l1.bus_out.bind(l2.bus_in);
  l2.bus_out.bind(memory.bus_in);
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  constexpr CacheOperation kOperations[] = {CacheOperation::clean, CacheOperation::invalidate,
                                            CacheOperation::flush};
  Random random(kSeed);
  for (int step = 0; step < 3000; ++step) {
    const std::uint64_t address = random.below(2048);
    const auto length = static_cast<unsigned>(1 + random.below(100));
    if (random.below(20) == 0) {
      cpu.operate(kOperations[random.below(3)], address, length);
    } else if (random.below(2) == 0) {
      cpu.write(address, length);
    } else {
      cpu.read(address, length);
    }
  }
  testing::expect_laws_hold(l1.stats());
  testing::expect_laws_hold(l2.stats());
  EXPECT_GT(l2.stats().writebacks, 50U);
  EXPECT_GT(l1.stats().discarded, 0U);
}

}  // namespace
}  // namespace tlmmu
