// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "firmware/kernel/kernel.h"

namespace tlmmu {

/// Host memory that reads as zero and costs nothing until it is touched.
class LazyMemory {
 public:
  /// Throws HostError if the host has no address space left.
  explicit LazyMemory(std::size_t bytes);
  LazyMemory(const LazyMemory&) = delete;
  LazyMemory& operator=(const LazyMemory&) = delete;
  ~LazyMemory();

  void* data() const { return data_; }

 private:
  std::size_t bytes_;
  void* data_;
};

/// The portable kernel's tables, and its view of the frames that hold its own objects.
class KernelMemory {
 public:
  KernelMemory(const kernel::Settings& settings, std::uint32_t processes);

  kernel::Storage storage() const;

 private:
  LazyMemory frames_;
  LazyMemory blocks_;
  LazyMemory clusters_;
  LazyMemory processes_;
  LazyMemory files_;
  LazyMemory segments_;
  LazyMemory window_;
  std::uint32_t process_capacity_;
};

}  // namespace tlmmu
