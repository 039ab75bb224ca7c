// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/completion.h"
#include "firmware/kernel/disk/file_sync.h"
#include "firmware/kernel/fault.h"
#include "firmware/kernel/file_io.h"
#include "firmware/kernel/process/load_control.h"
#include "firmware/kernel/process/tasks.h"
#include "firmware/kernel/reclaim/reference_tick.h"
#include "firmware/kernel/vm/segments.h"

namespace tlmmu::kernel {

/// The virtual-memory half of an operating system. The port calls it at every trap and every
/// finished transfer; it answers at once and never waits. Faults and system calls are those of the
/// running process.
class Kernel {
 public:
  Kernel(Machine& machine, const Settings& settings, const Storage& storage);
  Kernel(const Kernel&) = delete;
  Kernel& operator=(const Kernel&) = delete;

  /// A new process for a trace, ready to run, in which every address of the lower half is legal.
  /// Nothing if the process table is full or no frame is left for its top page table.
  std::optional<ProcessId> create_process();
  /// A new process that starts a program. Nothing also if the image is not legal.
  std::optional<ProcessId> create_task(const ProgramImage& image);
  /// A new file of so many pages, with what the disk holds there. Nothing if it has no room.
  std::optional<FileId> create_file(std::uint64_t pages);

  /// Handles a page fault. The process repeats its access when it runs next, unless it was killed.
  FaultAnswer page_fault(const FaultRequest& request);
  /// The hardware found no memory behind the address: the process is killed, or the kernel's own
  /// access refused.
  FaultAnswer access_fault(const FaultRequest& request);
  /// The time slice of the running process is over.
  void timer(ProcessId process);
  /// The process has nothing left to do. Ending one that has ended changes nothing.
  void exit(ProcessId process);
  /// A transfer ended. A tag that is not under way is counted and ignored.
  void disk_done(DiskTag tag, TransferResult result);
  /// Who runs now; nothing while every process waits or has ended.
  std::optional<ProcessId> schedule();
  /// All processes have ended: whether the machine may be switched off. Dirty pages of files are
  /// written before, unless `Settings::shutdown` says otherwise; until the disk is done it is to be
  /// asked again after each transfer.
  bool shut_down() { return file_sync_.shut_down(); }

  // System calls; see system_calls.h for requests and answers.
  CallAnswer fork(ProcessId parent);  ///< value: the child
  CallAnswer exec(ProcessId process, const ProgramImage& image);
  CallAnswer wait(ProcessId parent);                              ///< value: the child that ended
  CallAnswer mmap(ProcessId process, const MapRequest& request);  ///< value: its address
  CallAnswer munmap(ProcessId process, const AddressRange& range);
  CallAnswer mprotect(ProcessId process, const AddressRange& range, Permissions permissions);
  CallAnswer brk(ProcessId process, VirtualAddress address);       ///< value: the break
  CallAnswer sbrk(ProcessId process, std::int64_t increment);      ///< value: the break before
  CallAnswer mlock(ProcessId process, const AddressRange& range);  ///< pages that are there or come
  CallAnswer munlock(ProcessId process, const AddressRange& range);
  CallAnswer msync(ProcessId process, const AddressRange& range);  ///< MS_SYNC
  CallAnswer sync(ProcessId process);                              ///< all pages of all files
  CallAnswer madvise(ProcessId process, const AddressRange& range, Advice advice);
  CallAnswer shmget(ProcessId process, SegmentKey key, Bytes size);  ///< value: the segment
  CallAnswer shmat(ProcessId process, SegmentId segment, std::optional<VirtualAddress> address,
                   Permissions permissions = kReadWrite);  ///< value: its address
  CallAnswer shmdt(ProcessId process, VirtualAddress address);
  CallAnswer shm_remove(ProcessId process, SegmentId segment);
  /// pread, pwrite. An answer with a `copy` is none yet: the hart copies, says how far it got, and
  /// the call proceeds.
  CallAnswer transfer(ProcessId process, const FileTransfer& request);  ///< value: bytes
  void copied(ProcessId process, Bytes bytes);
  CallAnswer proceed(ProcessId process);
  /// After a refused fault: what the call that was under way is answered.
  CallAnswer give_up(ProcessId process);
  /// A call that the port answers by itself.
  CallAnswer port_call(ProcessId process);

  /// The process has just used this page: what exact LRU must be told of every reference.
  void referenced(ProcessId process, VirtualAddress address);

  AddressSpace address_space(ProcessId process) const;
  bool is_alive(ProcessId process) const;
  std::uint32_t alive() const { return state_.scheduler.alive(); }

  const KernelState& state() const { return state_; }
  bool kswapd_awake() const { return reclaimer_.kswapd_awake(); }

 private:
  template <class Call>
  CallAnswer call(ProcessId process, Call body);
  void settle();

  KernelState state_;
  Mapper mapper_;
  HugePages huge_;
  SpaceKeeper spaces_;
  Reclaimer reclaimer_;
  Ending ending_;
  Allocator allocator_;
  PageIn page_in_;
  Writeback writeback_;
  FileSync file_sync_;
  FaultHandler faults_;
  Completion completion_;
  Segments segments_;
  AreaCalls areas_;
  FileIo file_io_;
  Tasks tasks_;
  LoadControl load_control_;
  ReferenceTick reference_tick_;
};

}  // namespace tlmmu::kernel
