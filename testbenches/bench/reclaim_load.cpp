// SPDX-License-Identifier: Apache-2.0
#include "testbenches/bench/reclaim_load.h"

#include <cstdlib>

namespace tlmmu::kernel {

namespace {

Settings settings_for(Situation situation, std::uint64_t frames) {
  Settings settings = flat_settings(frames);
  settings.watermarks = Watermarks::from_min(default_watermark_min(settings.memory_size));
  // The file's pages and its index, and a little swap.
  if (situation == Situation::swap_full) settings.disk.blocks = 2 * frames + 1 + frames / 16;
  return settings;
}

std::uint64_t looks_of(const Counters& c) {
  return c.scanned_cached + c.scanned_shared + c.scanned_pages;
}

ProcessId start(Kernel& kernel) {
  const ImageSegment data{{VirtualAddress(0x1'0000), Bytes(kPageBytes)}, kReadWrite, {}};
  return *kernel.create_task({&data, 1});
}

}  // namespace

const char* name_of(Situation situation) {
  switch (situation) {
    case Situation::anonymous:
      return "anonymous pages, room in swap";
    case Situation::file:
      return "clean file pages";
    case Situation::shared:
      return "shared pages, four users each";
    case Situation::swap_full:
      return "file pages, half is anonymous and swap full";
    case Situation::locked:
      return "anonymous pages, half is locked";
  }
  return "";
}

ReclaimLoad::ReclaimLoad(Situation situation, std::uint64_t frames)
    : host_(settings_for(situation, frames)), pages_(2 * frames) {
  users_.push_back(start(host_.kernel));
  std::optional<FilePart> file;  // first: what swap has taken, no file can have
  if (situation == Situation::file || situation == Situation::swap_full) {
    file = FilePart{*host_.kernel.create_file(pages_)};
  }
  if (situation == Situation::swap_full) fill_swap(frames / 2);
  if (situation == Situation::locked) lock(frames / 2);
  if (situation == Situation::shared) {
    attach_segment(pages_);
  } else {
    first_ = map(pages_, file);
  }
  if (file) type_ = AccessType::load;
  while (next_ < pages_) touch_next();
}

void ReclaimLoad::reclaim(std::uint64_t pages) {
  const std::uint64_t enough = work().pages + pages;
  while (work().pages < enough) touch_next();
}

ReclaimWork ReclaimLoad::work() const {
  const Counters& counters = host_.kernel.state().counters;
  return {looks_of(counters), counters.evictions};
}

void ReclaimLoad::touch_next() {
  const VirtualAddress address = first_ + Bytes((next_++ % pages_) << kPageShift);
  for (const ProcessId user : users_) touch(user, address);
}

void ReclaimLoad::touch(ProcessId process, VirtualAddress address) {
  for (;;) {
    run(process);
    const FaultAnswer answer = host_.kernel.page_fault({process, address, type_});
    if (answer == FaultAnswer::killed) std::abort();  // the load is made so that none is
    host_.finish_transfers();
    if (answer == FaultAnswer::resume) return;
  }
}

void ReclaimLoad::run(ProcessId process) {
  for (;;) {
    const auto running = host_.kernel.schedule();
    if (running == process) return;
    if (running) host_.kernel.timer(*running);
    host_.finish_transfers();
  }
}

template <class Call>
std::uint64_t ReclaimLoad::call(ProcessId process, Call body) {
  for (;;) {
    run(process);
    const CallAnswer answer = body(host_.kernel);
    host_.finish_transfers();
    if (answer.answer == FaultAnswer::blocked) continue;
    if (!answer.ok()) std::abort();
    return answer.value;
  }
}

VirtualAddress ReclaimLoad::map(std::uint64_t pages, std::optional<FilePart> contents) {
  MapRequest request;
  request.length = kPageBytes * pages;
  request.permissions = contents ? kReadOnly : kReadWrite;
  request.contents = contents;
  return VirtualAddress(
      call(users_.front(), [&](Kernel& k) { return k.mmap(users_.front(), request); }));
}

void ReclaimLoad::attach_segment(std::uint64_t pages) {
  const SegmentKey key(1);
  while (users_.size() < 4) users_.push_back(start(host_.kernel));
  for (const ProcessId user : users_) {
    const SegmentId segment(static_cast<std::uint32_t>(
        call(user, [&](Kernel& k) { return k.shmget(user, key, kPageBytes * pages); })));
    first_ = VirtualAddress(call(user, [&](Kernel& k) { return k.shmat(user, segment, {}); }));
  }
}

void ReclaimLoad::fill_swap(std::uint64_t pages) {
  const std::uint64_t slots = host_.kernel.state().settings.frames() / 16;
  const VirtualAddress first = map(pages + slots);
  for (std::uint64_t i = 0; i < pages + slots; ++i) touch(users_.front(), first + Bytes(i << 12U));
}

void ReclaimLoad::lock(std::uint64_t pages) {
  const VirtualAddress first = map(pages);
  call(users_.front(), [&](Kernel& k) {
    return k.mlock(users_.front(), {first, kPageBytes * pages});
  });
  for (std::uint64_t i = 0; i < pages; ++i) touch(users_.front(), first + Bytes(i << 12U));
}

namespace {

void lock_at_once(KernelOnFlatMachine& host, ProcessId process, const AddressRange& range) {
  CallAnswer answer;
  do {
    answer = host.kernel.mlock(process, range);
    host.finish_transfers();
    host.kernel.schedule();
  } while (answer.answer == FaultAnswer::blocked);
  if (!answer.ok()) std::abort();  // what is locked here may be
}

}  // namespace

HopelessWork work_until_out_of_memory(Hopeless why, std::uint64_t frames) {
  Settings settings = settings_for(Situation::anonymous, frames);
  settings.disk.blocks = 1;
  if (why == Hopeless::locked_at_limit) {
    settings.scope = ReclaimScope::process;
    settings.resident_limit = frames / 2;
  }
  KernelOnFlatMachine host(settings);
  const ProcessId process = start(host.kernel);
  host.kernel.schedule();
  MapRequest request;
  request.length = kPageBytes * frames;
  const AddressRange range{VirtualAddress(host.kernel.mmap(process, request).value),
                           request.length};
  std::uint64_t faults = 0;
  if (why != Hopeless::no_swap) {
    const std::uint64_t may_have = why == Hopeless::locked ? frames : frames / 2;
    faults = may_have / 2;
    lock_at_once(host, process, {range.start, kPageBytes * faults});
  }
  while (host.kernel.is_alive(process)) {
    const VirtualAddress address = range.start + Bytes(faults++ << kPageShift);
    host.kernel.page_fault({process, address, AccessType::store});
    host.finish_transfers();
    host.kernel.schedule();
  }
  const Counters& counters = host.kernel.state().counters;
  if (counters.kills[static_cast<unsigned>(KillReason::out_of_memory)] != 1) std::abort();
  return {looks_of(counters), faults};
}

}  // namespace tlmmu::kernel
