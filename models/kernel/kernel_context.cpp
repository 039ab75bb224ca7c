// SPDX-License-Identifier: Apache-2.0
#include "models/kernel/kernel_context.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/arch/satp.h"
#include "models/base/error.h"

namespace tlmmu {

namespace {

// The disk's tags have 32 bits and carry frame numbers.
constexpr std::uint64_t kFrameNumbers = std::uint64_t{1} << 32U;

void check_memory(const KernelConfig& config, const HostKernelContext& context) {
  const std::uint64_t frames = context.memory_size / kPageBytes;
  const std::uint64_t reserved = config.reserved / kPageBytes;
  if (context.memory_base.page().value() + frames > kFrameNumbers) {
    throw InputError(
        fmt::format("memory.size: {} frames are more than the swap disk can address", frames));
  }
  if (context.processes > kernel::kMaxProcesses) {
    throw InputError(fmt::format("{} processes: ASIDs of 16 bits tell at most {} apart",
                                 context.processes, kernel::kMaxProcesses));
  }
  // A process cannot do anything with less than its tables and a page.
  const std::uint64_t needed = context.processes + paging_mode(context.paging_mode).levels;
  if (frames < reserved + needed) {
    throw InputError(fmt::format(
        "memory.size: {} pages, of which kernel.reserved takes {}, are too few for {} process{}; "
        "at least {} must remain",
        frames, reserved, context.processes, context.processes == 1 ? "" : "es", needed));
  }
}

/// A PTE has to hold the number of each frame, and of each block of the disk.
void check_widths(const HostKernelContext& context) {
  const PagingMode& mode = paging_mode(context.paging_mode);
  const char* name = name_in(kEveryPagingModeName, context.paging_mode);
  const PhysicalAddress end = context.memory_base + context.memory_size;
  if (end.value() > std::uint64_t{1} << mode.physical_bits()) {
    throw InputError(
        fmt::format("memory.size: memory ends at 0x{:x}, but physical addresses of {} have {} bits",
                    end.value(), name, mode.physical_bits()));
  }
  const std::uint64_t blocks = context.disk_capacity / kPageBytes;
  if (blocks > std::uint64_t{1} << mode.ppn_bits) {
    throw InputError(
        fmt::format("swap_disk.capacity: {} blocks, but a PTE of {} holds numbers of {} bits only",
                    blocks, name, mode.ppn_bits));
  }
}

/// Of those that satp can name, without 0, which is the kernel's.
std::uint32_t usable_asids(const KernelConfig& config, PagingModeName mode) {
  const unsigned width = (mode == PagingModeName::sv32 ? kSatpRv32 : kSatpRv64).asid_width;
  return static_cast<std::uint32_t>(std::min(config.asids, low_mask(width)));
}

kernel::Watermarks watermarks(const KernelConfig& config, const HostKernelContext& context) {
  const std::uint64_t min = config.watermarks == WatermarkSource::automatic
                                ? kernel::default_watermark_min(context.memory_size)
                                : config.watermark_min;
  const auto marks = kernel::Watermarks::from_min(min);
  const std::uint64_t usable = (context.memory_size - config.reserved) / kPageBytes;
  if (config.watermarks == WatermarkSource::given && marks.high >= usable) {
    throw InputError(
        fmt::format("kernel.watermark_min: with {} the high watermark is {} pages, but only {} are "
                    "not reserved",
                    min, marks.high, usable));
  }
  return marks;
}

kernel::DiskLayout disk_layout(const KernelConfig& config, const HostKernelContext& context) {
  kernel::DiskLayout layout;
  layout.blocks = context.disk_capacity / kPageBytes;
  layout.swap_areas = static_cast<unsigned>(config.swap_areas);
  layout.priority = config.swap_priority;
  layout.cluster_slots = config.swap_cluster;
  return layout;
}

}  // namespace

kernel::Settings kernel_settings(const KernelConfig& config, const HostKernelContext& context) {
  check_memory(config, context);
  check_widths(context);
  kernel::Settings settings;
  settings.memory_base = context.memory_base;
  settings.memory_size = context.memory_size;
  settings.reserved = config.reserved;
  settings.disk = disk_layout(config, context);
  settings.mode = context.paging_mode;
  settings.watermarks = watermarks(config, context);
  settings.policy = config.policy;
  settings.policy_parameters = config.policy_parameters();
  settings.scope = config.reclaim_scope;
  settings.process_batch = config.process_batch;
  settings.resident_limit = config.resident_limit;
  settings.resident_minimum = config.resident_minimum;
  settings.swap_readahead = config.swap_readahead;
  settings.thrash_window = config.thrash_window;
  settings.thrash_faults = config.thrash_faults;
  settings.overload = config.overload;
  settings.stack_limit = config.stack_limit / kPageBytes;
  settings.huge_pages = config.huge_pages;
  settings.dirty_writeback = config.dirty_writeback;
  settings.dirty_expire = config.dirty_expire;
  settings.shutdown = config.shutdown;
  settings.file_readahead = config.file_readahead;
  settings.asids = usable_asids(config, context.paging_mode);
  settings.kswapd_slice = config.kswapd_slice;
  settings.direct_reclaim_batch = config.direct_reclaim_batch;
  settings.nr_async_pages = config.nr_async_pages;
  settings.text_source = config.text_source;
  return settings;
}

}  // namespace tlmmu
