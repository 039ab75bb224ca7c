// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

#include "firmware/kernel/kernel_types.h"
#include "models/arch/pte.h"

namespace tlmmu::kernel {

/// A file on the disk: its index in the file table.
using FileId = Strong<struct FileIdTag, std::uint32_t>;
/// A System V shared-memory segment: its index in the segment table.
using SegmentId = Strong<struct SegmentIdTag, std::uint32_t>;
/// The name under which processes find a segment (`key_t`).
using SegmentKey = Strong<struct SegmentKeyTag, std::uint64_t>;

/// What may be done with the pages of an area: R, W and X of a PTE. W needs R (privileged
/// architecture, "Sv32 PTE": W without R is reserved).
struct Permissions {
  std::uint8_t flags = PteFlags::kR | PteFlags::kW;
};
constexpr Permissions kReadOnly{PteFlags::kR};
constexpr Permissions kReadWrite{PteFlags::kR | PteFlags::kW};
constexpr Permissions kReadExecute{PteFlags::kR | PteFlags::kX};
constexpr Permissions kExecuteOnly{PteFlags::kX};
constexpr Permissions kNoAccess{0};

/// Whether a PTE can say so.
constexpr bool are_legal(Permissions permissions) {
  const unsigned flags = permissions.flags;
  const bool writes = (flags & PteFlags::kW) != 0;
  const bool reads = (flags & PteFlags::kR) != 0;
  constexpr unsigned kAll = PteFlags::kR | PteFlags::kW | PteFlags::kX;
  return (reads || !writes) && (flags & ~kAll) == 0;
}

/// Whether stores reach the file and the other processes that map it.
enum class Sharing : std::uint8_t { private_copy, shared };

/// From which page of which file an area takes its contents.
struct FilePart {
  FileId file;
  std::uint64_t page = 0;
};

/// Virtual pages, whole ones: both numbers are multiples of the page size.
struct AddressRange {
  VirtualAddress start;
  Bytes length;
};

/// One piece of a program: text and data come from a file, zeros (bss) from nowhere.
struct ImageSegment {
  AddressRange range;
  Permissions permissions;
  std::optional<FilePart> contents;  ///< mapped privately; absent: demand-zero
};

/// A program as `exec` takes it: segments in ascending order, in the lower half, not overlapping.
/// The heap begins at the page after the last one.
struct ProgramImage {
  const ImageSegment* segments;
  std::size_t count;
};

/// What `mmap` is asked for.
struct MapRequest {
  Bytes length;                         ///< whole pages, at least one
  std::optional<VirtualAddress> fixed;  ///< there and nowhere else, replacing what is there
  Permissions permissions = kReadWrite;
  Sharing sharing = Sharing::private_copy;
  std::optional<FilePart> contents;  ///< absent: demand-zero
};

/// Which way bytes go between the kernel and a process.
enum class CopyDirection : std::uint8_t { to_user, from_user };

/// What `pread` and `pwrite` are asked for. What lies beyond the file's end is left out.
struct FileTransfer {
  CopyDirection direction;  ///< pread: to_user
  FileId file;
  Bytes offset;  ///< in the file
  VirtualAddress buffer;
  Bytes length;
};

/// Bytes that the hart has to copy, at privilege supervisor and with SUM, before a call has its
/// answer. One side is the process's buffer, the other one lies in one page of the kernel's half.
struct UserCopy {
  VirtualAddress from;
  VirtualAddress to;
  Bytes length;
  Bytes done;  ///< of the transfer, before these
};

enum class Advice : std::uint8_t {
  dont_need,  ///< anonymous pages become zero again, file pages are taken from the file again
  huge_page,  ///< 2 MiB pages are welcome here
};

/// Why a call had no effect (in the words of POSIX).
enum class CallError : std::uint8_t {
  none,
  invalid_argument,  ///< not whole pages, outside the lower half, no such file, area or segment
  no_memory,         ///< no room: address space, table of processes or segments, disk
  no_child,          ///< wait: there is nobody to wait for
  input_output,      ///< msync: the disk could not write a page
  bad_address,       ///< the kernel may not touch the address that the process gave (EFAULT)
};

/// How a system call ended, or with `copy` what has to be done before it can. It never waits: after
/// `blocked` it has had no effect and the process makes the same call again when it runs next, as
/// it repeats an access after a fault.
struct CallAnswer {
  FaultAnswer answer = FaultAnswer::resume;
  CallError error = CallError::none;
  std::uint64_t value = 0;  ///< an address, a process number, a segment number or a count of bytes
  std::optional<UserCopy> copy = {};

  constexpr bool ok() const { return answer == FaultAnswer::resume && error == CallError::none; }
};

constexpr CallAnswer call_result(std::uint64_t value) {
  return {FaultAnswer::resume, CallError::none, value, {}};
}
/// `blocked` or `killed`.
constexpr CallAnswer call_later(FaultAnswer why) {
  return {why, CallError::none, 0, {}};
}
constexpr CallAnswer call_error(CallError error) {
  return {FaultAnswer::resume, error, 0, {}};
}

}  // namespace tlmmu::kernel
