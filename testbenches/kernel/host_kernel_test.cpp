// SPDX-License-Identifier: Apache-2.0
// The kernel as a SystemC module: transactions, charges, waiting.
#include "testbenches/kernel/host_bench.h"

#include "models/base/error.h"

namespace tlmmu {
namespace {

constexpr std::uint64_t page(std::uint64_t n) {
  return n << kPageShift;
}

TEST(HostKernel, start_creates_the_processes_and_names_the_first) {
  HostBench bench(bench_config(), bench_context(64, 3));
  bench.run([&] {
    bench.cpu.enter(TrapKind::start);
    EXPECT_EQ(bench.cpu.running(), 0U);
    EXPECT_EQ(bench.cpu.trap.space.asid, Asid(1));
    EXPECT_EQ(bench.cpu.trap.space.root, kBenchMemory.page());
    EXPECT_EQ(bench.cpu.trap.time_slice, milliseconds(1));
    for (int i = 0; i < 3; ++i) bench.cpu.enter(TrapKind::exit);
    EXPECT_FALSE(bench.cpu.trap.next);
  });
  EXPECT_EQ(bench.kernel.portable().state().frames.free(), 64U);
}

TEST(HostKernel, a_first_touch_takes_exactly_its_charges_and_transactions) {
  KernelConfig config = bench_config();
  HostBench bench(config, bench_context(64, 1));
  bench.run([&] {
    bench.cpu.enter(TrapKind::start);
    bench.memory.seen.clear();
    const sc_core::sc_time before = bench.cpu.delay;
    bench.cpu.fault(page(5), AccessType::store);
    // Two tables: read, zero, write the pointer; then read the leaf, zero the page, write the leaf.
    EXPECT_EQ(bench.memory.seen.size(), 9U);
    for (const auto& seen : bench.memory.seen) {
      EXPECT_EQ(seen.origin, Origin::kernel);
      EXPECT_TRUE(seen.length == 8 || seen.length == 4096);
    }
    // 300 + 500 cycles of 0.5 ns, nine accesses of 5 ns
    EXPECT_EQ(bench.cpu.delay - before, sc_core::sc_time(400 + 45, sc_core::SC_NS));
    EXPECT_EQ(bench.cpu.running(), 0U);
    EXPECT_NE(bench.translate(page(5), AccessType::store), nullptr);
  });
  EXPECT_EQ(sc_core::sc_time_stamp(), sc_core::SC_ZERO_TIME) << "the kernel does not wait";
}

TEST(HostKernel, tells_whose_faults_took_how_long) {
  HostBench bench(bench_config(), bench_context(64, 2));
  bench.run([&] {
    bench.cpu.enter(TrapKind::start);
    bench.cpu.fault(page(5), AccessType::store);
    bench.cpu.fault(page(6), AccessType::store);
    bench.cpu.enter(TrapKind::timer);
    bench.cpu.fault(page(5), AccessType::store);
  });
  const KernelStats stats = bench.kernel.stats();
  const auto minor = [&](std::size_t process) {
    return stats.portable.processes[process]
        .fault_time.of_kind[static_cast<unsigned>(kernel::FaultKind::minor)];
  };
  // 500 cycles of 0.5 ns; accesses of 5 ns: eight with two new tables and one more level, four
  EXPECT_EQ(minor(0), nanoseconds(250 + 9 * 5) + nanoseconds(250 + 5 * 5));
  EXPECT_EQ(minor(1), nanoseconds(250 + 9 * 5));
  EXPECT_EQ(stats.port.fault_time.total(), minor(0) + minor(1));
}

TEST(HostKernel, waits_for_the_disk_only_when_nobody_can_run) {
  HostBench bench(bench_config(), bench_context(64, 2));
  bench.run([&] {
    bench.cpu.enter(TrapKind::start);
    bench.cpu.fault(page(1), AccessType::fetch);
    EXPECT_EQ(bench.cpu.running(), 1U) << "the other process has the CPU";
    EXPECT_EQ(sc_core::sc_time_stamp(), sc_core::SC_ZERO_TIME);
    bench.cpu.fault(page(1), AccessType::fetch);
    EXPECT_EQ(bench.cpu.running(), 0U);
    EXPECT_GE(sc_core::sc_time_stamp(), sc_core::sc_time(10, sc_core::SC_US));
    EXPECT_NE(bench.translate(page(1), AccessType::fetch), nullptr);
  });
  const KernelStats stats = bench.kernel.stats();
  EXPECT_GT(stats.port.idle_time, microseconds(8));
  EXPECT_LT(stats.port.idle_time, microseconds(10)) << "the first read overlaps with work";
  EXPECT_EQ(stats.port.traps.idle_interrupt, 1U);
}

TEST(HostKernel, stays_on_until_the_disk_has_written_what_it_was_given) {
  HostBench bench(bench_config(), bench_context(6, 1));
  bench.run([&] {
    bench.cpu.enter(TrapKind::start);
    for (std::uint64_t n = 0; bench.kernel.portable().state().disk.writes_in_flight() == 0; ++n) {
      bench.access(page(n), AccessType::store, n);
    }
    bench.cpu.enter(TrapKind::exit);
    EXPECT_FALSE(bench.cpu.trap.next);
    EXPECT_EQ(bench.kernel.portable().state().disk.in_flight(), 0U);
  });
  EXPECT_EQ(bench.kernel.portable().state().blocks.counts().in_use, 0U);
  EXPECT_EQ(bench.kernel.portable().state().frames.free(), 6U);
}

TEST(HostKernel, an_interrupt_while_a_process_runs_wakes_the_other) {
  HostBench bench(bench_config(), bench_context(64, 2));
  bench.run([&] {
    bench.cpu.enter(TrapKind::start);
    bench.cpu.fault(page(1), AccessType::fetch);
    wait(sc_core::sc_time(20, sc_core::SC_US));
    EXPECT_TRUE(bench.interrupt.read());
    bench.cpu.delay = sc_core::SC_ZERO_TIME;
    bench.cpu.enter(TrapKind::interrupt);
    EXPECT_EQ(bench.cpu.running(), 1U) << "keeps its slice";
    EXPECT_LT(bench.cpu.trap.time_slice, milliseconds(1));
    bench.cpu.enter(TrapKind::timer);
    EXPECT_EQ(bench.cpu.running(), 0U);
    EXPECT_EQ(bench.cpu.trap.time_slice, milliseconds(1));
    wait(sc_core::sc_time(1, sc_core::SC_US));
    EXPECT_FALSE(bench.interrupt.read());
  });
  EXPECT_EQ(bench.kernel.stats().port.idle_time, Picoseconds(0));
}

TEST(HostKernel, a_fault_leaves_its_process_what_is_left_of_the_slice) {
  KernelConfig config = bench_config();
  config.time_slice = microseconds(2);
  HostBench bench(config, bench_context(64, 1));
  bench.run([&] {
    bench.cpu.enter(TrapKind::start);
    bench.cpu.fault(page(1), AccessType::store);
    EXPECT_EQ(bench.cpu.trap.time_slice, nanoseconds(2000 - 445));
    for (std::uint64_t n = 2; n < 9; ++n) bench.cpu.fault(page(n), AccessType::store);
    EXPECT_EQ(bench.cpu.trap.time_slice, Picoseconds(0)) << "faults use up the slice, too";
    bench.cpu.enter(TrapKind::timer);
    EXPECT_EQ(bench.cpu.trap.time_slice, microseconds(2));
  });
}

TEST(HostKernel, pages_survive_swap_and_frames_are_cleaned_and_invalidated_for_dma) {
  HostBench bench(bench_config(), bench_context(11, 1));
  bench.run([&] {
    bench.cpu.enter(TrapKind::start);
    for (std::uint64_t n = 0; n < 40; ++n) bench.access(page(n), AccessType::store, 1000 + n);
    for (std::uint64_t n = 0; n < 40; ++n) {
      EXPECT_EQ(bench.access(page(n), AccessType::load), 1000 + n);
    }
    bench.cpu.enter(TrapKind::exit);
  });
  const auto operations = [&](CacheOperation operation) {
    return static_cast<std::uint64_t>(
        std::count_if(bench.memory.seen.begin(), bench.memory.seen.end(),
                      [&](const auto& seen) { return seen.operation == operation; }));
  };
  const KernelStats stats = bench.kernel.stats();
  EXPECT_GE(stats.portable.counters.swap_outs, 32U);
  EXPECT_EQ(operations(CacheOperation::clean), stats.portable.counters.swap_outs);
  EXPECT_EQ(operations(CacheOperation::invalidate), 2 * stats.portable.counters.swap_ins);
  EXPECT_EQ(bench.disk.most_occupied, bench.disk.depth);
  EXPECT_GT(stats.portable.counters.queue_full, 0U);
}

TEST(HostKernel, fences_reach_both_first_level_tlbs) {
  HostBench bench(bench_config(), bench_context(64, 1));
  bench.run([&] {
    bench.cpu.enter(TrapKind::start);
    bench.access(page(1), AccessType::store, 1);
    bench.cpu.enter(TrapKind::exit);
  });
  ASSERT_EQ(bench.itlb.fences.size(), 1U);
  ASSERT_EQ(bench.dtlb.fences.size(), 1U);
  EXPECT_EQ(bench.dtlb.fences[0].asid, Asid(1));
}

TEST(HostKernel, a_killed_process_is_reported_with_its_reason_and_the_others_go_on) {
  HostBench bench(bench_config(), bench_context(64, 2));
  bench.run([&] {
    bench.cpu.enter(TrapKind::start);
    bench.cpu.fault(0xffff'ffff'ffff'f000, AccessType::load);
    EXPECT_TRUE(bench.cpu.trap.process_killed);
    EXPECT_EQ(bench.cpu.running(), 1U);
    bench.access(page(1), AccessType::store, 3);
    EXPECT_FALSE(bench.cpu.trap.process_killed);
    bench.cpu.trap.cause = ExceptionCause::load_access_fault;
    bench.cpu.trap.type = AccessType::load;
    bench.cpu.enter(TrapKind::page_fault);
    EXPECT_FALSE(bench.cpu.trap.next);
  });
  const auto kills = bench.kernel.kills();
  ASSERT_EQ(kills.size(), 2U);
  EXPECT_EQ(kills[0].process, 0U);
  EXPECT_EQ(kills[0].reason, kernel::KillReason::bad_address);
  EXPECT_EQ(kills[1].reason, kernel::KillReason::access_fault);
}

TEST(HostKernel, a_disk_error_becomes_the_kernels_read_error) {
  HostBench bench(bench_config(), bench_context(64, 1));
  bench.disk.outcomes[255] = disk::Outcome::data_error;
  bench.run([&] {
    bench.cpu.enter(TrapKind::start);
    bench.cpu.fault(page(1), AccessType::fetch);
    EXPECT_FALSE(bench.cpu.trap.next);
  });
  EXPECT_EQ(bench.kernel.kills().at(0).reason, kernel::KillReason::disk_read_error);
}

TEST(HostKernel, a_trap_without_its_extension_is_an_error) {
  HostBench bench(bench_config(), bench_context(64, 1));
  bench.cpu.script = [&] {
    tlm::tlm_generic_payload payload;
    sc_core::sc_time delay;
    bench.cpu.trap_out->b_transport(payload, delay);
  };
  EXPECT_THROW(sc_core::sc_start(), sc_core::sc_report);
}

TEST(HostKernel, a_machine_of_one_tebibyte_costs_nothing_to_build) {
  HostKernelContext context = bench_context(std::uint64_t{1} << 28U, 1);
  context.disk_capacity = gibibytes(1024);
  HostBench bench(bench_config(), context);
  bench.run([&] {
    bench.cpu.enter(TrapKind::start);
    bench.access(page(1), AccessType::store, 1);
    bench.cpu.enter(TrapKind::exit);
  });
  EXPECT_EQ(bench.kernel.portable().state().frames.free(), std::uint64_t{1} << 28U);
}

}  // namespace
}  // namespace tlmmu
