// SPDX-License-Identifier: Apache-2.0
// Silberschatz, Galvin and Gagne, "Operating System Concepts", demand paging: with memory access
// time ma, fault service time and fault rate p, the effective access time is (1 - p) * ma + p *
// service.
#include <gtest/gtest.h>

#include "models/workload/vector_source.h"
#include "testbenches/support/cpu_bench.h"

namespace tlmmu {
namespace {

/// One page fault in each `accesses_per_fault` accesses, `faults` times over.
struct FaultRate {
  std::uint64_t accesses_per_fault;
  std::uint64_t faults;
};

/// Mean time of an access in picoseconds, with 200 ns of memory and 8 ms of fault service. The
/// service includes the repeated access, as in the textbook.
double effective_access_time(FaultRate rate) {
  std::vector<MemoryAccess> accesses;
  for (std::uint64_t i = 0; i < rate.accesses_per_fault * rate.faults; ++i) {
    // each group of accesses has a page of its own, which faults once
    accesses.push_back(load(0x1000'0000 + i / rate.accesses_per_fault * kPageBytes.value()));
  }
  VectorSource trace(accesses);
  CpuBench bench({&trace});
  bench.translation.latency = sc_core::SC_ZERO_TIME;
  bench.memory.latency = sc_core::sc_time(200, sc_core::SC_NS);
  bench.kernel.fault_service = sc_core::sc_time(8, sc_core::SC_MS) - bench.memory.latency;
  bench.kernel.other_service = sc_core::SC_ZERO_TIME;
  for (std::uint64_t page = 0; page < rate.faults; ++page) {
    bench.translation.faults_left[0x1'0000 + page] = 1;
  }
  sc_core::sc_start();
  return static_cast<double>(bench.cpu.stats().elapsed_time.value()) /
         static_cast<double>(accesses.size());
}

constexpr double kTenPercentSlower = 1.1 * 200'000;

TEST(EffectiveAccessTime, one_fault_in_a_thousand_costs_the_textbook_figure) {
  EXPECT_DOUBLE_EQ(effective_access_time({1000, 100}), 8'199'800.0);
}

TEST(EffectiveAccessTime, one_fault_in_400000_is_less_than_a_tenth_slower) {
  EXPECT_LT(effective_access_time({400'000, 1}), kTenPercentSlower);
}

TEST(EffectiveAccessTime, one_fault_in_390000_is_more_than_a_tenth_slower) {
  EXPECT_GT(effective_access_time({390'000, 1}), kTenPercentSlower);
}

}  // namespace
}  // namespace tlmmu
