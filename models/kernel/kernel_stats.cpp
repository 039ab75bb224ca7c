// SPDX-License-Identifier: Apache-2.0
#include "models/kernel/kernel_stats.h"

namespace tlmmu {

namespace {

constexpr const char* kOperationHelp[kernel::kOperations] = {
    "entering and leaving the kernel",
    "finding out what a fault is",
    "handing the CPU to another process",
    "looking at one frame for reclaim",
    "setting up one transfer",
    "handling one finished transfer",
    "executing sfence.vma",
};

/// Everything of the group `operations`.
struct Operations {
  const KernelPortStats& port;

  void describe(stats::Visitor& v) const {
    Picoseconds sum;
    for (const auto& name : kOperationNames) {
      const OperationStats& operation = port.of(name.value);
      v.group(name.name, kOperationHelp[static_cast<unsigned>(name.value)], operation);
      sum += operation.time();
    }
    v.law("charged time = sum of count * cost", port.charged_time.value(), sum.value());
  }
};

}  // namespace

void OperationStats::describe(stats::Visitor& v) const {
  v.counter({"count", "operations", "times this was done"}, count);
  v.time({"time", "ps", "charged for it, without memory accesses"}, time());
}

void TrapStats::describe(stats::Visitor& v) const {
  v.counter({"start", "traps", "of the machine coming up"}, start);
  v.counter({"page_fault", "traps", "for page faults"}, page_fault);
  v.counter({"timer", "traps", "at the end of a time slice"}, timer);
  v.counter({"interrupt", "traps", "of the disk while a process ran"}, interrupt);
  v.counter({"idle_interrupt", "traps", "of the disk while no process could run"}, idle_interrupt);
  v.counter({"idle_timeout", "traps", "of the disk's timeout while no process could run"},
            idle_timeout);
  v.counter({"system_call", "traps", "of processes that ask for something"}, system_call);
  v.counter({"exit", "traps", "of processes that have nothing left to do"}, exit);
}

void KernelStats::describe(stats::Visitor& v) const {
  portable.describe(v);
  v.group("traps", "entries of the kernel by reason", port.traps);
  v.group("operations", "the kernel's own time", Operations{port});
  v.time({"charged_time", "ps", "of all operations"}, port.charged_time);
  v.time({"idle_time", "ps", "no process could run: all waited for the disk"}, port.idle_time);
  v.group("fault_time", "time for handling faults, by kind", port.fault_time);
  v.ratio({"fault_time_mean", "ps", "for one fault entry"}, port.fault_time.total().value(),
          portable.counters.fault_traps);
  Picoseconds of_processes;
  for (const ProcessStats& process : portable.processes) of_processes += process.fault_time.total();
  v.law("time of faults = sum over processes", port.fault_time.total().value(),
        of_processes.value());
  v.counter({"disk_timeouts", "times", "a busy disk was silent for too long, and was asked"},
            port.disk_timeouts);
  v.counter({"completions_signaled", "transfers", "whose end an interrupt announced"},
            port.completions);
  v.counter({"completions_lost", "transfers", "whose end was found after a timeout only"},
            port.lost_completions);
  v.distribution({"fault_handling", "ns", "from the trap of a fault to its answer"},
                 port.fault_handling);
  describe_work(v);
}

// Each thing that the kernel counts was work for the port, and nothing else was.
void KernelStats::describe_work(stats::Visitor& v) const {
  using kernel::Operation;
  const kernel::Counters& c = portable.counters;
  const auto count = [this](Operation operation) { return port.of(operation).count; };
  v.law("trap operations = traps", count(Operation::trap), port.traps.total());
  v.law("fault operations = traps for page faults + pages for mlock", count(Operation::fault),
        port.traps.page_fault + c.prefaults);
  v.law("traps for page faults = fault traps", port.traps.page_fault, c.fault_traps);
  v.law("traps for system calls = answered + waits", port.traps.system_call,
        c.system_calls + c.call_waits);
  v.law("faults handled = traps for page faults", port.fault_handling.count(),
        port.traps.page_fault);
  v.law("context-switch operations = context switches", count(Operation::context_switch),
        c.context_switches);
  v.law("fence operations = fences", count(Operation::fence), c.fences);
  v.law("reclaim operations = scanned + throttled + looked at by ticks and write-back",
        count(Operation::reclaim_scan),
        portable.scanned() + c.throttled + c.references_cleared + c.writeback_scanned);
  v.law("disk-request operations = transfers", count(Operation::disk_request), c.transfers);
  v.law("interrupt operations = transfers finished + stray completions",
        count(Operation::interrupt), c.transfers_done + c.stray_completions);
  v.law("transfers finished + stray completions = signaled + lost",
        c.transfers_done + c.stray_completions, port.completions + port.lost_completions);
}

}  // namespace tlmmu
