// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "models/workload/memory_access.h"

namespace tlmmu {

class ProgramSource;

/// Where a process gets its accesses from, in batches: one virtual call for each batch, none for an
/// access.
///
///     while (source.next_batch()) {
///       for (const MemoryAccess& access : source) { ... }
///     }
class AccessSource {
 public:
  AccessSource() = default;
  AccessSource(const AccessSource&) = delete;
  AccessSource& operator=(const AccessSource&) = delete;
  virtual ~AccessSource() = default;

  /// Replaces the current batch by the next one, which has at least one access; false at the end.
  /// Bad input is an InputError, thrown after every access before it has been delivered.
  virtual bool next_batch() = 0;
  /// The same process, if it makes system calls; a recorded one makes none.
  virtual ProgramSource* program() { return nullptr; }

  /// The current batch, in program order; empty before the first next_batch() and after the end.
  const MemoryAccess* begin() const { return begin_; }
  const MemoryAccess* end() const { return end_; }

 protected:
  void set_batch(const MemoryAccess* accesses, std::size_t count) {
    begin_ = accesses;
    end_ = accesses + count;
  }

 private:
  const MemoryAccess* begin_ = nullptr;
  const MemoryAccess* end_ = nullptr;
};

}  // namespace tlmmu
