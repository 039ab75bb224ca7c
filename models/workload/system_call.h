// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "firmware/kernel/system_calls.h"
#include "models/arch/privilege.h"
#include "models/workload/memory_access.h"

namespace tlmmu {

// What a process asks of the kernel, with the kernel's own types. The comment says what the value
// of the answer (kernel::CallAnswer) means.

/// mmap; value: the address
struct MapCall {
  kernel::MapRequest request;
};
/// munmap
struct UnmapCall {
  kernel::AddressRange range;
};
/// mprotect
struct ProtectCall {
  kernel::AddressRange range;
  kernel::Permissions permissions;
};
/// mlock
struct LockCall {
  kernel::AddressRange range;
};
/// munlock
struct UnlockCall {
  kernel::AddressRange range;
};
/// msync, waiting
struct SyncCall {
  kernel::AddressRange range;
};
/// sync
struct SyncAllCall {};
/// madvise
struct AdviseCall {
  kernel::AddressRange range;
  kernel::Advice advice;
};
/// sbrk; value: the end of the heap as it was before
struct BreakCall {
  std::int64_t increment;  ///< bytes, a multiple of the page size
};
/// shmget, creating the segment if nobody has yet; value: the SegmentId
struct GetSegmentCall {
  kernel::SegmentKey key;
  Bytes length;
};
/// shmat; value: the address
struct AttachSegmentCall {
  kernel::SegmentId segment;
  kernel::Permissions permissions;
};
/// shmdt
struct DetachSegmentCall {
  VirtualAddress address;
};
/// shmctl IPC_RMID: the segment goes with its last attachment
struct RemoveSegmentCall {
  kernel::SegmentId segment;
};
/// fork; value: the child's number
struct ForkCall {};
/// execve
struct ExecCall {
  std::uint32_t program;  ///< index in the list of programs that the process's source knows
};
/// exit; not answered
struct ExitCall {};
/// pread or pwrite; value: how many bytes were moved
struct TransferCall {
  kernel::FileTransfer request;
};
/// wait; value: the number of the child that has exited
struct WaitCall {};
/// One access by the kernel itself, as a driver for tests makes it (Linux, lkdtm). An access that
/// is refused is answered with bad_address.
struct SupervisorCall {
  MemoryAccess access;
  AccessContext context;  ///< privilege supervisor
};

using SystemCall = std::variant<MapCall, UnmapCall, ProtectCall, LockCall, UnlockCall, SyncCall,
                                SyncAllCall, AdviseCall, BreakCall, GetSegmentCall,
                                AttachSegmentCall, DetachSegmentCall, RemoveSegmentCall, ForkCall,
                                ExecCall, ExitCall, WaitCall, TransferCall, SupervisorCall>;

}  // namespace tlmmu
