// SPDX-License-Identifier: Apache-2.0
// The pool of walkers in hardware, against a walk from the root for each request.
#include <gtest/gtest.h>

#include "Vptw_pool.h"
#include "testbenches/rtl/pool_checks.h"
#include "testbenches/support/seed.h"

namespace tlmmu {
namespace {

using Pool = PoolBench<Vptw_pool>;

/// Nothing happens but what a test asks for.
PoolTraffic quiet(std::uint64_t latency) {
  PoolTraffic traffic;
  traffic.request = traffic.fence = traffic.busy = traffic.late = 0;
  traffic.latency = latency;
  return traffic;
}

void run_until_idle(Pool& pool, const PoolTraffic& traffic) {
  do ASSERT_TRUE(pool.cycle(traffic)) << pool.mismatch();
  while (!pool.idle());
}

TEST(PoolRtl, answers_every_request_once_as_the_model_with_fences_at_any_time) {
  Pool pool(testing::seed_or(1));
  ASSERT_EQ(run_pool(pool, PoolTraffic(), 40'000), "");
  EXPECT_GT(pool.answers(), 4'000U);
  EXPECT_GT(pool.aborted(), 500U);
  EXPECT_GT(pool.joined(), 500U);
  EXPECT_GT(pool.memory_port().overlaps(), 1'000U);
}

TEST(PoolRtl, equal_requests_are_one_walk) {
  Pool pool(testing::seed_or(2));
  WalkRequest request = pool.requests().next();
  request.address = VirtualAddress(0x1234567);
  for (unsigned i = 0; i < Pool::kRequesters; ++i) {
    request.address = VirtualAddress(request.address.value() + 8);  // in the same page
    pool.ask(i, request);
  }
  run_until_idle(pool, quiet(20));
  EXPECT_EQ(pool.walks(), 1U);
  EXPECT_EQ(pool.joined(), Pool::kRequesters - 1);
  EXPECT_EQ(pool.answers(), Pool::kRequesters);
  EXPECT_LE(pool.memory_port().reads(), kSv39.levels);
}

TEST(PoolRtl, other_requests_are_walked_at_the_same_time) {
  Pool pool(testing::seed_or(3));
  PoolTraffic traffic = saturated();
  traffic.latency = 40;
  ASSERT_EQ(run_pool(pool, traffic, 4'000), "");
  EXPECT_GT(pool.memory_port().overlaps(), 2'000U);
}

TEST(PoolRtl, nobody_starves_however_much_the_others_ask) {
  Pool pool(testing::seed_or(4));
  EXPECT_EQ(check_turns(pool, 20'000), "");
}

}  // namespace
}  // namespace tlmmu
