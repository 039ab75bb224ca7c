// SPDX-License-Identifier: Apache-2.0
#include "models/kernel/kernel_context.h"

#include <fmt/format.h>

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

}  // namespace

kernel::Settings kernel_settings(const KernelConfig& config, const HostKernelContext& context) {
  check_memory(config, context);
  kernel::Settings settings;
  settings.memory_base = context.memory_base;
  settings.memory_size = context.memory_size;
  settings.reserved = config.reserved;
  settings.disk_blocks = context.disk_capacity / kPageBytes;
  settings.mode = context.paging_mode;
  settings.watermarks = watermarks(config, context);
  settings.kswapd_slice = config.kswapd_slice;
  settings.direct_reclaim_batch = config.direct_reclaim_batch;
  settings.nr_async_pages = config.nr_async_pages;
  settings.text_source = config.text_source;
  return settings;
}

}  // namespace tlmmu
