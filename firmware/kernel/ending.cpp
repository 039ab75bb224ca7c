// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/ending.h"

namespace tlmmu::kernel {

void Ending::kill(Process& process, KillReason reason) {
  ++state_.counters.kills[static_cast<unsigned>(reason)];
  end(process);
  state_.machine.process_killed({process.id, reason});
}

void Ending::end(Process& process) {
  ++state_.counters.processes_ended;
  mapper_.pins().release_source(process);
  mapper_.pins().unpin(process);
  state_.scheduler.end(process);
  forget_awaited(process);
  spaces_.clear(process);
  spaces_.free_root(process);
  leave_family(process);
  state_.slabs_may_shrink = true;
  state_.scheduler.wake_frame_waiters();
}

void Ending::forget_awaited(Process& process) {
  Frame* frame = process.awaited.frame;
  if (frame == nullptr) return;
  Process** link = &frame->waiters;
  while (*link != &process) link = &(*link)->awaited.next;
  *link = process.awaited.next;
  process.awaited = Awaited();
  // Other pages are found again through their blocks; text of a trace is known to its PTE only.
  if (frame->waiters == nullptr && frame->kind == PageKind::text) spaces_.drop_unneeded(*frame);
}

// Children of an ended process have nobody who will wait for them.
void Ending::leave_family(Process& process) {
  for (std::uint32_t i = 0; process.children > 0 && i < state_.processes.size(); ++i) {
    Process& child = state_.processes.at(ProcessId(i));
    if (child.parent != process.id || child.collected) continue;
    child.parent.reset();
    if (!child.is_alive()) state_.processes.collect(child);
    --process.children;
  }
  process.zombies = 0;
  if (!process.parent) {
    state_.processes.collect(process);
    return;
  }
  Process& parent = state_.processes.at(*process.parent);
  ++parent.zombies;
  if (parent.waits_for == WaitReason::child) state_.scheduler.wake(parent);
}

void Ending::collect(Process& parent, Process& child) {
  state_.processes.collect(child);
  --parent.children;
  --parent.zombies;
}

}  // namespace tlmmu::kernel
