// SPDX-License-Identifier: Apache-2.0
// Finished transfers.
#include "firmware/kernel/kernel.h"

namespace tlmmu::kernel {

void Kernel::disk_done(DiskTag tag, TransferResult result) {
  state_.machine.charge(Operation::interrupt);
  const Ppn number(tag.value());
  if (!state_.frames.known(number) || !state_.frames.at(number).on_disk) {
    ++state_.counters.stray_completions;
    return;
  }
  Frame& frame = state_.frames.at(number);
  const bool was_read = frame.state == FrameState::reading;
  state_.disk.complete(frame);
  if (result == TransferResult::error) {
    ++(was_read ? state_.counters.read_errors : state_.counters.write_errors);
  } else if (!was_read) {
    ++state_.counters.writes_done;
  }
  if (frame.orphan) {
    finish_orphan(frame, result);
  } else if (was_read) {
    finish_read(frame, result);
  } else {
    finish_write(frame, result);
  }
  state_.scheduler.wake_frame_waiters();
  reclaimer_.kswapd_slice();
}

void Kernel::finish_read(Frame& frame, TransferResult result) {
  Process& process = state_.processes.at(frame.owner);
  const bool text = frame.kind == PageKind::text;
  if (!text) state_.swap.at(frame.block).cached = nullptr;
  process.awaited = nullptr;
  if (result == TransferResult::error) {
    state_.frames.release(frame);
    kill(process, KillReason::disk_read_error);
    return;
  }
  ++(text ? state_.counters.file_ins : state_.counters.swap_ins);
  const unsigned x = process.awaited_access == AccessType::fetch ? PteFlags::kX : 0U;
  const PteFlags kept = state_.machine.read_pte(frame.entry).flags();
  // A store to text maps it read-only first and faults again for its copy.
  const AccessType access = text ? AccessType::fetch : process.awaited_access;
  mapper_.map(frame, PteFlags(static_cast<std::uint8_t>(kept.raw() | x)), access);
  mapper_.pin(process, frame);
  state_.scheduler.wake(process);
}

void Kernel::finish_write(Frame& frame, TransferResult result) {
  const bool taken_back = frame.state == FrameState::mapped;
  if (taken_back) state_.clock.add(frame);
  if (result == TransferResult::error) {
    write_failed(frame);
    return;
  }
  state_.swap.at(frame.block).cached = nullptr;
  if (!taken_back) state_.frames.release(frame);
}

void Kernel::write_failed(Frame& frame) {
  const bool taken_back = frame.state == FrameState::mapped;
  if (taken_back) state_.slot_holders.erase(state_.slot_holders.iterator_to(frame));
  state_.swap.retire_slot(frame.block);
  frame.has_block = false;
  if (taken_back) return;
  const Pte pte = state_.machine.read_pte(frame.entry);
  if (!reclaimer_.give_slot(frame)) {
    ++state_.counters.swap_outs_undone;
    mapper_.map(frame, pte.flags(), AccessType::load);
    return;
  }
  ++state_.counters.write_retries;
  state_.machine.write_pte(frame.entry, absent_pte(PteKind::swapped, frame.block, pte.flags()));
  state_.swap.at(frame.block).cached = &frame;
  state_.disk.submit(frame);
}

void Kernel::finish_orphan(Frame& frame, TransferResult result) {
  const bool was_read = frame.state == FrameState::reading;
  if (was_read && result == TransferResult::ok) ++state_.counters.reads_abandoned;
  if (frame.kind == PageKind::anonymous) {
    --state_.counters.orphan_slots;
    if (!was_read && result == TransferResult::error) {
      state_.swap.retire_slot(frame.block);
    } else {
      state_.swap.free_slot(frame.block);
    }
  }
  state_.frames.release(frame);
}

}  // namespace tlmmu::kernel
