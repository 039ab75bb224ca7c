// SPDX-License-Identifier: Apache-2.0
// What a pool of walkers has to do, each as a random check: empty, or what went wrong in which
// cycle.
#pragma once

#include "testbenches/rtl/pool_bench.h"

namespace tlmmu {

template <class Pool>
std::string run_pool(Pool& pool, const PoolTraffic& traffic, unsigned cycles) {
  for (unsigned i = 0; i < cycles; ++i) {
    if (!pool.cycle(traffic)) return pool.mismatch() + " in cycle " + std::to_string(i);
  }
  return "";
}

/// Nothing happens but what a check asks for.
inline PoolTraffic quiet(std::uint64_t latency) {
  PoolTraffic traffic;
  traffic.request = traffic.fence = traffic.busy = traffic.late = 0;
  traffic.latency = latency;
  return traffic;
}

template <class Pool>
std::string run_until_idle(Pool& pool, const PoolTraffic& traffic) {
  do
    if (!pool.cycle(traffic)) return pool.mismatch();
  while (!pool.requesters().idle());
  return "";
}

/// Everybody always asks for a page of its own, and memory is fast.
inline PoolTraffic saturated() {
  PoolTraffic traffic;
  traffic.fence = traffic.busy = traffic.late = 0;
  traffic.request = 1;
  traffic.latency = 2;
  traffic.all_different = true;
  return traffic;
}

/// Where everybody always asks, everybody gets the same number of answers.
template <class Pool>
std::string check_turns(Pool& pool, unsigned cycles) {
  const std::string mismatch = run_pool(pool, saturated(), cycles);
  if (!mismatch.empty()) return mismatch;
  for (unsigned i = 0; i < Pool::kRequesters; ++i) {
    const std::uint64_t answers = pool.requesters().answers_of(i);
    const std::uint64_t share = answers * Pool::kRequesters * 100 / pool.counts().answers;
    if (share < 80 || share > 120) return "requester " + std::to_string(i) + " has an unfair share";
  }
  return "";
}

}  // namespace tlmmu
