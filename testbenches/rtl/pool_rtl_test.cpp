// SPDX-License-Identifier: Apache-2.0
// The pool of walkers in hardware, against a walk from the root for each request.
#include <gtest/gtest.h>

#include "Vptw_pool.h"
#include "testbenches/rtl/pool_request_parts.h"
#include "testbenches/support/seed.h"

namespace tlmmu {
namespace {

using Pool = PoolBench<Vptw_pool>;

TEST(PoolRtl, answers_every_request_once_as_the_model_with_fences_at_any_time) {
  Pool pool(testing::seed_or(1));
  ASSERT_EQ(run_pool(pool, PoolTraffic(), 40'000), "");
  EXPECT_GT(pool.counts().answers, 4'000U);
  EXPECT_GT(pool.counts().aborted, 500U);
  EXPECT_GT(pool.counts().joined, 500U);
  EXPECT_GT(pool.memory_port().overlaps(), 1'000U);
}

TEST(PoolRtl, equal_requests_are_one_walk) {
  Pool pool(testing::seed_or(2));
  WalkRequest request = pool.requesters().requests().next();
  request.address = VirtualAddress(0x1234567);
  for (unsigned i = 0; i < Pool::kRequesters; ++i) {
    request.address = VirtualAddress(request.address.value() + 8);  // in the same page
    pool.requesters().ask(i, request);
  }
  ASSERT_EQ(run_until_idle(pool, quiet(20)), "");
  EXPECT_EQ(pool.counts().walks, 1U);
  EXPECT_EQ(pool.counts().joined, Pool::kRequesters - 1);
  EXPECT_EQ(pool.counts().answers, Pool::kRequesters);
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

struct PoolRequestPart : ::testing::TestWithParam<RequestPart> {};

TEST_P(PoolRequestPart, tells_walks_apart_unless_it_is_the_offset) {
  EXPECT_EQ(check_part<Pool>(GetParam()), "");
}

INSTANTIATE_TEST_SUITE_P(All, PoolRequestPart, ::testing::ValuesIn(kRequestParts),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace tlmmu
