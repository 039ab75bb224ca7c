// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "models/arch/permissions.h"
#include "testbenches/kernel/host_stubs.h"
#include "testbenches/support/laws.h"

namespace tlmmu {

/// Runs a script that traps into the kernel.
class ScriptCpu : public sc_core::sc_module, public MemoryInitiator {
 public:
  tlm::tlm_initiator_socket<64> trap_out{"trap_out"};
  TrapExtension trap;
  sc_core::sc_time delay;
  explicit ScriptCpu(const sc_core::sc_module_name& name) : sc_module(name) {
    trap_out.bind(*this);
    payload_.set_extension(&trap);
    SC_HAS_PROCESS(ScriptCpu);
    SC_THREAD(run);
  }
  ~ScriptCpu() override { payload_.clear_extension(&trap); }

  std::function<void()> script;
  void enter(TrapKind kind) {
    trap.kind = kind;
    if (kind != TrapKind::start) trap.process = running();
    payload_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    trap_out->b_transport(payload_, delay);
    EXPECT_TRUE(payload_.is_response_ok());
  }
  std::uint32_t running() const { return trap.next.value_or(~0U); }
  void fault(std::uint64_t address, AccessType type) {
    trap.address = VirtualAddress(address);
    trap.type = type;
    trap.cause = page_fault(type);
    enter(TrapKind::page_fault);
  }

 private:
  void run() { script(); }
  tlm::tlm_generic_payload payload_;
};

inline HostKernelContext bench_context(std::uint64_t frames, std::uint32_t processes) {
  HostKernelContext context;
  context.memory_size = kPageBytes * frames;
  context.memory_base = kBenchMemory;
  context.disk_capacity = mebibytes(1);
  context.disk_registers = kBenchDisk;
  context.processes = processes;
  return context;
}

inline KernelConfig bench_config() {
  KernelConfig config;
  config.reserved = Bytes(0);
  config.watermarks = WatermarkSource::given;
  config.watermark_min = 0;
  return config;
}

/// The kernel's module with everything around it stubbed. One per test: SystemC elaborates once.
struct HostBench {
  StubMemory memory{"memory"};
  StubDisk disk{"disk", memory};
  StubTlb itlb{"itlb"}, dtlb{"dtlb"};
  ScriptCpu cpu{"cpu"};
  sc_core::sc_signal<bool> interrupt{"interrupt"};
  HostKernel kernel;

  HostBench(const KernelConfig& config, const HostKernelContext& context,
            events::Emitter emit = events::Emitter())
      : kernel("kernel", config, context, emit) {
    cpu.trap_out.bind(kernel.trap_in);
    kernel.memory_out.bind(memory.in);
    kernel.bus_out.bind(disk.in);
    kernel.fence_out.bind(itlb.in);
    kernel.fence_out.bind(dtlb.in);
    disk.interrupt_out.bind(interrupt);
    kernel.interrupt_in.bind(interrupt);
  }

  void run(const std::function<void()>& script) {
    cpu.script = script;
    sc_core::sc_start();
    tlmmu::testing::expect_laws_hold(kernel.stats());
  }

  /// The word that the running process has at `address`; null where it may not do `type`.
  unsigned char* translate(std::uint64_t address, AccessType type) {
    const PagingMode& mode = paging_mode(cpu.trap.space.mode);
    Ppn table = cpu.trap.space.root;
    for (unsigned level = mode.levels - 1;; --level) {
      const std::uint64_t entry =
          address_of(table).value() + 8 * mode.index(VirtualAddress(address), level);
      Pte pte(memory.word(entry));
      if (!pte.flags().v()) return nullptr;
      table = pte.ppn();
      if (level > 0) continue;
      if (!permits(pte.flags(), type, AccessContext{})) return nullptr;
      const unsigned d = type == AccessType::store ? PteFlags::kD : 0U;
      pte = pte.with_flags(static_cast<std::uint8_t>(PteFlags::kA | d));
      std::memcpy(memory.at(entry), &pte, sizeof pte);
      return memory.at(address_of(table).value() + (address & 0xfffU));
    }
  }

  /// The running process does the access, through as many faults as it takes; other processes that
  /// come to run meanwhile give up the CPU at once.
  std::uint64_t access(std::uint64_t address, AccessType type, std::uint64_t value = 0) {
    const std::uint32_t process = cpu.running();
    for (int tries = 0; tries < 1000; ++tries) {
      if (cpu.running() != process) {
        cpu.enter(TrapKind::timer);
        continue;
      }
      if (unsigned char* word = translate(address, type)) {
        if (type == AccessType::store) std::memcpy(word, &value, sizeof value);
        std::memcpy(&value, word, sizeof value);
        return value;
      }
      cpu.fault(address, type);
    }
    ADD_FAILURE() << "no progress";
    return 0;
  }
};

}  // namespace tlmmu
