// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <new>

#include "firmware/kernel/process/process.h"

namespace tlmmu::kernel {

/// All processes there have ever been; an ended one keeps its entry and its statistics. When the
/// table is full, entries of processes that were waited for are used again, in turn (as Linux gives
/// out process numbers, alloc_pid); what their processes have used adds up.
class ProcessTable {
 public:
  /// `storage` has room for `capacity` processes; it need not be initialized.
  ProcessTable(Process* storage, std::uint32_t capacity) : storage_(storage), capacity_(capacity) {}

  bool full() const { return size_ == capacity_ && collected_ == 0; }
  std::uint32_t size() const { return size_; }
  /// The table is not full.
  Process& add();
  /// Nobody will ask for this ended process any more.
  void collect(Process& process) {
    process.collected = true;
    ++collected_;
  }
  bool contains(ProcessId id) const { return id.value() < size_; }
  Process& at(ProcessId id) { return storage_[id.value()]; }
  const Process& at(ProcessId id) const { return storage_[id.value()]; }

  /// The process that holds most memory (resident pages and page tables); the first of equals. Null
  /// if all have ended.
  Process* largest();
  /// The next process after `id`, around the end, that `fits`; null if none does.
  template <class Fits>
  Process* next_after(ProcessId id, Fits fits) {
    for (std::uint32_t i = 1; i <= size_; ++i) {
      Process& process = storage_[(id.value() + i) % size_];
      if (process.is_alive() && fits(process)) return &process;
    }
    return nullptr;
  }
  template <class Visit>
  void each_alive(Visit visit) {
    for (std::uint32_t i = 0; i < size_; ++i) {
      if (storage_[i].is_alive()) visit(storage_[i]);
    }
  }

 private:
  Process* storage_;
  std::uint32_t capacity_;
  std::uint32_t size_ = 0;
  std::uint32_t collected_ = 0;
  std::uint32_t reused_ = 0;  // where the search for an entry goes on
};

inline Process& ProcessTable::add() {
  if (size_ < capacity_) {
    Process& process = *new (&storage_[size_]) Process();
    process.id = ProcessId(size_++);
    return process;
  }
  while (!storage_[reused_].collected) reused_ = (reused_ + 1) % size_;
  const ProcessUse before = storage_[reused_].use;
  Process& process = *new (&storage_[reused_]) Process();
  process.id = ProcessId(reused_);
  process.use.inherit(before);
  reused_ = (reused_ + 1) % size_;
  --collected_;
  return process;
}

inline Process* ProcessTable::largest() {
  Process* found = nullptr;
  each_alive([&](Process& process) {
    const bool larger = found == nullptr || process.use.resident + process.use.page_tables >
                                                found->use.resident + found->use.page_tables;
    if (larger) found = &process;
  });
  return found;
}

}  // namespace tlmmu::kernel
