// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <systemc>
#include <vector>

#include "models/kernel/host_machine.h"
#include "models/kernel/kernel_context.h"
#include "models/kernel/kernel_memory.h"
#include "models/tlm/trap_extension.h"

namespace tlmmu {

/// A process that the kernel ended.
struct ProcessKill {
  std::uint32_t process;
  kernel::KillReason reason;
};

/// The portable kernel inside the model. The CPU enters it by traps; all that the kernel does to
/// memory, TLBs and disk are transactions that take their time, and its own instructions are
/// charged by the configuration. Loosely timed: only where no process can run does a trap wait, for
/// the disk.
class HostKernel : public sc_core::sc_module, public LooselyTimedTarget {
 public:
  tlm::tlm_target_socket<64> trap_in;    ///< from the CPU: payloads with a TrapExtension
  MemoryInitiatorSocket memory_out;      ///< to the data cache: PTEs, frames, cache maintenance
  MemoryInitiatorSocket bus_out;         ///< to the router: the disk's registers
  TranslationBroadcastSocket fence_out;  ///< to each first-level TLB
  sc_core::sc_in<bool> interrupt_in;     ///< of the disk, level high

  /// Throws InputError where configuration and machine do not go together (see kernel_settings),
  /// HostError if the host has no room for the tables.
  HostKernel(const sc_core::sc_module_name& name, const KernelConfig& config,
             const HostKernelContext& context, events::Emitter emit);

  KernelStats stats() const;
  /// Processes that were ended and why, in order.
  std::vector<ProcessKill> kills() const;
  /// The running process uses this page: what exact LRU must be told each time. Takes no modelled
  /// time.
  void referenced(VirtualAddress address);
  /// Time in which no process could run, up to the simulation's time `now`.
  Picoseconds idle_time(Picoseconds now) const;
  const kernel::Kernel& portable() const { return kernel_; }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;

 private:
  void handle(TrapExtension& trap);
  void start();
  void start_process(std::uint32_t number);
  void page_fault(TrapExtension& trap);
  void system_call(TrapExtension& trap);
  void take_completions(std::uint64_t& counter);
  /// Asks a disk that has been silent for too long, as drivers do: an interrupt may have been lost.
  void check_disk();
  std::optional<Picoseconds> disk_deadline() const;
  /// Who runs next; waits for the disk while nobody can.
  std::optional<std::uint32_t> next_process(sc_core::sc_time& delay);
  /// Until the disk's interrupt, or until it was silent for too long.
  void wait_for_disk(sc_core::sc_time& delay);
  void answer(TrapExtension& trap, std::optional<std::uint32_t> next);
  void emit_switch(std::uint32_t process);
  void emit_frame_counts();

  // The sockets' backward halves.
  MemoryInitiator memory_back_;
  MemoryInitiator bus_back_;
  ForgetfulTranslationInitiator fence_back_;

  const std::uint32_t processes_;
  const BootPlan boot_;
  const Picoseconds time_slice_;
  const Picoseconds disk_timeout_;
  events::Emitter emit_;
  HostMachine machine_;
  KernelMemory memory_;
  kernel::Kernel kernel_;

  bool keeps_slice_ = false;  ///< the trap leaves the running process its time slice
  Picoseconds slice_end_;
  std::optional<Picoseconds> idle_since_;  ///< while no process can run
  std::uint32_t shown_process_ = events::ProcessSwitch::kIdle;
  events::FrameCounts shown_frames_{};
};

}  // namespace tlmmu
