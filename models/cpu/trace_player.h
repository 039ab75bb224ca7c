// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "models/cpu/supervisor_run.h"
#include "models/workload/program_source.h"

namespace tlmmu {

/// One process's place in its trace or program. Cuts accesses at page boundaries, because each page
/// has a translation of its own; a piece that faults is simply not retired and comes again.
class TracePlayer {
 public:
  explicit TracePlayer(AccessSource& source) : source_(&source) {}

  /// Whether there is a piece to do; reads the next batch if need be. Throws what the source
  /// throws.
  bool has_piece() { return cursor_ != end_ || next_batch(); }

  /// What the process asks of the kernel where it has no piece to do; null for a recorded process,
  /// and at the end.
  const SystemCall* call() const {
    const ProgramSource* program = source_->program();
    return program == nullptr ? nullptr : program->call();
  }
  /// The process, if it makes system calls; else null.
  ProgramSource* program() const { return source_->program(); }
  /// What the kernel does for it while a call of it is under way; mostly nothing.
  std::optional<SupervisorRun>& in_kernel() { return in_kernel_; }

  /// The piece to do now; has_piece() holds.
  MemoryAccess piece() const { return piece_of(*cursor_, done_); }

  /// Marks `piece`, the current one, as done; true if its access is done with it.
  bool retire(const MemoryAccess& piece) {
    done_ += piece.size;
    if (done_ < cursor_->size) return false;
    done_ = 0;
    ++cursor_;
    return true;
  }

 private:
  bool next_batch() {
    if (!source_->next_batch()) return false;
    cursor_ = source_->begin();
    end_ = source_->end();
    return true;
  }

  AccessSource* source_;
  const MemoryAccess* cursor_ = nullptr;
  const MemoryAccess* end_ = nullptr;
  std::uint32_t done_ = 0;  ///< bytes of the current access that are done
  std::optional<SupervisorRun> in_kernel_;
};

}  // namespace tlmmu
