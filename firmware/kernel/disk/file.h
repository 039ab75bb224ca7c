// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <new>

#include "firmware/kernel/disk/block.h"
#include "firmware/kernel/system_calls.h"

namespace tlmmu::kernel {

/// A file: one block that describes it (its inode), then its pages, consecutive on the disk.
struct File {
  DiskBlock inode;
  std::uint64_t pages = 0;

  DiskBlock block_of(std::uint64_t page) const { return DiskBlock(inode.value() + 1 + page); }
};

/// Entries that are made one by one and never go: files, segments.
template <class Entry, class Id>
class Table {
 public:
  /// `storage` has room for `capacity` entries; it need not be initialized.
  Table(Entry* storage, std::uint32_t capacity) : storage_(storage), capacity_(capacity) {}

  bool full() const { return size_ == capacity_; }
  std::uint32_t size() const { return size_; }
  Id add() {
    new (&storage_[size_]) Entry();
    return Id(size_++);
  }
  bool contains(Id id) const { return id.value() < size_; }
  Entry& at(Id id) { return storage_[id.value()]; }
  const Entry& at(Id id) const { return storage_[id.value()]; }

 private:
  Entry* storage_;
  std::uint32_t capacity_;
  std::uint32_t size_ = 0;
};

using FileTable = Table<File, FileId>;

}  // namespace tlmmu::kernel
