// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/vm/area_calls.h"

namespace tlmmu::kernel {

/// pread and pwrite: between the page cache and a process's buffer. The kernel finds pages of the
/// file and says what is to be copied; the hart copies, and page-faults where it has to
/// (docs/decisions/005).
class FileIo {
 public:
  FileIo(KernelState& state, Mapper& mapper, PageIn& page_in, AreaCalls& areas)
      : state_(state), mapper_(mapper), page_in_(page_in), areas_(areas) {}

  CallAnswer begin(Process& process, const FileTransfer& request);
  /// The hart is done with the last copy, or was interrupted by a fault that had to wait.
  CallAnswer proceed(Process& process);
  /// The hart has copied so many bytes more.
  void copied(Process& process, Bytes bytes);
  /// The hart may not go on: the buffer is not the process's. As POSIX has it, the answer is how
  /// much was copied before, if anything was.
  CallAnswer give_up(Process& process);

 private:
  void finish_copy(Process& process);
  CallAnswer next(Process& process);
  CallAnswer bring_in(Process& process, const File& file, std::uint64_t page);
  void read_ahead(const File& file, std::uint64_t page);
  CallAnswer copy_with(Process& process, Frame& frame);

  KernelState& state_;
  Mapper& mapper_;
  PageIn& page_in_;
  AreaCalls& areas_;
};

}  // namespace tlmmu::kernel
