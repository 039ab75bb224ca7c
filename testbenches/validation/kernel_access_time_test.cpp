// SPDX-License-Identifier: Apache-2.0
// Number 9 through the whole machine: Silberschatz, Galvin and Gagne's effective access time, (1 -
// p) * ma + p * service, with 200 ns of memory and 8 ms of fault service, which here is the real
// kernel's work and a real disk's.
#include <gtest/gtest.h>

#include "testbenches/support/laws.h"
#include "testbenches/validation/kernel_machine.h"

namespace tlmmu {
namespace {

constexpr Picoseconds kRowHit = nanoseconds(20);
/// Of the disk's 8 ms: trap, kernel, flash, DMA, and the walks before and after.
constexpr Picoseconds kRestOfService = microseconds(60);

/// No TLB, cache or bus takes any time, and no refresh is in the way: every fetch takes what the
/// memory takes, which is a row hit's time behind a slow front end.
MachineConfig textbook_machine() {
  MachineConfig config;
  config.memory.size = mebibytes(4);
  config.cpu.instruction_cycles = 0;
  for (TlbConfig* tlb : {&config.mmu.l1_itlb, &config.mmu.l1_dtlb, &config.mmu.l2_tlb}) {
    tlb->hit_latency = Cycles(0);
  }
  for (CacheConfig* cache : {&config.cache.l1i, &config.cache.l1d, &config.cache.l2}) {
    cache->enabled = false;
  }
  config.bus.latency = Cycles(0);
  config.dram.timing.tRFC = Cycles(1);
  config.memory_controller.frontend_latency = nanoseconds(200) - kRowHit;
  config.swap_disk.command_overhead = milliseconds(8) - kRestOfService;
  return testing::on_chosen_walker(config);
}

/// The mean time of `faults` times so many accesses, each time one of them to a new page.
double mean_access_time(std::uint64_t accesses_per_fault, std::uint64_t faults) {
  std::vector<MemoryAccess> accesses;
  for (std::uint64_t i = 0; i < accesses_per_fault * faults; ++i) {
    accesses.push_back(
        {VirtualAddress(i / accesses_per_fault << kPageShift), 4, AccessType::fetch});
  }
  VectorSource source(accesses);
  PlatformInputs inputs;
  inputs.sources = {&source};
  Platform platform("machine", textbook_machine(), inputs);
  platform.run();
  testing::expect_laws_hold(platform);
  const KernelStats kernel = platform.kernel().stats();
  EXPECT_EQ(kernel.portable.faults.of(kernel::FaultKind::major_file), faults);
  EXPECT_EQ(kernel.portable.faults.total(), faults);
  return static_cast<double>(platform.cpu().stats().elapsed_time.value()) /
         static_cast<double>(accesses.size());
}

TEST(KernelAccessTime, with_one_fault_in_a_thousand_is_the_textbook_figure) {
  EXPECT_NEAR(mean_access_time(1000, 50), 8'199'800.0, 8'199'800.0 / 1000);
}

// Less than a tenth slower than 200 ns needs less than one fault in 400,000 accesses. An access
// that does not fault takes 200 ns to within half a percent, which the distances allow for.
TEST(KernelAccessTime, is_a_tenth_longer_with_one_fault_in_400000) {
  EXPECT_NEAR(mean_access_time(400'000, 2), 220'000.0, 220'000.0 / 200);
}
TEST(KernelAccessTime, is_less_than_a_tenth_longer_with_fewer_faults) {
  EXPECT_LT(mean_access_time(460'000, 2), 219'000.0);
}
TEST(KernelAccessTime, is_more_than_a_tenth_longer_with_more_faults) {
  EXPECT_GT(mean_access_time(340'000, 2), 221'000.0);
}

}  // namespace
}  // namespace tlmmu
