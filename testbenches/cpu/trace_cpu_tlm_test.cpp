// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "models/workload/vector_source.h"
#include "testbenches/support/cpu_bench.h"

namespace tlmmu {
namespace {

TEST(TraceCpu, an_access_costs_translation_memory_and_execution) {
  VectorSource trace({fetch(0x1000), load(0x2000)});
  CpuBench bench({&trace});
  sc_core::sc_start();
  EXPECT_TRUE(bench.cpu.finished());
  EXPECT_EQ(bench.cpu.stats().fetches, 1U);
  EXPECT_EQ(bench.cpu.stats().loads, 1U);
  // start and exit trap 100 ns each; 2 x (3 + 10) ns; one instruction of one cycle at 2 GHz
  EXPECT_EQ(bench.cpu.stats().elapsed_time, Picoseconds(226'500));
  EXPECT_EQ(bench.memory.addresses, (std::vector<std::uint64_t>{0x8000'1000, 0x8000'2000}));
}

TEST(TraceCpu, a_fault_traps_and_the_access_is_repeated_but_counted_once) {
  VectorSource trace({store(0x5000)});
  CpuBench bench({&trace});
  bench.translation.faults_left[5] = 2;
  sc_core::sc_start();
  EXPECT_EQ(bench.cpu.stats().stores, 1U);
  EXPECT_EQ(bench.cpu.stats().page_faults, 2U);
  EXPECT_EQ(bench.cpu.stats().translations, 3U);
  EXPECT_EQ(bench.memory.addresses.size(), 1U);
}

TEST(TraceCpu, an_access_across_pages_repeats_only_the_piece_that_faults) {
  VectorSource trace({load(0x5ffc)});
  CpuBench bench({&trace});
  bench.translation.faults_left[6] = 1;
  sc_core::sc_start();
  EXPECT_EQ(bench.translation.requests, (std::vector<std::uint64_t>{0x5ffc, 0x6000, 0x6000}));
  EXPECT_EQ(bench.cpu.stats().page_crossings, 1U);
  EXPECT_EQ(bench.cpu.stats().loads, 1U);
}

TEST(TraceCpu, the_time_slice_hands_over_to_the_next_process) {
  VectorSource one(std::vector<MemoryAccess>(100, load(0x1000)));
  VectorSource two(std::vector<MemoryAccess>(100, load(0x2000)));
  CpuBench bench({&one, &two});
  bench.kernel.time_slice = nanoseconds(260);
  sc_core::sc_start();
  EXPECT_EQ(bench.cpu.stats().loads, 200U);
  EXPECT_EQ(bench.count_of(TrapKind::exit), 2U);
  EXPECT_GE(bench.cpu.stats().timer_traps, 8U) << "20 accesses fit into a slice";
  EXPECT_EQ(bench.memory.addresses[0], 0x8000'1000U);
  EXPECT_EQ(bench.memory.addresses[20], 0x8000'2000U) << "the slice ends after 260 ns";
}

TEST(TraceCpu, the_cpu_never_runs_ahead_by_more_than_the_quantum_and_one_access) {
  VectorSource trace(std::vector<MemoryAccess>(1000, load(0x1000)));
  CpuBench bench({&trace});
  sc_core::sc_start();
  // 1000 accesses of 13 ns in steps of at least 1 us
  EXPECT_GE(bench.cpu.stats().synchronizations, 12U);
  EXPECT_LE(bench.cpu.stats().synchronizations, 14U);
}

TEST(TraceCpu, an_interrupt_is_taken_at_the_next_synchronization) {
  VectorSource trace(std::vector<MemoryAccess>(1000, load(0x1000)));
  CpuBench bench({&trace});
  bench.cpu.on_synchronize([&] { bench.interrupt.write(true); });
  sc_core::sc_start();
  EXPECT_GE(bench.count_of(TrapKind::interrupt), 1U);
  EXPECT_EQ(bench.count_of(TrapKind::interrupt), bench.cpu.stats().interrupts);
}

TEST(TraceCpu, an_interrupt_reaches_a_cpu_that_does_nothing_but_trap) {
  VectorSource trace({load(0x1000)});
  CpuBench bench({&trace});
  bench.translation.faults_left[1] = 1000;  // of 100 ns each
  bench.cpu.on_synchronize([&] { bench.interrupt.write(true); });
  sc_core::sc_start();
  EXPECT_GE(bench.cpu.stats().synchronizations, 50U);
  EXPECT_GE(bench.cpu.stats().interrupts, 50U);
}

TEST(TraceCpu, verified_stores_come_back_in_loads) {
  VectorSource trace({store(0x1000), store(0x1004), load(0x1000, 16), load(0x1ffc), store(0x1ffc)});
  StoreVerifier verifier;
  CpuBench bench({&trace}, &verifier);
  sc_core::sc_start();
  EXPECT_EQ(verifier.stats().mismatches, 0U);
  EXPECT_EQ(verifier.stats().bytes_checked, 12U);
}

TEST(TraceCpu, a_memory_that_forgets_is_caught) {
  VectorSource trace({store(0x1000), load(0x1000)});
  StoreVerifier verifier;
  CpuBench bench({&trace}, &verifier);
  bench.memory.forgets = true;
  sc_core::sc_start();
  EXPECT_EQ(verifier.stats().mismatches, 1U);
}

TEST(TraceCpu, a_bus_error_is_reported_with_process_and_addresses) {
  VectorSource trace({store(0x1000)});
  CpuBench bench({&trace});
  bench.memory.response = tlm::TLM_ADDRESS_ERROR_RESPONSE;
  try {
    sc_core::sc_start();
    FAIL() << "no error";
  } catch (const sc_core::sc_report& report) {
    EXPECT_THAT(report.get_msg(), testing::HasSubstr("process 0: store at 0x1000"));
  }
}

TEST(TraceCpu, boots_without_translation_before_it_enters_the_kernel) {
  VectorSource firmware({store(0x8000'1ffc), load(0x8000'1ffc), fetch(0x8000'0000)});
  VectorSource trace({load(0x1000)});
  StoreVerifier verifier;
  CpuBench bench({&trace}, &verifier);
  bench.cpu.boot_with(firmware);
  sc_core::sc_start();
  const CpuStats& stats = bench.cpu.stats();
  EXPECT_EQ(bench.memory.addresses[0], 0x8000'1ffcU) << "the address itself";
  EXPECT_EQ(bench.translation.requests, std::vector<std::uint64_t>{0x1000});
  EXPECT_EQ(stats.bare_accesses, 3U);
  EXPECT_EQ(stats.supervisor_accesses, 3U);
  EXPECT_EQ(stats.user_accesses, 1U);
  EXPECT_EQ(stats.translations + stats.bare_pieces, stats.pieces);
  EXPECT_EQ(verifier.stats().mismatches, 0U);
  EXPECT_GT(verifier.stats().bytes_checked, 0U);
}

TEST(LooselyTimed, nb_transport_is_answered_with_a_clear_error) {
  MemoryInitiator initiator;
  StubMemory target("target");
  tlm::tlm_generic_payload payload;
  tlm::tlm_phase phase = tlm::BEGIN_RESP;
  sc_core::sc_time delay;
  EXPECT_THROW(initiator.nb_transport_bw(payload, phase, delay), sc_core::sc_report);
  EXPECT_THROW(target.nb_transport_fw(payload, phase, delay), sc_core::sc_report);
}

}  // namespace
}  // namespace tlmmu
