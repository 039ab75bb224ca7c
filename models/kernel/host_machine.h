// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "models/arch/paging_mode.h"
#include "models/events/sink.h"
#include "models/kernel/disk_driver.h"
#include "models/kernel/kernel_stats.h"
#include "models/tlm/translation_extension.h"

namespace tlmmu {

/// The ways out of the kernel's module.
struct HostMachineSockets {
  MemoryInitiatorSocket& memory;       ///< to the data cache
  MemoryInitiatorSocket& bus;          ///< to device registers
  TranslationBroadcastSocket& fences;  ///< to each first-level TLB
};

/// The portable kernel's machine, as TLM transactions and charges. All time goes to the delay of
/// the trap that is being handled.
class HostMachine final : public kernel::Machine {
 public:
  HostMachine(const HostMachineSockets& sockets, PhysicalAddress disk_registers,
              events::Emitter emit);
  HostMachine(const HostMachine&) = delete;
  HostMachine& operator=(const HostMachine&) = delete;
  ~HostMachine();

  /// The kernel works on `delay`'s behalf from here on.
  void enter(sc_core::sc_time& delay) { delay_ = &delay; }
  /// How wide PTEs are.
  void set_mode(const PagingMode& mode) { pte_bytes_ = mode.pte_bytes; }
  /// What each operation costs.
  void set_costs(const KernelCyclesConfig& cycles, ClockPeriod clock);
  void start_disk() { disk_.start(*delay_); }
  std::optional<FinishedTransfer> take_completion() { return disk_.take_completion(*delay_); }

  /// What the fault that was handled last turned out to be, once; empty if it ended in waiting.
  std::optional<kernel::FaultKind> take_fault_kind() { return std::exchange(fault_kind_, {}); }
  /// Does something that reads PTEs only, beside the modelled time.
  template <class Action>
  void observe(Action action) {
    observing_ = true;
    action();
    observing_ = false;
  }

  DiskDriver& disk() { return disk_; }
  const DiskDriver& disk() const { return disk_; }

  KernelPortStats& stats() { return stats_; }
  const KernelPortStats& stats() const { return stats_; }
  const std::vector<kernel::KillReport>& kills() const { return kills_; }

  Pte read_pte(PhysicalAddress entry) override;
  void write_pte(PhysicalAddress entry, Pte pte) override;
  void zero_frame(Ppn frame) override;
  void copy_frame(kernel::FrameCopy copy) override;
  void fence(const Fence& fence) override;
  void dma_sync_for_device(Ppn frame, kernel::TransferDirection direction) override;
  void dma_sync_for_cpu(Ppn frame, kernel::TransferDirection direction) override;
  kernel::Submission start_transfer(const kernel::DiskTransfer& transfer) override;
  Picoseconds now() override { return local_time(*delay_); }
  void charge(kernel::Operation operation) override;
  void fault_handled(const kernel::FaultReport& report) override;
  void process_killed(const kernel::KillReport& report) override { kills_.push_back(report); }

 private:
  static constexpr unsigned kPage = kPageBytes.value();

  void access(tlm::tlm_command command, PhysicalAddress address, unsigned char* data,
              unsigned length);
  void look(PhysicalAddress address, unsigned char* data, unsigned length);
  void maintain(Ppn frame, CacheOperation operation);
  void send(tlm::tlm_generic_payload& payload);

  HostMachineSockets sockets_;
  DiskDriver disk_;
  events::Emitter emit_;
  sc_core::sc_time* delay_ = nullptr;
  bool observing_ = false;
  unsigned pte_bytes_ = 8;
  MemoryTransaction memory_{Origin::kernel};
  MemoryTransaction maintenance_{Origin::kernel};
  tlm::tlm_generic_payload fence_payload_;
  TranslationExtension fence_;
  std::array<unsigned char, kPage> zeros_{};
  std::array<unsigned char, kPage> buffer_{};
  KernelPortStats stats_;
  std::optional<kernel::FaultKind> fault_kind_;
  std::vector<kernel::KillReport> kills_;
};

}  // namespace tlmmu
