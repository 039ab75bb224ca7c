// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/kernel/kernel_config.h"
#include "models/kernel/portable_kernel_stats.h"

namespace tlmmu {

constexpr EnumName<kernel::Operation> kOperationNames[] = {
    {kernel::Operation::trap, "trap"},
    {kernel::Operation::fault, "fault"},
    {kernel::Operation::context_switch, "context_switch"},
    {kernel::Operation::reclaim_scan, "reclaim_scan"},
    {kernel::Operation::disk_request, "disk_request"},
    {kernel::Operation::interrupt, "interrupt"},
    {kernel::Operation::fence, "fence"},
};

/// One kind of work of the kernel and the time charged for it.
struct OperationStats {
  std::uint64_t count = 0;
  Picoseconds cost;  ///< of one

  Picoseconds time() const { return cost * count; }
  void describe(stats::Visitor& v) const;
};

/// Why the kernel was entered.
struct TrapStats {
  std::uint64_t start = 0;
  std::uint64_t page_fault = 0;
  std::uint64_t timer = 0;
  std::uint64_t interrupt = 0;       ///< while a process ran
  std::uint64_t idle_interrupt = 0;  ///< while none could run
  std::uint64_t idle_timeout = 0;    ///< of the disk's timeout, while none could run
  std::uint64_t system_call = 0;
  std::uint64_t exit = 0;

  std::uint64_t total() const {
    return start + page_fault + timer + interrupt + idle_interrupt + idle_timeout + system_call +
           exit;
  }
  void describe(stats::Visitor& v) const;
};

/// What only the host port knows.
struct KernelPortStats {
  std::array<OperationStats, kernel::kOperations> operations;
  TrapStats traps;
  Picoseconds charged_time;  ///< as it was added to the CPU's time
  Picoseconds idle_time;     ///< no process could run
  FaultTimes fault_time;     ///< of all processes
  std::vector<FaultTimes> process_fault_time;
  std::uint64_t disk_timeouts = 0;     ///< times the disk was silent for too long
  std::uint64_t completions = 0;       ///< that an interrupt announced
  std::uint64_t lost_completions = 0;  ///< that were found after a timeout only
  stats::Distribution fault_handling;  ///< nanoseconds from trap to return or block, per fault

  const OperationStats& of(kernel::Operation operation) const {
    return operations[static_cast<unsigned>(operation)];
  }
};

/// Statistics of the kernel, group `kernel`, taken at one moment.
struct KernelStats {
  PortableKernelStats portable;
  KernelPortStats port;

  void describe(stats::Visitor& v) const;

 private:
  void describe_work(stats::Visitor& v) const;
};

}  // namespace tlmmu
