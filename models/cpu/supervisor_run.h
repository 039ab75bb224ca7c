// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/cpu/piece.h"
#include "models/workload/system_call.h"

namespace tlmmu {

/// What the kernel does to memory itself before a system call has its answer: accesses of the hart
/// at privilege supervisor.
class SupervisorRun {
 public:
  /// The one access of the call.
  explicit SupervisorRun(const SupervisorCall& call)
      : access_(call.access), context_(call.context), left_(call.access.size) {}

  bool done() const { return left_ == 0; }
  /// What to do now, of an access that is not done.
  MemoryAccess piece() const { return piece_of(access_, done_); }
  AccessContext context() const { return context_; }

  /// Marks `piece`, the current one, as done; true if its access is done with it.
  bool retire(const MemoryAccess& piece) {
    done_ += piece.size;
    left_ -= piece.size;
    return left_ == 0;
  }

 private:
  MemoryAccess access_;
  AccessContext context_;
  std::uint64_t left_;      ///< bytes of all accesses
  std::uint32_t done_ = 0;  ///< bytes of the current one
};

}  // namespace tlmmu
