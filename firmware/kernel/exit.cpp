// SPDX-License-Identifier: Apache-2.0
// The end of a process: everything it holds goes back, at once or when the disk lets go of it.
#include "firmware/kernel/kernel.h"

namespace tlmmu::kernel {

void Kernel::exit(ProcessId id) {
  if (is_alive(id)) end(state_.processes.at(id));
  reclaimer_.kswapd_slice();
}

void Kernel::kill(Process& process, KillReason reason) {
  ++state_.counters.kills[static_cast<unsigned>(reason)];
  end(process);
  state_.machine.process_killed({process.id, reason});
}

void Kernel::end(Process& process) {
  mapper_.unpin(process);
  state_.scheduler.end(process);
  // Text on its way is known only here; an anonymous page is found through its slot.
  if (process.awaited != nullptr && process.awaited->kind == PageKind::text) {
    abandon(*process.awaited);
  }
  process.awaited = nullptr;
  free_table(process, process.root, state_.mode.levels - 1);
  mapper_.fence({std::nullopt, process.asid()});
  state_.scheduler.wake_frame_waiters();
}

void Kernel::free_table(Process& process, Ppn table, unsigned level) {
  const std::uint64_t entries = std::uint64_t{1} << state_.mode.index_bits;
  for (std::uint64_t i = 0; i < entries; ++i) {
    const Pte pte = state_.machine.read_pte(address_of(table) + Bytes(i * state_.mode.pte_bytes));
    if (level == 0) {
      free_page(process, pte);
    } else if (pte.flags().v()) {
      free_table(process, pte.ppn(), level - 1);
    }
  }
  state_.frames.release(state_.frames.at(table));
  --process.page_tables;
  ++state_.counters.page_tables_freed;
}

void Kernel::free_page(Process& process, Pte pte) {
  if (kind_of(pte) == PteKind::valid) {
    --process.resident;
    free_mapped(state_.frames.at(pte.ppn()));
  } else if (kind_of(pte) == PteKind::swapped) {
    ++state_.counters.swap_discarded;
    Frame* moving = state_.swap.at(block_of(pte)).cached;
    if (moving != nullptr) {
      abandon(*moving);
    } else {
      state_.swap.free_slot(block_of(pte));
    }
  }
}

void Kernel::free_mapped(Frame& frame) {
  const bool holds_slot = frame.kind == PageKind::anonymous && frame.has_block;
  if (holds_slot) state_.slot_holders.erase(state_.slot_holders.iterator_to(frame));
  if (frame.on_disk) {
    state_.frames.set_state(frame, FrameState::writing);
    abandon(frame);
    return;
  }
  state_.clock.remove(frame);
  mapper_.release_slot(frame);
  state_.frames.release(frame);
}

void Kernel::abandon(Frame& frame) {
  if (frame.on_disk) {
    frame.orphan = true;
    if (frame.kind == PageKind::anonymous) ++state_.counters.orphan_slots;
    return;
  }
  const bool read = frame.state == FrameState::reading;
  ++(read ? state_.counters.reads_abandoned : state_.counters.cancelled_writes);
  state_.disk.cancel(frame);
  mapper_.release_slot(frame);
  state_.frames.release(frame);
}

}  // namespace tlmmu::kernel
