// SPDX-License-Identifier: Apache-2.0
// Processes: creation, scheduling, and that their end gives everything back.
#include <gmock/gmock.h>

#include "testbenches/kernel/invariants.h"

namespace tlmmu::kernel::testing {
namespace {

TEST(KernelProcess, round_robin_gives_each_its_turn) {
  KernelBench bench(settings_of(64));
  const ProcessId a = bench.start(), b = bench.start(), c = bench.start();
  for (const ProcessId expected : {a, b, c, a, b, c}) {
    EXPECT_EQ(bench.kernel.schedule(), expected);
    EXPECT_EQ(bench.kernel.schedule(), expected) << "stays until its slice is over";
    bench.kernel.timer(expected);
  }
  EXPECT_EQ(bench.counters().context_switches, 6U);
}

TEST(KernelProcess, a_lone_process_keeps_the_cpu_without_a_switch) {
  KernelBench bench(settings_of(64));
  const ProcessId a = bench.start();
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(bench.kernel.schedule(), a);
    bench.kernel.timer(a);
  }
  EXPECT_EQ(bench.counters().context_switches, 1U);
}

TEST(KernelProcess, each_has_its_own_asid_and_root) {
  KernelBench bench(settings_of(64));
  const AddressSpace a = bench.kernel.address_space(bench.start());
  const AddressSpace b = bench.kernel.address_space(bench.start());
  EXPECT_EQ(a.asid, Asid(1));
  EXPECT_EQ(b.asid, Asid(2));
  EXPECT_NE(a.root, b.root);
}

TEST(KernelProcess, more_than_the_table_holds_are_refused) {
  KernelBench bench(settings_of(64), 2);
  bench.start();
  bench.start();
  EXPECT_FALSE(bench.kernel.create_process());
}

TEST(KernelProcess, one_more_than_memory_has_roots_for_is_refused) {
  KernelBench bench(settings_of(2));
  bench.start();
  bench.start();
  EXPECT_FALSE(bench.kernel.create_process());
}

TEST(KernelProcess, exit_gives_back_every_frame_and_slot) {
  KernelBench bench(settings_of(24, 4));
  const FrameCounts before = bench.frame_counts();
  for (int round = 0; round < 3; ++round) {
    const ProcessId a = bench.start(), b = bench.start();
    for (std::uint64_t i = 0; i < 20; ++i) {
      bench.store(a, i << 12U, i);
      bench.store(b, i << 13U, i);
      bench.fetch(b, (i << 13U) + 0x1000);
    }
    check_invariants(bench);
    bench.kernel.exit(a);
    check_invariants(bench);
    bench.kernel.exit(b);
    bench.finish_all_transfers();
    check_invariants(bench);
    EXPECT_EQ(bench.frame_counts().free, before.free);
    EXPECT_EQ(bench.kernel.state().blocks.counts().in_use, 0U);
    EXPECT_EQ(bench.kernel.alive(), 0U);
    EXPECT_FALSE(bench.kernel.schedule());
  }
}

TEST(KernelProcess, exit_fences_its_asid) {
  KernelBench bench(settings_of(64));
  const ProcessId a = bench.start();
  bench.store(a, 0, 1);
  bench.kernel.exit(a);
  ASSERT_FALSE(bench.machine.fences.empty());
  EXPECT_FALSE(bench.machine.fences.back().vpn);
  EXPECT_EQ(bench.machine.fences.back().asid, Asid(1));
  EXPECT_TRUE(bench.machine.tlb.empty());
}

TEST(KernelProcess, a_machine_of_one_tebibyte_starts_without_touching_its_frame_table) {
  Settings settings = settings_of(std::uint64_t{1} << 28U);
  FakeMachine machine;
  Settings small = settings;  // far fewer entries than the machine has
  small.memory_size = mebibytes(4);
  small.disk.blocks = 1;
  KernelTables tables(small, 1);
  Kernel kernel(machine, settings, tables.storage());
  const auto p = kernel.create_process();
  ASSERT_TRUE(p);
  kernel.schedule();
  kernel.page_fault({*p, VirtualAddress(0x1000), AccessType::store});
  EXPECT_EQ(kernel.state().frames.free(), (std::uint64_t{1} << 28U) - 4);
}

TEST(KernelProcess, reserved_frames_are_never_handed_out) {
  Settings settings = settings_of(16);
  settings.reserved = kPageBytes * 8;
  KernelBench bench(settings);
  const ProcessId p = bench.start();
  for (std::uint64_t i = 0; i < 20; ++i) bench.store(p, i << 12U, i);
  bench.finish_all_transfers();
  for (const auto& [number, page] : bench.machine.memory) EXPECT_GE(number, 0x80008U);
  EXPECT_EQ(bench.frame_counts().reserved, 8U);
  check_invariants(bench);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
