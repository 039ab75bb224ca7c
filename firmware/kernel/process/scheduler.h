// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/counters.h"
#include "firmware/kernel/machine.h"
#include "firmware/kernel/process/process.h"

namespace tlmmu::kernel {

/// Round robin over the ready processes, and the queue of those that wait for a frame.
class Scheduler {
 public:
  Scheduler(Machine& machine, Counters& counters) : machine_(machine), counters_(counters) {}

  /// A process that is not in any queue joins the end of the ready queue.
  void add(Process& process);
  /// The running process gives up the CPU and goes to the end of the ready queue.
  void preempt(Process& process);
  /// The process waits for its page from disk, or for a child, until `wake`.
  void block(Process& process, WaitReason reason);
  /// The process waits until memory may be had, then tries again.
  void wait_for_frame(Process& process);
  void wake(Process& process);
  /// Everybody who waits for a frame may try again, first come, first served.
  void wake_frame_waiters();
  /// A ready process is taken out, until `resume`.
  void suspend(Process& process);
  /// The one that was taken out first is ready again; there is one.
  void resume();
  std::uint64_t suspended() const { return suspended_.size(); }
  /// The process ends, whatever its state.
  void end(Process& process);

  /// Who runs now; null if nobody can.
  Process* pick();
  /// Whether nobody runs or is ready to.
  bool is_idle() const { return running_ == nullptr && ready_.empty(); }
  /// How long the process has had the CPU: its own time (Denning's virtual time).
  Picoseconds run_time(const Process& process) {
    if (&process != running_) return process.ran;
    return process.ran + (machine_.now() - process.running_since);
  }
  /// Processes that have not ended.
  std::uint32_t alive() const { return alive_; }

 private:
  void leave_cpu(Process& process);

  Machine& machine_;
  Counters& counters_;
  ProcessQueue ready_;
  ProcessQueue frame_waiters_;
  ProcessQueue suspended_;
  Process* running_ = nullptr;
  Process* last_ = nullptr;  // who ran last, for counting switches
  std::uint32_t alive_ = 0;
};

}  // namespace tlmmu::kernel
