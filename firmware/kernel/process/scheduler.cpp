// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/process/scheduler.h"

namespace tlmmu::kernel {

void Scheduler::add(Process& process) {
  process.state = ProcessState::ready;
  ready_.push_back(process);
  ++alive_;
}

void Scheduler::leave_cpu(Process& process) {
  if (running_ != &process) return;
  process.ran = run_time(process);
  running_ = nullptr;
}

void Scheduler::preempt(Process& process) {
  if (running_ != &process) return;
  leave_cpu(process);
  process.state = ProcessState::ready;
  ready_.push_back(process);
}

void Scheduler::block(Process& process, WaitReason reason) {
  leave_cpu(process);
  // One that waited in the ready queue may block too: a call can be made on its behalf.
  if (process.state == ProcessState::ready) ready_.erase(ready_.iterator_to(process));
  process.state = ProcessState::blocked;
  process.waits_for = reason;
  process.blocked_since = machine_.now();
}

void Scheduler::wait_for_frame(Process& process) {
  block(process, WaitReason::frame);
  frame_waiters_.push_back(process);
}

void Scheduler::wake(Process& process) {
  process.use.blocked_time += machine_.now() - process.blocked_since;
  process.state = ProcessState::ready;
  process.waits_for = WaitReason::nothing;
  ready_.push_back(process);
}

void Scheduler::wake_frame_waiters() {
  while (!frame_waiters_.empty()) {
    Process& process = frame_waiters_.front();
    frame_waiters_.pop_front();
    wake(process);
  }
}

void Scheduler::suspend(Process& process) {
  ready_.erase(ready_.iterator_to(process));
  process.state = ProcessState::suspended;
  suspended_.push_back(process);
}

void Scheduler::resume() {
  Process& process = suspended_.front();
  suspended_.pop_front();
  process.state = ProcessState::ready;
  ready_.push_back(process);
}

void Scheduler::end(Process& process) {
  leave_cpu(process);
  if (process.state == ProcessState::suspended) {
    suspended_.erase(suspended_.iterator_to(process));
    ++counters_.ended_suspended;
  }
  if (process.state == ProcessState::ready) ready_.erase(ready_.iterator_to(process));
  if (process.state == ProcessState::blocked) {
    process.use.blocked_time += machine_.now() - process.blocked_since;
    if (process.waits_for == WaitReason::frame) {
      frame_waiters_.erase(frame_waiters_.iterator_to(process));
    }
  }
  process.waits_for = WaitReason::nothing;
  process.state = ProcessState::zombie;
  --alive_;
}

Process* Scheduler::pick() {
  if (running_ != nullptr) return running_;
  if (ready_.empty()) return nullptr;
  running_ = &ready_.front();
  ready_.pop_front();
  running_->state = ProcessState::running;
  running_->running_since = machine_.now();
  if (running_ != last_) {
    ++counters_.context_switches;
    machine_.charge(Operation::context_switch);
    last_ = running_;
  }
  return running_;
}

}  // namespace tlmmu::kernel
