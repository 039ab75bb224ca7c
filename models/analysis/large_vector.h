// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <vector>

namespace tlmmu::analysis {

/// Asks for huge pages where a table is large. Tables with an entry for each page of the trace are
/// read here and there, and with small pages each read would first miss the host's TLB.
template <class T>
class HugePageAllocator {
 public:
  using value_type = T;

  HugePageAllocator() = default;
  template <class U>
  HugePageAllocator(const HugePageAllocator<U>& /*other*/) {}

  T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (bytes < kLarge) return static_cast<T*>(::operator new(bytes));
    void* const memory = ::operator new(bytes, kHugePage);
    // A host without huge pages is slower, no more.
    static_cast<void>(::madvise(memory, bytes, MADV_HUGEPAGE));
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t count) {
    if (count * sizeof(T) < kLarge) {
      ::operator delete(memory);
    } else {
      ::operator delete(memory, kHugePage);
    }
  }

  template <class U>
  bool operator==(const HugePageAllocator<U>& /*other*/) const {
    return true;
  }
  template <class U>
  bool operator!=(const HugePageAllocator<U>& /*other*/) const {
    return false;
  }

 private:
  static constexpr std::align_val_t kHugePage{std::size_t{2} << 20U};
  static constexpr std::size_t kLarge = std::size_t{4} << 20U;
};

template <class T>
using LargeVector = std::vector<T, HugePageAllocator<T>>;

}  // namespace tlmmu::analysis
