// SPDX-License-Identifier: Apache-2.0
// What each kind of fault does, on a machine with room for everything.
#include "testbenches/kernel/area_bench.h"

namespace tlmmu::kernel::testing {
namespace {

constexpr std::uint64_t kText = 0x1'0000, kData = 0x20'0000;

TEST(KernelFault, first_store_maps_a_zero_filled_page) {
  KernelBench bench(settings_of(64));
  const ProcessId p = bench.start();
  for (std::uint64_t n = 0x80001; n < 0x80040; ++n) bench.machine.memory[n].fill(0x5a5a);
  bench.store(p, kData, 7);
  EXPECT_EQ(bench.load(p, kData), 7U);
  EXPECT_EQ(bench.load(p, kData + 8), 0U);
  EXPECT_EQ(bench.faults(FaultKind::minor), 1U);
  EXPECT_EQ(bench.leaf(p, kData).flags().raw(),
            kAnonymousFlags | PteFlags::kV | PteFlags::kA | PteFlags::kD);
  check_invariants(bench);
}

TEST(KernelFault, second_touch_of_a_page_does_not_fault) {
  KernelBench bench(settings_of(64));
  const ProcessId p = bench.start();
  bench.load(p, kData);
  bench.store(p, kData + 0xff8, 1);
  EXPECT_EQ(bench.machine.faults.size(), 1U);
}

TEST(KernelFault, a_page_takes_exactly_the_tables_above_it) {
  for (const PagingModeName mode : {PagingModeName::sv39, PagingModeName::sv48}) {
    Settings settings = settings_of(64);
    settings.mode = mode;
    KernelBench bench(settings);
    const ProcessId p = bench.start();
    const unsigned levels = paging_mode(mode).levels;
    bench.load(p, 0);
    EXPECT_EQ(bench.frame_counts().page_tables, levels);
    bench.load(p, 0x1f'f000);  // same last table
    EXPECT_EQ(bench.frame_counts().page_tables, levels);
    bench.load(p, 0x20'0000);  // the next one
    EXPECT_EQ(bench.frame_counts().page_tables, levels + 1);
    bench.load(p, 0x4000'0000);  // the next 1 GiB
    EXPECT_EQ(bench.frame_counts().page_tables, levels + 3);
    check_invariants(bench);
  }
}

TEST(KernelFault, repeating_a_fault_takes_no_second_page_table_and_no_second_frame) {
  KernelBench bench(settings_of(64));
  const ProcessId p = bench.start();
  ASSERT_EQ(bench.kernel.schedule(), p);
  const FaultRequest request{p, VirtualAddress(kData), AccessType::store};
  EXPECT_EQ(bench.kernel.page_fault(request), FaultAnswer::resume);
  const FrameCounts before = bench.frame_counts();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(bench.kernel.page_fault(request), FaultAnswer::resume);
  EXPECT_EQ(bench.frame_counts().page_tables, before.page_tables);
  EXPECT_EQ(bench.frame_counts().free, before.free);
  EXPECT_EQ(bench.faults(FaultKind::spurious), 5U);
}

TEST(KernelFault, first_fetch_reads_text_from_its_file) {
  KernelBench bench(settings_of(64));
  const ProcessId p = bench.start();
  EXPECT_EQ(bench.fetch(p, kText), 0xd15c'0000U + 4095);  // files grow from the end of the disk
  EXPECT_EQ(bench.fetch(p, kText + 0x1000), 0xd15c'0000U + 4094);
  EXPECT_EQ(bench.load(p, kText + 16), 0xd15c'0000U + 4095);
  EXPECT_EQ(bench.faults(FaultKind::major_file), 2U);
  EXPECT_EQ(bench.leaf(p, kText).flags().raw(), kTextFlags | PteFlags::kV | PteFlags::kA);
  check_invariants(bench);
}

TEST(KernelFault, a_process_is_blocked_while_its_page_is_read_and_others_run) {
  KernelBench bench(settings_of(64));
  const ProcessId a = bench.start(), b = bench.start();
  ASSERT_EQ(bench.kernel.schedule(), a);
  EXPECT_EQ(bench.kernel.page_fault({a, VirtualAddress(kText), AccessType::fetch}),
            FaultAnswer::blocked);
  EXPECT_EQ(bench.frame_counts().reading, 1U);
  EXPECT_EQ(bench.kernel.schedule(), b);
  EXPECT_EQ(bench.kernel.page_fault({b, VirtualAddress(kText), AccessType::fetch}),
            FaultAnswer::blocked);
  EXPECT_FALSE(bench.kernel.schedule());
  bench.machine.time = nanoseconds(100);
  bench.finish_transfer(1);  // in any order
  EXPECT_EQ(bench.kernel.schedule(), b);
  bench.finish_transfer();
  bench.kernel.timer(b);
  EXPECT_EQ(bench.kernel.schedule(), a);
  EXPECT_EQ(bench.kernel.state().processes.at(a).use.blocked_time, nanoseconds(100));
  check_invariants(bench);
}

TEST(KernelFault, text_in_the_page_cache_is_a_minor_fault) {
  Settings settings = settings_of(64);
  settings.text_source = TextSource::page_cache;
  KernelBench bench(settings);
  const ProcessId p = bench.start();
  bench.fetch(p, kText);
  EXPECT_EQ(bench.faults(FaultKind::minor), 1U);
  EXPECT_TRUE(bench.machine.started.empty());
  check_invariants(bench);
}

TEST(KernelFault, a_store_to_text_makes_a_private_copy) {
  KernelBench bench(settings_of(64));
  const ProcessId p = bench.start();
  const std::uint64_t text = bench.fetch(p, kText);
  const std::uint64_t free = bench.frame_counts().free;
  bench.store(p, kText + 8, 1);
  EXPECT_EQ(bench.faults(FaultKind::copy_on_write), 1U);
  EXPECT_EQ(bench.fetch(p, kText), text);
  EXPECT_EQ(bench.load(p, kText + 8), 1U);
  EXPECT_EQ(bench.machine.block(DiskBlock(4095))[1], 0xd15c'0000U + 4095) << "file written";
  EXPECT_EQ(bench.frame_counts().free, free) << "the text frame is given back";
  check_invariants(bench);
}

TEST(KernelFault, a_store_as_first_touch_of_dropped_text_reads_and_then_copies) {
  KernelBench bench(settings_of(6));  // 3 tables, 3 pages
  const ProcessId p = bench.start();
  const std::uint64_t text = bench.fetch(p, 0);
  for (std::uint64_t a = 0x1000; a < 0x5000; a += 0x1000) bench.fetch(p, a);
  ASSERT_EQ(kind_of(bench.leaf(p, 0)), PteKind::file);
  bench.store(p, 8, 1);
  EXPECT_EQ(bench.faults(FaultKind::copy_on_write), 1U);
  EXPECT_EQ(bench.load(p, 0), text);
  check_invariants(bench);
}

TEST(KernelFault, a_fetch_from_an_anonymous_page_makes_it_executable) {
  KernelBench bench(settings_of(64));
  const ProcessId p = bench.start();
  bench.store(p, kData, 3);
  EXPECT_EQ(bench.fetch(p, kData), 3U);
  EXPECT_TRUE(bench.leaf(p, kData).flags().x());
  EXPECT_EQ(bench.faults(FaultKind::minor), 2U);
}

TEST(KernelFault, without_hardware_update_the_kernel_sets_a_and_d) {
  KernelBench bench(settings_of(64));
  bench.ad_update = AdUpdate::fault;
  const ProcessId p = bench.start();
  bench.load(p, kData);  // mapped with A
  bench.store(p, kData, 1);
  EXPECT_EQ(bench.faults(FaultKind::minor), 1U);
  EXPECT_EQ(bench.faults(FaultKind::spurious), 1U);
  EXPECT_TRUE(bench.leaf(p, kData).flags().d());
  check_invariants(bench);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
