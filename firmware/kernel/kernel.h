// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/reclaim.h"

namespace tlmmu::kernel {

/// An access that the hardware could not finish.
struct FaultRequest {
  ProcessId process;
  VirtualAddress address;
  AccessType type;
};

/// The virtual-memory half of an operating system. The port calls it at every trap and every
/// finished transfer; it answers at once and never waits.
class Kernel {
 public:
  Kernel(Machine& machine, const Settings& settings, const Storage& storage);
  Kernel(const Kernel&) = delete;
  Kernel& operator=(const Kernel&) = delete;

  /// A new process, ready to run, with an empty address space. Nothing if the process table is full
  /// or no frame is left for its top page table.
  std::optional<ProcessId> create_process();
  /// Handles a page fault. The process repeats its access when it runs next, unless it was killed.
  FaultAnswer page_fault(const FaultRequest& request);
  /// The hardware found no memory behind the address: the process is killed.
  void access_fault(const FaultRequest& request);
  /// The time slice of the running process is over.
  void timer(ProcessId process);
  /// The process has nothing left to do. Ending one that has ended changes nothing.
  void exit(ProcessId process);
  /// A transfer ended. A tag that is not under way is counted and ignored.
  void disk_done(DiskTag tag, TransferResult result);
  /// Who runs now; nothing while every process waits or has ended.
  std::optional<ProcessId> schedule();

  AddressSpace address_space(ProcessId process) const;
  bool is_alive(ProcessId process) const;
  std::uint32_t alive() const { return state_.scheduler.alive(); }

  const KernelState& state() const { return state_; }
  bool kswapd_awake() const { return reclaimer_.kswapd_awake(); }

 private:
  // A frame, or what to answer where there is none.
  struct Allocation {
    Frame* frame;
    FaultAnswer otherwise;
  };
  // The leaf PTE of an address, or what to answer where a table could not be had.
  struct Leaf {
    std::optional<PhysicalAddress> entry;
    FaultAnswer otherwise;
  };
  // A fault whose leaf PTE was found.
  struct Fault {
    Place place;
    FaultRequest request;
    Pte pte;
  };

  PhysicalAddress entry_address(Ppn table, VirtualAddress address, unsigned level) const;
  Allocation allocate(Process& process, FrameState use);
  Leaf leaf_entry(Process& process, VirtualAddress address);

  FaultAnswer resolve(Process& process, const FaultRequest& request);
  FaultAnswer first_touch(const Fault& fault);
  FaultAnswer first_fetch(const Fault& fault);
  FaultAnswer swapped(const Fault& fault);
  FaultAnswer take_back(const Fault& fault, Frame& frame);
  FaultAnswer present(const Fault& fault);
  FaultAnswer copy_on_write(const Fault& fault, Frame& text);
  FaultAnswer read_page(const Fault& fault, PageKind kind);
  FaultAnswer start_read(const Fault& fault, Frame& frame);
  FaultAnswer handled(const Fault& fault, Frame& frame, FaultKind kind);
  FaultAnswer killed(Process& process, KillReason reason);
  void report(Process& process, const FaultRequest& request, FaultKind kind);

  void finish_read(Frame& frame, TransferResult result);
  void finish_write(Frame& frame, TransferResult result);
  void write_failed(Frame& frame);
  void finish_orphan(Frame& frame, TransferResult result);

  void kill(Process& process, KillReason reason);
  void end(Process& process);
  void free_table(Process& process, Ppn table, unsigned level);
  void free_page(Process& process, Pte pte);
  void abandon(Frame& frame);
  void free_mapped(Frame& frame);

  KernelState state_;
  Mapper mapper_;
  Reclaimer reclaimer_;
};

}  // namespace tlmmu::kernel
