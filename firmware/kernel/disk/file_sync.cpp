// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/disk/file_sync.h"

namespace tlmmu::kernel {

// A process that is answered `blocked` calls again. Each call goes on where the last one stopped,
// so that pages that become dirty again meanwhile are not waited for without end.
CallAnswer FileSync::msync(Process& process, const PageRange& range) {
  const SyncProgress call(SyncProgress::Of::pages, range.start.value(), range.end.value());
  if (!process.sync.is_of(call)) process.sync = call;
  const auto page_at = [&](std::uint64_t number) { return page_of(process, Vpn(number)); };
  if (!start_all(process, page_at) || !wait_for_all(process, page_at)) {
    return call_later(FaultAnswer::blocked);
  }
  process.sync = SyncProgress();
  return is_broken(process, range) ? call_error(CallError::input_output) : call_result(0);
}

// What is dirty now stays in its frame until it was written, so that one look at each frame finds
// it. Linux has lists of dirty inodes; here only pages that may be dirty cost time.
CallAnswer FileSync::sync(Process& process) {
  if (process.sync.of != SyncProgress::Of::frames) {
    process.sync = SyncProgress(SyncProgress::Of::frames, 0, state_.frames.constructed());
  }
  const auto may_be_dirty = [this](std::uint64_t index) {
    Frame* frame = page_in_frame(index);
    if (frame == nullptr || !frame->watched) return static_cast<Frame*>(nullptr);
    writeback_.count_look();
    return frame;
  };
  const auto any = [this](std::uint64_t index) { return page_in_frame(index); };
  if (!start_all(process, may_be_dirty) || !wait_for_all(process, any)) {
    return call_later(FaultAnswer::blocked);
  }
  process.sync = SyncProgress();
  return call_result(0);
}

// The page of a file that is seen at `page`, if stores there reach the file and it is in memory.
Frame* FileSync::page_of(Process& process, Vpn page) {
  const Area* area = process.areas.find(page);
  if (area == nullptr || area->kind != AreaKind::file || area->is_private()) return nullptr;
  Frame* frame = page_in_.find(state_.files.at(area->file).block_of(area->offset_of(page)));
  return frame != nullptr && frame->state != FrameState::reading ? frame : nullptr;
}

// The page of a file that is in that frame, if there is one.
Frame* FileSync::page_in_frame(std::uint64_t index) {
  if (!state_.frames.known(index)) return nullptr;
  Frame& frame = state_.frames.at_index(index);
  const bool holds = frame.state == FrameState::mapped || frame.state == FrameState::cached ||
                     frame.state == FrameState::writing;
  return holds && frame.kind == PageKind::file ? &frame : nullptr;
}

template <class Find>
bool FileSync::start_all(Process& process, Find page_at) {
  SyncProgress& progress = process.sync;
  for (; progress.started < progress.end; ++progress.started) {
    Frame* frame = page_at(progress.started);
    if (frame == nullptr || !mapper_.look(*frame).dirty) continue;
    if (state_.blocks.at(frame->block).broken) continue;
    if (frame->moving()) {  // what is being written is older: it goes once more
      page_in_.wait_for(process, *frame, Awaited());
      return false;
    }
    if (!writeback_.may_write()) {
      state_.scheduler.wait_for_frame(process);
      return false;
    }
    ++state_.counters.synced;
    writeback_.write(*frame);
  }
  return true;
}

template <class Find>
bool FileSync::wait_for_all(Process& process, Find page_at) {
  SyncProgress& progress = process.sync;
  for (; progress.done < progress.end; ++progress.done) {
    Frame* frame = page_at(progress.done);
    if (frame == nullptr || !frame->moving()) continue;
    page_in_.wait_for(process, *frame, Awaited());
    return false;
  }
  return true;
}

bool FileSync::is_broken(Process& process, const PageRange& range) {
  for (Vpn page = range.start; page < range.end; page = Vpn(page.value() + 1)) {
    const Frame* frame = page_of(process, page);
    if (frame != nullptr && state_.blocks.at(frame->block).broken) return true;
  }
  return false;
}

bool FileSync::shut_down() {
  if (state_.stopped) return true;
  const bool syncs = state_.settings.shutdown == Shutdown::sync;
  if (syncs && !start_the_rest()) return false;
  if (state_.disk.in_flight() > 0) return false;
  count_the_lost();
  state_.stopped = true;
  return true;
}

// False where the disk has enough to do for now.
bool FileSync::start_the_rest() {
  WatchedFrames& watched = state_.watched_files;
  for (auto next = watched.begin(); next != watched.end();) {
    Frame& frame = *next++;
    if (frame.moving()) continue;
    writeback_.count_look();
    if (!mapper_.look(frame).dirty) {
      mapper_.unwatch(frame);
    } else if (!state_.blocks.at(frame.block).broken) {
      if (!writeback_.may_write()) return false;
      ++state_.counters.shutdown_writes;
      writeback_.write(frame);
    }
  }
  return true;
}

void FileSync::count_the_lost() {
  for (const Frame& frame : state_.watched_files) {
    if (mapper_.look(frame).dirty) ++state_.counters.file_pages_lost;
  }
}

}  // namespace tlmmu::kernel
