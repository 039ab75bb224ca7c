// SPDX-License-Identifier: Apache-2.0
// Number 9 through the whole machine: Silberschatz, Galvin and Gagne's effective access time, (1 -
// p) * ma + p * service, with 200 ns of memory and 8 ms of fault service, which here is the real
// kernel's work and a real disk's.
#include <gtest/gtest.h>

#include "testbenches/support/laws.h"
#include "testbenches/validation/kernel_machine.h"

namespace tlmmu {
namespace {

constexpr std::uint64_t kAccessesPerFault = 1000;
constexpr std::uint64_t kFaults = 50;
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

TEST(KernelAccessTime, with_one_fault_in_a_thousand_is_the_textbook_figure) {
  std::vector<MemoryAccess> accesses;
  for (std::uint64_t i = 0; i < kAccessesPerFault * kFaults; ++i) {
    accesses.push_back({VirtualAddress(i / kAccessesPerFault << kPageShift), 4, AccessType::fetch});
  }
  VectorSource source(accesses);
  PlatformInputs inputs;
  inputs.sources = {&source};
  Platform platform("machine", textbook_machine(), inputs);
  platform.run();
  testing::expect_laws_hold(platform);
  const KernelStats kernel = platform.kernel().stats();
  EXPECT_EQ(kernel.portable.faults.of(kernel::FaultKind::major_file), kFaults);
  EXPECT_EQ(kernel.portable.faults.total(), kFaults);
  const double mean = static_cast<double>(platform.cpu().stats().elapsed_time.value()) /
                      static_cast<double>(accesses.size());
  EXPECT_NEAR(mean, 8'199'800.0, 8'199'800.0 / 1000);
}

}  // namespace
}  // namespace tlmmu
