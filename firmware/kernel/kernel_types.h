// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/address.h"
#include "models/base/strong.h"

namespace tlmmu::kernel {

/// A process: its index in the process table. Its ASID is the index plus one.
using ProcessId = Strong<struct ProcessIdTag, std::uint32_t>;
/// A block of the disk; blocks are as large as pages, 4 KiB.
using DiskBlock = Strong<struct DiskBlockTag, std::uint64_t>;
/// Names a transfer that is under way; comes back with its completion.
using DiskTag = Strong<struct DiskTagTag, std::uint64_t>;

/// ASIDs have 16 bits and 0 is the kernel's own.
constexpr std::uint32_t kMaxProcesses = 65535;

/// What a page fault turned out to be.
enum class FaultKind : std::uint8_t {
  minor,          ///< resolved without the disk: first touch, or found in the swap cache
  major_file,     ///< a page read from its file
  major_swap,     ///< a page read back from swap
  copy_on_write,  ///< a store to a page that others may share: copied, or kept by the last owner
  spurious,       ///< the mapping was right: only A, D or a stale TLB entry stood in the way
  fatal,          ///< the process may not touch this address
  stack_growth,   ///< first touch below the stack: it grew
  refused,        ///< the kernel may not touch this address either: its call fails
};
constexpr unsigned kFaultKinds = 8;

/// How the kernel answers a fault. It never waits: a blocked process becomes ready by an event.
enum class FaultAnswer : std::uint8_t {
  resume,
  blocked,
  killed,
  refused,  ///< of an access by the kernel itself: the call that it served ends with an error
};

enum class KillReason : std::uint8_t {
  bad_address,      ///< no area there, or above the user half of the address space
  access_fault,     ///< the hardware found no memory behind the address
  out_of_memory,    ///< the largest process when no frame could be freed
  disk_read_error,  ///< its page could not be read
  no_file_space,    ///< the disk has no room for its text
  no_permission,    ///< the area does not allow this kind of access
};
constexpr unsigned kKillReasons = 6;

/// What a port can account time for.
enum class Operation : std::uint8_t {
  trap,            ///< entering and leaving the kernel; only the port knows when, and charges it
  fault,           ///< deciding what a fault is and what to do
  context_switch,  ///< handing the CPU to another process
  reclaim_scan,    ///< looking at one frame for reclaim
  disk_request,    ///< setting up one transfer
  interrupt,       ///< handling one finished transfer
  fence,           ///< one sfence.vma
};
constexpr unsigned kOperations = 7;

/// Where the first touch of a text page finds its contents.
enum class TextSource : std::uint8_t {
  disk,        ///< read from the file: a major fault
  page_cache,  ///< already in memory: a minor fault (once dropped it is read from the file)
};

}  // namespace tlmmu::kernel
