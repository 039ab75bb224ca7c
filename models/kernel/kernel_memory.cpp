// SPDX-License-Identifier: Apache-2.0
#include "models/kernel/kernel_memory.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstring>

#include "models/base/error.h"

namespace tlmmu {

LazyMemory::LazyMemory(std::size_t bytes)
    : bytes_(bytes == 0 ? 1 : bytes),
      data_(mmap(nullptr, bytes_, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)) {
  if (data_ == MAP_FAILED) {
    throw HostError("cannot map " + std::to_string(bytes_) +
                    " bytes for the kernel's tables: " + std::strerror(errno));
  }
}

LazyMemory::~LazyMemory() {
  munmap(data_, bytes_);
}

namespace {
constexpr std::uint32_t kFiles = 1024, kSegments = 1024;
}

KernelMemory::KernelMemory(const kernel::Settings& settings, std::uint32_t processes)
    : frames_(settings.frames() * sizeof(kernel::Frame)),
      blocks_((settings.disk.blocks + 1) * sizeof(kernel::Block)),
      clusters_((settings.disk.blocks / settings.disk.cluster_slots + 1) *
                sizeof(kernel::SwapCluster)),
      processes_(processes * sizeof(kernel::Process)),
      files_(kFiles * sizeof(kernel::File)),
      segments_(kSegments * sizeof(kernel::SharedSegment)),
      window_(settings.memory_size.value()),
      process_capacity_(processes) {}

kernel::Storage KernelMemory::storage() const {
  return {static_cast<kernel::Frame*>(frames_.data()),
          static_cast<kernel::Block*>(blocks_.data()),
          static_cast<kernel::SwapCluster*>(clusters_.data()),
          static_cast<kernel::Process*>(processes_.data()),
          process_capacity_,
          static_cast<kernel::File*>(files_.data()),
          kFiles,
          static_cast<kernel::SharedSegment*>(segments_.data()),
          kSegments,
          static_cast<unsigned char*>(window_.data())};
}

}  // namespace tlmmu
