// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/file_io.h"

#include "firmware/kernel/vm/layout.h"

namespace tlmmu::kernel {

CallAnswer FileIo::begin(Process& process, const FileTransfer& request) {
  if (process.transfer.opened) return next(process);  // it is the same call that waited
  if (!state_.files.contains(request.file)) return call_error(CallError::invalid_argument);
  const Bytes size = kPageBytes * state_.files.at(request.file).pages;
  if (request.offset >= size || request.length == Bytes(0)) return call_result(0);
  const FaultAnswer opened = areas_.open(process, request.file);
  if (opened != FaultAnswer::resume) return call_later(opened);
  process.transfer = {request, Bytes(0), true};
  Bytes& length = process.transfer.request.length;
  if (length > size - request.offset) length = size - request.offset;
  return next(process);
}

CallAnswer FileIo::proceed(Process& process) {
  finish_copy(process);
  return next(process);
}

// The page of the file may go now, and whoever waits for memory tries again.
void FileIo::finish_copy(Process& process) {
  if (process.source == nullptr) return;
  mapper_.pins().release_source(process);
  state_.scheduler.wake_frame_waiters();
}

CallAnswer FileIo::give_up(Process& process) {
  finish_copy(process);
  const Bytes done = process.transfer.done;
  process.transfer = FileProgress();
  return done == Bytes(0) ? call_error(CallError::bad_address) : call_result(done.value());
}

void FileIo::copied(Process& process, Bytes bytes) {
  FileProgress& progress = process.transfer;
  progress.done = progress.done + bytes;
  const bool to_user = progress.request.direction == CopyDirection::to_user;
  Counters& c = state_.counters;
  (to_user ? c.bytes_to_user : c.bytes_from_user) += bytes.value();
  if (process.source != nullptr && !to_user) {
    process.source->dirty = true;
    mapper_.watch(*process.source);
  }
}

CallAnswer FileIo::next(Process& process) {
  FileProgress& progress = process.transfer;
  if (progress.done == progress.request.length) {
    const CallAnswer answer = call_result(progress.done.value());
    progress = FileProgress();
    return answer;
  }
  const File& file = state_.files.at(progress.request.file);
  const Bytes at = progress.request.offset + progress.done;
  const std::uint64_t page = at / kPageBytes;
  Frame* frame = page_in_.find(file.block_of(page));
  if (frame == nullptr || frame->state == FrameState::reading) {
    return bring_in(process, file, page);
  }
  return copy_with(process, *frame);
}

CallAnswer FileIo::bring_in(Process& process, const File& file, std::uint64_t page) {
  mapper_.pins().unpin(process);  // who waits must not keep others from their memory
  const DiskBlock block = file.block_of(page);
  if (Frame* frame = page_in_.find(block)) {
    page_in_.wait_for(process, *frame, Awaited());
    return call_later(FaultAnswer::blocked);
  }
  const FaultAnswer answer = page_in_.read(process, {block, PageKind::file}, Awaited());
  if (process.awaited.frame != nullptr) {
    ++state_.counters.transfer_reads;
    read_ahead(file, page);
  }
  return call_later(answer);
}

void FileIo::read_ahead(const File& file, std::uint64_t page) {
  for (std::uint64_t i = 1; i <= state_.settings.file_readahead && page + i < file.pages; ++i) {
    if (!page_in_.read_ahead({file.block_of(page + i), PageKind::file})) return;
  }
}

CallAnswer FileIo::copy_with(Process& process, Frame& frame) {
  const FileProgress& progress = process.transfer;
  const Bytes at = progress.request.offset + progress.done;
  const Bytes left = progress.request.length - progress.done;
  const Bytes in_page = at % kPageBytes;
  const Bytes room = kPageBytes - in_page;
  const auto page = linear_address(state_.mode, state_.settings, state_.frames.number_of(frame));
  if (!page) {
    process.transfer = FileProgress();
    return call_error(CallError::no_memory);
  }
  mapper_.pins().hold_source(process, frame);
  const VirtualAddress cached = *page + in_page;
  const VirtualAddress buffer = progress.request.buffer + progress.done;
  const bool to_user = progress.request.direction == CopyDirection::to_user;
  CallAnswer answer = call_result(0);
  answer.copy = UserCopy{to_user ? cached : buffer, to_user ? buffer : cached,
                         left < room ? left : room, progress.done};
  return answer;
}

}  // namespace tlmmu::kernel
