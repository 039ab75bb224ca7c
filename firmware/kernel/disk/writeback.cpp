// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/disk/writeback.h"

namespace tlmmu::kernel {

namespace {

constexpr Vpn after(Vpn page) {
  return Vpn(page.value() + 1);
}

}  // namespace

void Writeback::check() {
  WatchedFrames& watched = state_.watched_files;
  const Picoseconds period = state_.settings.dirty_writeback;
  if (watched.empty() || period == Picoseconds(0)) return;
  if (left_ == 0) {
    const Picoseconds now = state_.settled;
    if (now - last_round_ < period) return;
    last_round_ = now;
    ++state_.counters.writeback_rounds;
    left_ = watched.size();
  }
  for (std::uint64_t i = 0; i < state_.settings.kswapd_slice && left_ > 0; ++i, --left_) {
    if (watched.empty()) break;
    Frame& frame = watched.front();
    watched.splice(watched.end(), watched, watched.begin());
    look_at(frame);
  }
  if (watched.empty()) left_ = 0;
}

// A page's age is counted in rounds: so many in a row have found it dirty.
void Writeback::look_at(Frame& frame) {
  state_.machine.charge(Operation::reclaim_scan);
  ++state_.counters.writeback_scanned;
  if (frame.moving()) return;
  if (!mapper_.look(frame).dirty) {
    frame.dirty_rounds = 0;
    bool writable = false;
    Mapper::each_user(frame, [&](const Mapping& user) {
      writable = writable || state_.machine.read_pte(user.entry).flags().w();
    });
    if (!writable) mapper_.unwatch(frame);
    return;
  }
  const std::uint64_t expired =
      state_.settings.dirty_expire.value() / state_.settings.dirty_writeback.value();
  if (frame.dirty_rounds < expired && frame.dirty_rounds < Frame::kMostDirtyRounds) {
    ++frame.dirty_rounds;
    return;
  }
  if (!may_write() || state_.blocks.at(frame.block).broken) return;
  ++state_.counters.written_back;
  write(frame);
}

bool Writeback::may_write() const {
  return state_.disk.writes_in_flight() < state_.settings.nr_async_pages;
}

// Its users keep the page, and their next store makes it dirty again.
void Writeback::write(Frame& frame) {
  frame.dirty_rounds = 0;
  mapper_.clear_dirty(frame);
  mapper_.pools().leave(frame);
  state_.disk.submit(frame);
}

// A process that is answered `blocked` calls again. Each call goes on where the last one stopped,
// so that pages that become dirty again meanwhile are not waited for without end.
CallAnswer Writeback::sync(Process& process, const PageRange& range) {
  SyncProgress& progress = process.sync;
  const bool goes_on = progress.range.start == range.start && progress.range.end == range.end;
  if (!goes_on) progress = {range, range.start, range.start};
  if (!start_all(process) || !wait_for_all(process)) return call_later(FaultAnswer::blocked);
  progress = SyncProgress();
  return is_broken(process, range) ? call_error(CallError::input_output) : call_result(0);
}

// The page of a file that is seen at `page`, if stores there reach the file and it is in memory.
Frame* Writeback::page_of(Process& process, Vpn page) {
  const Area* area = process.areas.find(page);
  if (area == nullptr || area->kind != AreaKind::file || area->is_private()) return nullptr;
  Frame* frame = page_in_.find(state_.files.at(area->file).block_of(area->offset_of(page)));
  return frame != nullptr && frame->state != FrameState::reading ? frame : nullptr;
}

bool Writeback::start_all(Process& process) {
  SyncProgress& progress = process.sync;
  for (; progress.started < progress.range.end; progress.started = after(progress.started)) {
    Frame* frame = page_of(process, progress.started);
    if (frame == nullptr || !mapper_.look(*frame).dirty) continue;
    if (state_.blocks.at(frame->block).broken) continue;
    if (frame->moving()) {  // what is being written is older: it goes once more
      page_in_.wait_for(process, *frame, Awaited());
      return false;
    }
    if (!may_write()) {
      state_.scheduler.wait_for_frame(process);
      return false;
    }
    ++state_.counters.synced;
    write(*frame);
  }
  return true;
}

bool Writeback::wait_for_all(Process& process) {
  SyncProgress& progress = process.sync;
  for (; progress.done < progress.range.end; progress.done = after(progress.done)) {
    Frame* frame = page_of(process, progress.done);
    if (frame == nullptr || !frame->moving()) continue;
    page_in_.wait_for(process, *frame, Awaited());
    return false;
  }
  return true;
}

bool Writeback::is_broken(Process& process, const PageRange& range) {
  for (Vpn page = range.start; page < range.end; page = after(page)) {
    const Frame* frame = page_of(process, page);
    if (frame != nullptr && state_.blocks.at(frame->block).broken) return true;
  }
  return false;
}

}  // namespace tlmmu::kernel
