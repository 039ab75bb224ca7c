// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <new>

#include "firmware/kernel/kernel_state.h"

namespace tlmmu::kernel::testing {

/// Memory that is not initialized, as a port gives it.
template <class T>
class RawStorage {
 public:
  explicit RawStorage(std::uint64_t count)
      : bytes_(new (std::align_val_t(alignof(T))) unsigned char[count * sizeof(T)]) {
    std::fill(bytes_, bytes_ + count * sizeof(T), static_cast<unsigned char>(0xa5));
  }
  RawStorage(const RawStorage&) = delete;
  RawStorage& operator=(const RawStorage&) = delete;
  ~RawStorage() { operator delete[](bytes_, std::align_val_t(alignof(T))); }
  T* get() { return reinterpret_cast<T*>(bytes_); }

 private:
  unsigned char* bytes_;
};

/// The memory of the kernel's tables.
class KernelTables {
 public:
  struct alignas(4096) WindowPage {
    unsigned char bytes[4096];
  };
  static constexpr std::uint32_t kFiles = 16, kSegments = 16;

  KernelTables(const Settings& settings, std::uint32_t processes)
      : frames_(settings.frames()),
        blocks_(settings.disk.blocks + 1),
        clusters_(settings.disk.blocks / settings.disk.cluster_slots + 1),
        processes_(processes + 1),
        files_(kFiles),
        segments_(kSegments),
        window_(settings.frames()),
        capacity_(processes) {}
  Storage storage() {
    return {frames_.get(),   blocks_.get(),
            clusters_.get(), processes_.get(),
            capacity_,       files_.get(),
            kFiles,          segments_.get(),
            kSegments,       reinterpret_cast<unsigned char*>(window_.get())};
  }

 private:
  RawStorage<Frame> frames_;
  RawStorage<Block> blocks_;
  RawStorage<SwapCluster> clusters_;
  RawStorage<Process> processes_;
  RawStorage<File> files_;
  RawStorage<SharedSegment> segments_;
  RawStorage<WindowPage> window_;
  std::uint32_t capacity_;
};

}  // namespace tlmmu::kernel::testing
