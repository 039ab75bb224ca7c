// SPDX-License-Identifier: Apache-2.0
// Processes and memory as a whole: creation, allocation, out of memory, scheduling.
#include "firmware/kernel/kernel.h"

namespace tlmmu::kernel {

Kernel::Kernel(Machine& machine, const Settings& settings, const Storage& storage)
    : state_(machine, settings, storage), mapper_(state_), reclaimer_(state_, mapper_) {}

std::optional<ProcessId> Kernel::create_process() {
  if (state_.processes.full()) return std::nullopt;
  Frame* root = state_.frames.allocate(FrameState::page_table);
  if (root == nullptr) return std::nullopt;
  Process& process = state_.processes.add();
  process.root = state_.frames.number_of(*root);
  process.page_tables = process.max_page_tables = 1;
  root->owner = process.id;
  ++state_.counters.page_tables_allocated;
  state_.machine.zero_frame(process.root);
  state_.scheduler.add(process);
  reclaimer_.frames_taken();
  return process.id;
}

Kernel::Allocation Kernel::allocate(Process& process, FrameState use) {
  for (;;) {
    if (Frame* frame = state_.frames.allocate(use)) {
      reclaimer_.frames_taken();
      return {frame, FaultAnswer::resume};
    }
    reclaimer_.direct();
    if (state_.frames.free() > 0) continue;
    const std::uint64_t own = process.pinned != nullptr ? 1 : 0;
    // A transfer that ends, or a process that runs on, gives another chance; else one must go.
    if (state_.disk.in_flight() > 0 || state_.pinned > own) {
      mapper_.unpin(process);
      state_.scheduler.wait_for_frame(process);
      ++state_.counters.frame_waits;
      return {nullptr, FaultAnswer::blocked};
    }
    Process& victim = *state_.processes.largest();
    kill(victim, KillReason::out_of_memory);
    if (&victim == &process) return {nullptr, FaultAnswer::killed};
  }
}

void Kernel::timer(ProcessId id) {
  Process& process = state_.processes.at(id);
  mapper_.unpin(process);
  state_.scheduler.preempt(process);
  reclaimer_.kswapd_slice();
}

std::optional<ProcessId> Kernel::schedule() {
  const Process* process = state_.scheduler.pick();
  return process == nullptr ? std::nullopt : std::optional<ProcessId>(process->id);
}

AddressSpace Kernel::address_space(ProcessId id) const {
  const Process& process = state_.processes.at(id);
  return {state_.settings.mode, process.root, process.asid()};
}

bool Kernel::is_alive(ProcessId id) const {
  return state_.processes.contains(id) && state_.processes.at(id).state != ProcessState::zombie;
}

}  // namespace tlmmu::kernel
