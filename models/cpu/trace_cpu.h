// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <systemc>
#include <vector>

#include "models/cpu/cpu_config.h"
#include "models/cpu/cpu_stats.h"
#include "models/cpu/store_verifier.h"
#include "models/cpu/trace_player.h"
#include "models/events/sink.h"
#include "models/tlm/payload.h"
#include "models/tlm/sockets.h"
#include "models/tlm/translation_extension.h"
#include "models/tlm/trap_extension.h"

namespace tlmmu {

/// A core that runs processes, recorded or scripted: it does their accesses, one process at a time,
/// in order and one after another: each is translated, then sent to memory. System calls become
/// traps, and what runs is the kernel's decision, asked for by traps. Loosely timed: runs ahead of
/// the rest of the model by at most the global quantum.
class TraceCpu : public sc_core::sc_module {
 public:
  TranslationInitiatorSocket fetch_translation;       ///< to the instruction TLB
  TranslationInitiatorSocket load_store_translation;  ///< to the data TLB
  MemoryInitiatorSocket fetch_memory;                 ///< to the instruction cache
  MemoryInitiatorSocket load_store_memory;            ///< to the data cache
  MemoryInitiatorSocket trap_out;                     ///< to the kernel
  sc_core::sc_in<bool> interrupt_in;                  ///< of the devices, level high

  /// Process i plays `sources[i]`; children that programs make get the numbers above. With a
  /// `verifier`, stores and loads move real bytes and are checked; it may be null. Sources and
  /// verifier must outlive the module.
  TraceCpu(const sc_core::sc_module_name& name, const CpuConfig& config,
           const std::vector<AccessSource*>& sources, StoreVerifier* verifier,
           events::Emitter emit = {});
  ~TraceCpu() override;

  /// Plays these accesses first, before the kernel is entered: at privilege supervisor, and with
  /// satp bare, so that their addresses are physical. Memory is behind all of them. `source`
  /// outlives the module and makes no calls.
  void boot_with(AccessSource& source) { boot_.emplace(source); }

  const CpuStats& stats() const { return stats_; }
  bool finished() const { return finished_; }
  /// The name of a process that made system calls, or is a child of one; else empty.
  std::string process_name(std::uint32_t process) const;
  /// What a trace source threw, if that ended the run; else null.
  std::exception_ptr failure() const { return failure_; }
  /// Called each time the CPU has let the rest of the model catch up; for progress and waves.
  void on_synchronize(std::function<void()> callback) { on_synchronize_ = std::move(callback); }

 private:
  void run();
  void boot(TracePlayer& player);
  void play();
  /// The next piece of what the kernel does for the current process.
  void play_in_kernel(SupervisorRun& run);
  /// It is done: the call has its answer, or the kernel goes on with it.
  void leave_run(const SupervisorRun& run);
  bool translate(const MemoryAccess& piece);
  void access_memory(const MemoryAccess& piece);
  void access_with_data(const MemoryAccess& piece, MemoryInitiatorSocket& socket);
  /// Whether memory answered; if not, the kernel has been entered.
  bool access_in_kernel(SupervisorRun& run, const MemoryAccess& piece);
  void verify_in_kernel(const SupervisorRun& run, const MemoryAccess& piece,
                        const unsigned char* data);
  void fault(const MemoryAccess& piece, ExceptionCause cause);
  void report_bus_error(const MemoryAccess& piece, const tlm::tlm_generic_payload& payload) const;
  void count(const MemoryAccess& piece, bool access_done);
  void keep_time();
  void keep_up();
  void synchronize();
  /// Enters the kernel; afterwards `current_` is what runs next.
  void trap(TrapKind kind);
  void call_kernel(const SystemCall& call);
  /// Hands the answer of a system call to the process that made it.
  void take_answer();
  /// After a fault of the kernel itself: its call may fail, or a copy have to wait.
  void take_fault_answer();
  void finish_call(std::uint32_t process, const kernel::CallAnswer& answer);
  void take_child(std::uint32_t number, std::unique_ptr<ProgramSource> child);
  void set_limit();
  void show_mode(events::HartMode mode);

  // The sockets' backward halves.
  ForgetfulTranslationInitiator fetch_translation_back_;
  ForgetfulTranslationInitiator load_store_translation_back_;
  MemoryInitiator fetch_memory_back_;
  MemoryInitiator load_store_memory_back_;
  MemoryInitiator trap_back_;

  const Picoseconds instruction_time_;
  std::optional<TracePlayer> boot_;
  std::vector<TracePlayer> players_;
  std::map<std::uint32_t, std::unique_ptr<ProgramSource>> children_;  ///< that processes have made
  StoreVerifier* verifier_;
  std::function<void()> on_synchronize_;
  events::Emitter emit_;
  std::optional<events::HartMode> shown_mode_;

  // Payloads live as long as the module and are used again for each access.
  tlm::tlm_generic_payload translation_payload_;
  TranslationExtension translation_;
  MemoryTransaction fetch_{Origin::fetch};
  MemoryTransaction data_{Origin::data};
  tlm::tlm_generic_payload trap_payload_;
  TrapExtension trap_;
  std::array<unsigned char, kPageBytes.value()> buffer_{};

  sc_core::sc_time delay_;  ///< how far this core is ahead of the rest
  sc_core::sc_time limit_;  ///< delay at which the quantum or the time slice ends
  sc_core::sc_time quantum_;
  Picoseconds slice_end_;
  TracePlayer* current_ = nullptr;
  std::uint32_t process_ = 0;
  bool finished_ = false;
  std::exception_ptr failure_;
  CpuStats stats_;
};

}  // namespace tlmmu
