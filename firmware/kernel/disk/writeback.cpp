// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/disk/writeback.h"

namespace tlmmu::kernel {

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
  count_look();
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

void Writeback::count_look() {
  state_.machine.charge(Operation::reclaim_scan);
  ++state_.counters.writeback_scanned;
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

}  // namespace tlmmu::kernel
