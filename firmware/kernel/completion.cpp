// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/completion.h"

namespace tlmmu::kernel {

namespace {

bool by_swap(const Frame& frame) {
  return frame.kind == PageKind::anonymous || frame.kind == PageKind::shared;
}

}  // namespace

void Completion::finish(DiskTag tag, TransferResult result) {
  state_.machine.charge(Operation::interrupt);
  const Ppn number(tag.value());
  if (!state_.frames.known(number) || !state_.frames.at(number).on_disk) {
    ++state_.counters.stray_completions;
    return;
  }
  Frame& frame = state_.frames.at(number);
  const bool was_read = frame.state == FrameState::reading;
  const bool ok = result == TransferResult::ok;
  state_.disk.complete(frame);
  if (was_read) {
    ok ? read_done(frame) : read_failed(frame);
  } else {
    wake_writers(frame);
    ok ? write_done(frame) : write_failed(frame);
  }
  state_.scheduler.wake_frame_waiters();
}

// A page that arrives may have lost everybody who wanted it.
bool Completion::is_needed(const Frame& frame) const {
  if (frame.waiters != nullptr || frame.users > 0) return true;
  if (by_swap(frame)) return state_.blocks.at(frame.block).references > 0;
  return frame.kind != PageKind::text;
}

void Completion::read_done(Frame& frame) {
  Counters& c = state_.counters;
  ++(by_swap(frame) ? c.swap_ins : frame.kind == PageKind::buffer ? c.buffer_ins : c.file_ins);
  if (!is_needed(frame)) return spaces_.drop_unneeded(frame);
  mapper_.keep_cached(frame);
  Process* process = frame.waiters;
  frame.waiters = nullptr;
  while (process != nullptr) {
    Process* next = process->awaited.next;
    page_in_.map_for_waiter(*process, frame);
    process = next;
  }
}

// Everybody who needs the page is killed; a later user of the same block tries again.
void Completion::read_failed(Frame& frame) {
  ++state_.counters.read_errors;
  Process* process = frame.waiters;
  frame.waiters = nullptr;
  const bool needed = is_needed(frame);
  const DiskBlock block = frame.block;
  const bool slot = by_swap(frame);
  mapper_.release(frame);
  if (slot && !needed && process == nullptr) state_.blocks.free_slot(block);
  while (process != nullptr) {
    Process* next = process->awaited.next;
    process->awaited = Awaited();
    ending_.kill(*process, KillReason::disk_read_error);
    process = next;
  }
}

// Processes that wait until what they have stored is on the disk, well or not.
void Completion::wake_writers(Frame& frame) {
  while (frame.waiters != nullptr) {
    Process& process = *frame.waiters;
    frame.waiters = process.awaited.next;
    process.awaited = Awaited();
    state_.scheduler.wake(process);
  }
}

void Completion::write_done(Frame& frame) {
  ++state_.counters.writes_done;
  if (frame.users > 0) return mapper_.pools().enter(frame);  // written back, or taken back
  if (!is_needed(frame)) return spaces_.drop_unneeded(frame);
  // Written back; or taken back, stored to, and given up, all while the disk was at work.
  const bool stays = frame.state == FrameState::cached || frame.dirty;
  if (stays) return mapper_.keep_cached(frame);
  mapper_.release(frame);
}

void Completion::write_failed(Frame& frame) {
  ++state_.counters.write_errors;
  state_.blocks.at(frame.block).broken = true;
  if (!is_needed(frame)) return spaces_.drop_unneeded(frame);
  frame.dirty = true;
  if (by_swap(frame)) return slot_broke(frame);
  // A file has no other place for the page: it stays in memory.
  frame.users > 0 ? mapper_.pools().enter(frame) : mapper_.keep_cached(frame);
}

void Completion::slot_broke(Frame& frame) {
  const bool referred = state_.blocks.at(frame.block).references > 0;
  if (frame.users > 0) {
    if (!referred) mapper_.release_slot(frame);
    return mapper_.pools().enter(frame);
  }
  if (const auto slot = reclaimer_.evictor().find_slot()) return move_to_slot(frame, *slot);
  ++state_.counters.swap_outs_undone;
  mapper_.keep_cached(frame);
}

// All PTEs that say that the page is in the broken slot are told the new one. Usually it is the
// one that the frame remembers; if not, all tables are searched, as swapoff does.
void Completion::move_to_slot(Frame& frame, DiskBlock slot) {
  const DiskBlock broken = frame.block;
  const Pte from = absent_pte(PteKind::swapped, broken, PteFlags());
  const Mapping& hint = frame.first;
  const Block& old = state_.blocks.at(broken);
  if (hint.process != nullptr && hint.process->is_alive()) {
    redirect(hint.process, {hint.page, Vpn(hint.page.value() + 1)}, from, slot);
  }
  const Vpn end(state_.mode.user_half().value() >> kPageShift);
  for (std::uint32_t i = 0; i < state_.processes.size() && old.references > 0; ++i) {
    Process& process = state_.processes.at(ProcessId(i));
    if (process.is_alive()) redirect(&process, {Vpn(0), end}, from, slot);
  }
  for (std::uint32_t i = 0; i < state_.segments.size() && old.references > 0; ++i) {
    const SharedSegment& segment = state_.segments.at(SegmentId(i));
    for (std::uint64_t page = 0; segment.alive && page < segment.pages; ++page) {
      const PhysicalAddress entry = segment.entry_of(page);
      const Pte pte = state_.machine.read_pte(entry);
      if (kind_of(pte) != PteKind::swapped || block_of(pte) != broken) continue;
      mapper_.replace_absent({nullptr, Vpn(page), entry}, pte,
                             absent_pte(PteKind::swapped, slot, pte.flags()), Teardown::page);
    }
  }
  mapper_.release_slot(frame);  // retires the broken one
  mapper_.tie(frame, slot);
  frame.dirty = false;
  ++state_.counters.write_retries;
  state_.disk.submit(frame);
}

void Completion::redirect(Process* process, const PageRange& range, Pte from, DiskBlock to) {
  spaces_.tables().each(
      process->root, range, [&](Vpn page, PhysicalAddress entry, Pte pte, unsigned) {
        if (kind_of(pte) != PteKind::swapped) return;
        if (block_of(pte) != block_of(from)) return;
        mapper_.replace_absent({process, page, entry}, pte,
                               absent_pte(PteKind::swapped, to, pte.flags()), Teardown::page);
      });
}

}  // namespace tlmmu::kernel
