// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/kernel.h"
#include "models/kernel/boot_plan.h"
#include "models/kernel/kernel_config.h"

namespace tlmmu {

/// What the kernel is told about the machine it runs on.
struct HostKernelContext {
  Bytes memory_size;
  PhysicalAddress memory_base;
  Bytes disk_capacity;
  PhysicalAddress disk_registers;
  PagingModeName paging_mode = PagingModeName::sv39;
  ClockPeriod clock = ClockPeriod::from_hertz(2'000'000'000);
  std::uint32_t processes = 1;  ///< at boot
  BootPlan boot;

  /// All there may ever be: only programs make more.
  std::uint32_t process_capacity() const {
    return boot.programs.empty() ? processes : kernel::kMaxProcesses;
  }
};

/// The portable kernel's settings for a machine. Throws InputError where they do not go together:
/// too many processes, nothing left beside the reserved memory, watermarks that no memory reaches.
kernel::Settings kernel_settings(const KernelConfig& config, const HostKernelContext& context);

}  // namespace tlmmu
