// SPDX-License-Identifier: Apache-2.0
#include "models/cpu/trace_cpu.h"

#include <gmock/gmock.h>

#include <map>

#include "models/workload/vector_source.h"

namespace tlmmu {
namespace {

/// Translates every page to the same number plus an offset, after a latency; faults on chosen
/// pages.
class StubTranslation : public sc_core::sc_module, public LooselyTimedTarget {
 public:
  TranslationTargetSocket in{"in"};
  std::map<std::uint64_t, int> faults_left;  // page number: how often it still faults
  std::vector<std::uint64_t> requests;
  explicit StubTranslation(const sc_core::sc_module_name& name) : sc_module(name) {
    in.bind(*this);
  }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override {
    auto& extension = *payload.get_extension<TranslationExtension>();
    requests.push_back(payload.get_address());
    delay += sc_core::sc_time(3, sc_core::SC_NS);
    int& faults = faults_left[payload.get_address() >> kPageShift];
    extension.reply.fault.reset();
    if (faults > 0) {
      --faults;
      extension.reply.fault = page_fault(extension.type);
    }
    extension.reply.physical = PhysicalAddress(payload.get_address() + 0x8000'0000);
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  }
};

/// Bytes at any address; 10 ns an access; counts what comes.
class StubMemory : public sc_core::sc_module, public LooselyTimedTarget {
 public:
  MemoryTargetSocket in{"in"};
  std::map<std::uint64_t, unsigned char> bytes;
  std::vector<std::uint64_t> addresses;
  bool forgets = false;
  tlm::tlm_response_status response = tlm::TLM_OK_RESPONSE;
  explicit StubMemory(const sc_core::sc_module_name& name) : sc_module(name) { in.bind(*this); }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override {
    addresses.push_back(payload.get_address());
    delay += sc_core::sc_time(10, sc_core::SC_NS);
    for (unsigned i = 0; moves_data(payload) && i < payload.get_data_length(); ++i) {
      unsigned char& byte = bytes[payload.get_address() + i];
      if (payload.is_write() && !forgets) byte = payload.get_data_ptr()[i];
      if (payload.is_read()) payload.get_data_ptr()[i] = byte;
    }
    payload.set_response_status(response);
  }
};

/// Runs processes round-robin; writes down the traps.
class StubKernel : public sc_core::sc_module, public LooselyTimedTarget {
 public:
  MemoryTargetSocket in{"in"};
  std::vector<TrapKind> traps;
  std::vector<bool> alive;
  Picoseconds time_slice = milliseconds(1);
  StubKernel(const sc_core::sc_module_name& name, std::size_t processes)
      : sc_module(name), alive(processes, true) {
    in.bind(*this);
  }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override {
    auto& trap = *payload.get_extension<TrapExtension>();
    traps.push_back(trap.kind);
    delay += sc_core::sc_time(100, sc_core::SC_NS);
    if (trap.kind == TrapKind::exit) alive[trap.process] = false;
    if (trap.kind != TrapKind::page_fault) trap.next = next_after(trap.process, trap.kind);
    trap.time_slice = time_slice;
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  }

 private:
  std::optional<std::uint32_t> next_after(std::uint32_t process, TrapKind kind) const {
    if (kind == TrapKind::start) return 0;
    for (std::uint32_t i = 1; i <= alive.size(); ++i) {
      const auto candidate = static_cast<std::uint32_t>((process + i) % alive.size());
      if (alive[candidate]) return candidate;
    }
    return std::nullopt;
  }
};

struct Bench {
  sc_core::sc_signal<bool> interrupt{"interrupt"};
  StubTranslation translation{"translation"};
  StubMemory memory{"memory"};
  StubKernel kernel;
  TraceCpu cpu;

  explicit Bench(const std::vector<AccessSource*>& sources, StoreVerifier* verifier = nullptr)
      : kernel("kernel", sources.size()), cpu("cpu", CpuConfig(), sources, verifier) {
    cpu.fetch_translation.bind(translation.in);
    cpu.load_store_translation.bind(translation.in);
    cpu.fetch_memory.bind(memory.in);
    cpu.load_store_memory.bind(memory.in);
    cpu.trap_out.bind(kernel.in);
    cpu.interrupt_in.bind(interrupt);
    tlm::tlm_global_quantum::instance().set(sc_core::sc_time(1, sc_core::SC_US));
  }
  std::size_t count_of(TrapKind kind) const {
    return static_cast<std::size_t>(std::count(kernel.traps.begin(), kernel.traps.end(), kind));
  }
};

MemoryAccess fetch(std::uint64_t address) {
  return {VirtualAddress(address), 4, AccessType::fetch};
}
MemoryAccess load(std::uint64_t address, std::uint32_t size = 8) {
  return {VirtualAddress(address), size, AccessType::load};
}
MemoryAccess store(std::uint64_t address, std::uint32_t size = 8) {
  return {VirtualAddress(address), size, AccessType::store};
}

TEST(TraceCpu, an_access_costs_translation_memory_and_execution) {
  VectorSource trace({fetch(0x1000), load(0x2000)});
  Bench bench({&trace});
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
  Bench bench({&trace});
  bench.translation.faults_left[5] = 2;
  sc_core::sc_start();
  EXPECT_EQ(bench.cpu.stats().stores, 1U);
  EXPECT_EQ(bench.cpu.stats().page_faults, 2U);
  EXPECT_EQ(bench.cpu.stats().translations, 3U);
  EXPECT_EQ(bench.memory.addresses.size(), 1U);
}

TEST(TraceCpu, an_access_across_pages_repeats_only_the_piece_that_faults) {
  VectorSource trace({load(0x5ffc)});
  Bench bench({&trace});
  bench.translation.faults_left[6] = 1;
  sc_core::sc_start();
  EXPECT_EQ(bench.translation.requests, (std::vector<std::uint64_t>{0x5ffc, 0x6000, 0x6000}));
  EXPECT_EQ(bench.cpu.stats().page_crossings, 1U);
  EXPECT_EQ(bench.cpu.stats().loads, 1U);
}

TEST(TraceCpu, the_time_slice_hands_over_to_the_next_process) {
  VectorSource one(std::vector<MemoryAccess>(100, load(0x1000)));
  VectorSource two(std::vector<MemoryAccess>(100, load(0x2000)));
  Bench bench({&one, &two});
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
  Bench bench({&trace});
  sc_core::sc_start();
  // 1000 accesses of 13 ns in steps of at least 1 us
  EXPECT_GE(bench.cpu.stats().synchronizations, 12U);
  EXPECT_LE(bench.cpu.stats().synchronizations, 14U);
}

TEST(TraceCpu, an_interrupt_is_taken_at_the_next_synchronization) {
  VectorSource trace(std::vector<MemoryAccess>(1000, load(0x1000)));
  Bench bench({&trace});
  bench.cpu.on_synchronize([&] { bench.interrupt.write(true); });
  sc_core::sc_start();
  EXPECT_GE(bench.count_of(TrapKind::interrupt), 1U);
  EXPECT_EQ(bench.count_of(TrapKind::interrupt), bench.cpu.stats().interrupts);
}

TEST(TraceCpu, verified_stores_come_back_in_loads) {
  VectorSource trace({store(0x1000), store(0x1004), load(0x1000, 16), load(0x1ffc), store(0x1ffc)});
  StoreVerifier verifier;
  Bench bench({&trace}, &verifier);
  sc_core::sc_start();
  EXPECT_EQ(verifier.stats().mismatches, 0U);
  EXPECT_EQ(verifier.stats().bytes_checked, 12U);
}

TEST(TraceCpu, a_memory_that_forgets_is_caught) {
  VectorSource trace({store(0x1000), load(0x1000)});
  StoreVerifier verifier;
  Bench bench({&trace}, &verifier);
  bench.memory.forgets = true;
  sc_core::sc_start();
  EXPECT_EQ(verifier.stats().mismatches, 1U);
}

TEST(TraceCpu, a_bus_error_is_reported_with_process_and_addresses) {
  VectorSource trace({store(0x1000)});
  Bench bench({&trace});
  bench.memory.response = tlm::TLM_ADDRESS_ERROR_RESPONSE;
  try {
    sc_core::sc_start();
    FAIL() << "no error";
  } catch (const sc_core::sc_report& report) {
    EXPECT_THAT(report.get_msg(), testing::HasSubstr("process 0: store at 0x1000"));
  }
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
