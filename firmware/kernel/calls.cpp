// SPDX-License-Identifier: Apache-2.0
// The system calls' way into the kernel.
#include "firmware/kernel/kernel.h"

namespace tlmmu::kernel {

template <class Call>
CallAnswer Kernel::call(ProcessId id, Call body) {
  if (!is_alive(id)) return call_later(FaultAnswer::killed);
  Process& process = state_.processes.at(id);
  mapper_.pins().unpin(process);
  const CallAnswer answer = body(process);
  const bool ended = answer.answer != FaultAnswer::blocked;
  ++(ended ? state_.counters.system_calls : state_.counters.call_waits);
  settle();
  return answer;
}

CallAnswer Kernel::fork(ProcessId parent) {
  return call(parent, [&](Process& p) { return tasks_.fork(p); });
}

CallAnswer Kernel::exec(ProcessId process, const ProgramImage& image) {
  return call(process, [&](Process& p) { return tasks_.exec(p, image); });
}

CallAnswer Kernel::wait(ProcessId parent) {
  return call(parent, [&](Process& p) { return tasks_.wait(p); });
}

CallAnswer Kernel::mmap(ProcessId process, const MapRequest& request) {
  return call(process, [&](Process& p) { return areas_.mmap(p, request); });
}

CallAnswer Kernel::munmap(ProcessId process, const AddressRange& range) {
  return call(process, [&](Process& p) { return areas_.munmap(p, range); });
}

CallAnswer Kernel::mprotect(ProcessId process, const AddressRange& range, Permissions permissions) {
  return call(process, [&](Process& p) { return areas_.mprotect(p, range, permissions); });
}

CallAnswer Kernel::brk(ProcessId process, VirtualAddress address) {
  return call(process, [&](Process& p) { return areas_.brk(p, address); });
}

CallAnswer Kernel::sbrk(ProcessId process, std::int64_t increment) {
  return call(process, [&](Process& p) {
    const std::uint64_t before = p.heap_break.value();
    CallAnswer answer =
        areas_.brk(p, VirtualAddress(before + static_cast<std::uint64_t>(increment)));
    if (answer.ok()) answer.value = before;
    return answer;
  });
}

CallAnswer Kernel::mlock(ProcessId process, const AddressRange& range) {
  return call(process, [&](Process& p) { return areas_.mlock(p, range); });
}

CallAnswer Kernel::munlock(ProcessId process, const AddressRange& range) {
  return call(process, [&](Process& p) { return areas_.munlock(p, range); });
}

CallAnswer Kernel::msync(ProcessId process, const AddressRange& range) {
  return call(process, [&](Process& p) { return areas_.msync(p, range); });
}

CallAnswer Kernel::sync(ProcessId process) {
  return call(process, [&](Process& p) { return file_sync_.sync(p); });
}

CallAnswer Kernel::madvise(ProcessId process, const AddressRange& range, Advice advice) {
  return call(process, [&](Process& p) { return areas_.madvise(p, range, advice); });
}

CallAnswer Kernel::shmget(ProcessId process, SegmentKey key, Bytes size) {
  return call(process, [&](Process& p) { return segments_.get(p, key, size); });
}

CallAnswer Kernel::shmat(ProcessId process, SegmentId segment,
                         std::optional<VirtualAddress> address, Permissions permissions) {
  return call(process, [&](Process& p) { return areas_.shmat(p, segment, address, permissions); });
}

CallAnswer Kernel::shmdt(ProcessId process, VirtualAddress address) {
  return call(process, [&](Process& p) { return areas_.shmdt(p, address); });
}

CallAnswer Kernel::shm_remove(ProcessId process, SegmentId segment) {
  return call(process, [&](Process&) { return segments_.remove(segment); });
}

CallAnswer Kernel::transfer(ProcessId process, const FileTransfer& request) {
  return call(process, [&](Process& p) { return file_io_.begin(p, request); });
}

void Kernel::copied(ProcessId process, Bytes bytes) {
  file_io_.copied(state_.processes.at(process), bytes);
}

// Not a call of its own: the one that is under way has been counted.
CallAnswer Kernel::proceed(ProcessId process) {
  const CallAnswer answer = file_io_.proceed(state_.processes.at(process));
  settle();
  return answer;
}

CallAnswer Kernel::give_up(ProcessId process) {
  return file_io_.give_up(state_.processes.at(process));
}

CallAnswer Kernel::port_call(ProcessId process) {
  return call(process, [](Process&) { return call_result(0); });
}

}  // namespace tlmmu::kernel
