// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "models/cpu/trace_cpu.h"

namespace tlmmu {

/// Translates every page to the same number plus an offset, after a latency; faults on chosen
/// pages.
class StubTranslation : public sc_core::sc_module, public LooselyTimedTarget {
 public:
  TranslationTargetSocket in{"in"};
  std::map<std::uint64_t, int> faults_left;  // page number: how often it still faults
  std::vector<std::uint64_t> requests;
  sc_core::sc_time latency{3, sc_core::SC_NS};
  explicit StubTranslation(const sc_core::sc_module_name& name) : sc_module(name) {
    in.bind(*this);
  }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override {
    auto& extension = *payload.get_extension<TranslationExtension>();
    requests.push_back(payload.get_address());
    delay += latency;
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
  sc_core::sc_time latency{10, sc_core::SC_NS};
  tlm::tlm_response_status response = tlm::TLM_OK_RESPONSE;
  explicit StubMemory(const sc_core::sc_module_name& name) : sc_module(name) { in.bind(*this); }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override {
    addresses.push_back(payload.get_address());
    delay += latency;
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
  sc_core::sc_time fault_service{100, sc_core::SC_NS};
  sc_core::sc_time other_service{100, sc_core::SC_NS};
  StubKernel(const sc_core::sc_module_name& name, std::size_t processes)
      : sc_module(name), alive(processes, true) {
    in.bind(*this);
  }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override {
    auto& trap = *payload.get_extension<TrapExtension>();
    traps.push_back(trap.kind);
    delay += trap.kind == TrapKind::page_fault ? fault_service : other_service;
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

/// A CPU between stubs of everything that it talks to.
struct CpuBench {
  sc_core::sc_signal<bool> interrupt{"interrupt"};
  StubTranslation translation{"translation"};
  StubMemory memory{"memory"};
  StubKernel kernel;
  TraceCpu cpu;

  explicit CpuBench(const std::vector<AccessSource*>& sources, StoreVerifier* verifier = nullptr)
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

inline MemoryAccess fetch(std::uint64_t address) {
  return {VirtualAddress(address), 4, AccessType::fetch};
}
inline MemoryAccess load(std::uint64_t address, std::uint32_t size = 8) {
  return {VirtualAddress(address), size, AccessType::load};
}
inline MemoryAccess store(std::uint64_t address, std::uint32_t size = 8) {
  return {VirtualAddress(address), size, AccessType::store};
}

}  // namespace tlmmu
