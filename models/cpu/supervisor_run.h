// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <utility>

#include "models/cpu/piece.h"
#include "models/workload/system_call.h"

namespace tlmmu {

/// What the kernel does to memory itself before a system call has its answer: accesses of the hart
/// at privilege supervisor. Either one access, or a copy: loads and stores of up to a line in turn,
/// as an unrolled loop over registers makes them.
class SupervisorRun {
 public:
  static constexpr std::uint64_t kLine = 64;

  /// The one access of the call.
  explicit SupervisorRun(const SupervisorCall& call)
      : access_(call.access), context_(call.context), left_(call.access.size) {}
  /// A copy, of at least one byte.
  explicit SupervisorRun(const kernel::UserCopy& copy);

  bool copies() const { return copies_; }
  bool done() const { return left_ == 0; }
  /// What to do now, of an access that is not done.
  MemoryAccess piece() const { return piece_of(access_, done_); }
  AccessContext context() const { return context_; }
  /// What a load of a copy leaves for its store.
  unsigned char* registers() { return registers_.data(); }
  /// Which byte of the transfer the copy is at.
  Bytes position() const { return copy_.done; }

  /// Marks `piece`, the current one, as done; true if its access is done with it.
  bool retire(const MemoryAccess& piece);
  /// There is nothing to do any more; what was copied was copied.
  void abandon() { left_ = 0; }
  /// Bytes copied since this was asked last.
  Bytes take_copied() { return std::exchange(copied_, Bytes(0)); }

 private:
  void begin_line();
  void finish_line();

  MemoryAccess access_;  ///< the current one
  AccessContext context_;
  kernel::UserCopy copy_{};  ///< what is left of it
  std::uint64_t left_;       ///< bytes, of the access or the copy
  std::uint32_t done_ = 0;   ///< bytes of the current access
  bool copies_ = false;
  Bytes copied_;
  std::array<unsigned char, kLine> registers_{};
};

}  // namespace tlmmu
