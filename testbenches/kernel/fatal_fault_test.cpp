// SPDX-License-Identifier: Apache-2.0
// Faults that end their process, and those of the kernel itself.
#include <gmock/gmock.h>

#include "models/arch/permissions.h"
#include "testbenches/kernel/area_bench.h"

namespace tlmmu::kernel::testing {
namespace {

constexpr std::uint64_t kText = 0x1'0000, kData = 0x20'0000;

TEST(KernelFault, an_address_above_the_user_half_kills_only_its_process) {
  KernelBench bench(settings_of(64));
  const ProcessId a = bench.start(), b = bench.start();
  bench.store(a, kData, 1);
  bench.store(b, kData, 2);
  for (const std::uint64_t bad : {std::uint64_t{1} << 38U, 0xffff'ffff'8000'0000U}) {
    const ProcessId p = bench.start();
    EXPECT_EQ(bench.access(p, bad, AccessType::load), nullptr);
    EXPECT_EQ(bench.machine.kills.back().process, p);
    EXPECT_EQ(bench.machine.kills.back().reason, KillReason::bad_address);
    EXPECT_FALSE(bench.kernel.is_alive(p));
  }
  EXPECT_EQ(bench.faults(FaultKind::fatal), 2U);
  EXPECT_EQ(bench.load(a, kData), 1U);
  EXPECT_EQ(bench.load(b, kData), 2U) << "address spaces are separate";
  check_invariants(bench);
}

TEST(KernelFault, the_last_user_page_is_legal) {
  KernelBench bench(settings_of(64));
  const ProcessId p = bench.start();
  bench.store(p, (std::uint64_t{1} << 38U) - 8, 9);
  EXPECT_EQ(bench.load(p, (std::uint64_t{1} << 38U) - 8), 9U);
}

TEST(KernelFault, an_access_fault_kills_with_its_reason) {
  KernelBench bench(settings_of(64));
  const ProcessId p = bench.start();
  bench.kernel.access_fault({p, VirtualAddress(kData), AccessType::load});
  ASSERT_EQ(bench.machine.kills.size(), 1U);
  EXPECT_EQ(bench.machine.kills[0].reason, KillReason::access_fault);
  check_invariants(bench);
}

TEST(KernelFault, text_that_does_not_fit_on_the_disk_kills_its_process) {
  Settings settings = settings_of(64);
  settings.disk.blocks = 2;
  KernelBench bench(settings);
  const ProcessId p = bench.start();
  bench.fetch(p, 0);
  bench.fetch(p, 0x1000);
  EXPECT_EQ(bench.access(p, 0x2000, AccessType::fetch), nullptr);
  EXPECT_EQ(bench.machine.kills[0].reason, KillReason::no_file_space);
  check_invariants(bench);
}

TEST(KernelFault, a_read_error_kills_the_user_of_the_page_only) {
  KernelBench bench(settings_of(64));
  const ProcessId a = bench.start(), b = bench.start();
  bench.machine.bad_reads.insert(4095);
  EXPECT_EQ(bench.access(a, kText, AccessType::fetch), nullptr);
  EXPECT_EQ(bench.machine.kills[0].process, a);
  EXPECT_EQ(bench.machine.kills[0].reason, KillReason::disk_read_error);
  bench.fetch(b, kText);
  EXPECT_EQ(bench.kernel.alive(), 1U);
  check_invariants(bench);
}

TEST(KernelFault, a_completion_of_no_transfer_is_ignored) {
  KernelBench bench(settings_of(64));
  const ProcessId p = bench.start();
  bench.store(p, kData, 1);
  for (const std::uint64_t tag : {0x0ULL, 0x8'0000ULL, 0x8'0003ULL, ~0ULL}) {
    bench.kernel.disk_done(DiskTag(tag), TransferResult::ok);
  }
  EXPECT_EQ(bench.counters().stray_completions, 4U);
  EXPECT_EQ(bench.load(p, kData), 1U);
  check_invariants(bench);
}

constexpr AccessContext kKernel{Privilege::supervisor, Sum::permitted};
constexpr AccessContext kCareless{Privilege::supervisor, Sum::forbidden};

TEST(KernelFault, of_the_kernel_itself_is_handled_as_the_processs_own) {
  KernelBench bench(settings_of(64));
  const ProcessId p = bench.start();
  ASSERT_EQ(bench.kernel.schedule(), p);
  const FaultRequest request{p, VirtualAddress(kData), AccessType::store, kKernel};
  EXPECT_EQ(bench.kernel.page_fault(request), FaultAnswer::resume);
  EXPECT_EQ(bench.faults(FaultKind::minor), 1U);
  EXPECT_TRUE(bench.leaf(p, kData).flags().w());
}

TEST_F(KernelAreas, a_fault_of_the_kernel_itself_is_refused_and_kills_nobody) {
  const std::uint64_t at = bench.map_pages(p, 1);
  const std::uint64_t kernel_half = ~std::uint64_t{0} << 38U;
  struct Case {
    std::uint64_t address;
    AccessType type;
    AccessContext context;
  };
  for (const Case& c : {Case{at, AccessType::load, kCareless},
                        {at, AccessType::fetch, kKernel},
                        {at + 0x1000, AccessType::store, kKernel},
                        {0, AccessType::load, kKernel},
                        {kTextAt, AccessType::store, kKernel},
                        {kernel_half + 0x40'0000'0000, AccessType::load, kKernel}}) {
    ASSERT_TRUE(bench.run_until(p));
    const FaultRequest request{p, VirtualAddress(c.address), c.type, c.context};
    EXPECT_EQ(bench.kernel.page_fault(request), FaultAnswer::refused) << c.address;
  }
  EXPECT_EQ(bench.faults(FaultKind::refused), 6U);
  EXPECT_TRUE(bench.machine.kills.empty());
  EXPECT_EQ(bench.resident(p), 0U);
  bench.store(p, at, 5);
  EXPECT_EQ(bench.load(p, at), 5U);
}

TEST_F(KernelAreas, an_access_fault_of_the_kernel_itself_is_refused) {
  ASSERT_TRUE(bench.run_until(p));
  const FaultRequest request{p, VirtualAddress(~std::uint64_t{0} << 38U), AccessType::load,
                             kKernel};
  EXPECT_EQ(bench.kernel.access_fault(request), FaultAnswer::refused);
  EXPECT_TRUE(bench.machine.kills.empty());
}

TEST_F(KernelAreas, a_page_that_nobody_may_touch_is_closed_to_loads_and_stores_of_the_kernel_too) {
  const std::uint64_t at = bench.map_pages(p, 1);
  bench.store(p, at, 5);
  EXPECT_EQ(protect(at, 1, kNoAccess).error, CallError::none);
  const PteFlags flags = bench.leaf(p, at).flags();
  EXPECT_TRUE(flags.v());
  EXPECT_FALSE(permits(flags, AccessType::load, kKernel));
  EXPECT_FALSE(permits(flags, AccessType::store, kKernel));
  EXPECT_EQ(protect(at, 1, kReadWrite).error, CallError::none);
  EXPECT_EQ(bench.load(p, at), 5U);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
