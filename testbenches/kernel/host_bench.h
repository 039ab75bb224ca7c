// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>

#include <cstring>
#include <deque>
#include <functional>
#include <map>

#include "models/arch/permissions.h"
#include "models/kernel/host_kernel.h"
#include "testbenches/support/laws.h"

namespace tlmmu {

constexpr PhysicalAddress kBenchMemory{0x8000'0000};
constexpr PhysicalAddress kBenchDisk{0x1000'1000};

/// Bytes at any address; 5 ns an access, 1 ns a cache operation; writes down what comes.
class StubMemory : public sc_core::sc_module, public LooselyTimedTarget {
 public:
  struct Seen {
    std::uint64_t address;
    unsigned length;
    bool write;
    CacheOperation operation;
    Origin origin;
  };
  MemoryTargetSocket in{"in"};
  std::map<std::uint64_t, std::array<unsigned char, 4096>> frames;
  std::vector<Seen> seen;
  explicit StubMemory(const sc_core::sc_module_name& name) : sc_module(name) { in.bind(*this); }

  unsigned char* at(std::uint64_t address) {
    return frames[address >> 12U].data() + (address & 0xfffU);
  }
  std::uint64_t word(std::uint64_t address) {
    std::uint64_t value = 0;
    std::memcpy(&value, at(address), sizeof value);
    return value;
  }
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override {
    const auto& extension = *payload.get_extension<MemoryExtension>();
    seen.push_back({payload.get_address(), payload.get_data_length(), payload.is_write(),
                    extension.operation, extension.origin});
    const bool access = extension.operation == CacheOperation::access;
    delay += sc_core::sc_time(access ? 5 : 1, sc_core::SC_NS);
    if (access && moves_data(payload)) {
      unsigned char* here = at(payload.get_address());
      unsigned char* data = payload.get_data_ptr();
      if (payload.is_write()) std::copy_n(data, payload.get_data_length(), here);
      if (payload.is_read()) std::copy_n(here, payload.get_data_length(), data);
    }
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  }
};

/// A disk behind its registers: each command takes `latency`, all at once.
class StubDisk : public sc_core::sc_module, public LooselyTimedTarget {
 public:
  MemoryTargetSocket in{"in"};
  sc_core::sc_out<bool> interrupt_out{"interrupt_out"};
  std::uint32_t depth = 4;
  std::uint32_t most_occupied = 0;
  sc_core::sc_time latency{10, sc_core::SC_US};
  std::map<std::uint64_t, std::array<unsigned char, 4096>> blocks;
  std::map<std::uint64_t, disk::Outcome> outcomes;  // of commands on these blocks, if not ok

  StubDisk(const sc_core::sc_module_name& name, StubMemory& memory)
      : sc_module(name), memory_(memory) {
    in.bind(*this);
    SC_HAS_PROCESS(StubDisk);
    SC_METHOD(work);
    sensitive << wake_;
    dont_initialize();
  }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override {
    delay += sc_core::sc_time(20, sc_core::SC_NS);
    const Bytes offset = PhysicalAddress(payload.get_address()) - kBenchDisk;
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    unsigned char* data = payload.get_data_ptr();
    if (offset == disk::kSubmissionOffset && payload.is_write()) {
      disk::Submission command;
      std::memcpy(&command, data, sizeof command);
      running_.push_back({sc_core::sc_time_stamp() + delay + latency, command});
      most_occupied = std::max(most_occupied, occupied());
      wake_.notify(running_.front().first - sc_core::sc_time_stamp());
    } else if (offset == disk::kCompletionOffset && payload.is_read()) {
      const disk::Completion completion = take();
      std::memcpy(data, &completion, sizeof completion);
    } else if (offset == disk::kStatusOffset && payload.is_read()) {
      disk::Status status;
      status.depth = depth;
      std::memcpy(data, &status, sizeof status);
    } else {
      payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    }
  }

 private:
  std::uint32_t occupied() const {
    return static_cast<std::uint32_t>(running_.size() + finished_.size());
  }
  disk::Completion take() {
    disk::Completion completion;
    if (finished_.empty()) return completion;
    completion = finished_.front();
    finished_.pop_front();
    wake_.notify(sc_core::SC_ZERO_TIME);
    return completion;
  }
  void work() {
    while (!running_.empty() && running_.front().first <= sc_core::sc_time_stamp()) {
      finish(running_.front().second);
      running_.pop_front();
    }
    interrupt_out.write(!finished_.empty());
    if (!running_.empty()) wake_.notify(running_.front().first - sc_core::sc_time_stamp());
  }
  void finish(const disk::Submission& command) {
    const auto outcome =
        outcomes.count(command.block) ? outcomes[command.block] : disk::Outcome::ok;
    unsigned char* frame = memory_.at(command.bus_address);
    auto& block = blocks[command.block];
    if (outcome == disk::Outcome::ok && command.operation == disk::Operation::read) {
      std::copy(block.begin(), block.end(), frame);
    } else if (outcome == disk::Outcome::ok) {
      std::copy_n(frame, block.size(), block.begin());
    }
    disk::Completion completion;
    completion.tag = command.tag;
    completion.outcome = outcome;
    finished_.push_back(completion);
  }

  StubMemory& memory_;
  sc_core::sc_event wake_;
  std::deque<std::pair<sc_core::sc_time, disk::Submission>> running_;
  std::deque<disk::Completion> finished_;
};

/// Counts fences.
class StubTlb : public sc_core::sc_module, public LooselyTimedTarget {
 public:
  TranslationTargetSocket in{"in"};
  std::vector<Fence> fences;
  explicit StubTlb(const sc_core::sc_module_name& name) : sc_module(name) { in.bind(*this); }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override {
    const auto& extension = *payload.get_extension<TranslationExtension>();
    EXPECT_EQ(extension.command, TranslationCommand::fence);
    fences.push_back(extension.fence);
    delay += sc_core::sc_time(1, sc_core::SC_NS);
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  }
};

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
