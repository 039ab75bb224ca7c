// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/kernel_types.h"
#include "models/config/visitor.h"

namespace tlmmu {

enum class WatermarkSource : std::uint8_t { automatic, given };
constexpr EnumName<WatermarkSource> kWatermarkSourceNames[] = {
    {WatermarkSource::automatic, "automatic"},
    {WatermarkSource::given, "given"},
};

constexpr EnumName<kernel::TextSource> kTextSourceNames[] = {
    {kernel::TextSource::disk, "disk"},
    {kernel::TextSource::page_cache, "page_cache"},
};

/// Section [kernel.cycles]: what the kernel's own instructions take, in cycles of the CPU clock.
/// The time of its memory accesses comes on top.
struct KernelCyclesConfig {
  Cycles trap{300};
  Cycles fault{500};
  Cycles context_switch{1500};
  Cycles reclaim_scan{100};
  Cycles disk_request{1000};
  Cycles interrupt{800};
  Cycles fence{50};

  Cycles of(kernel::Operation operation) const;
  void describe(config::Visitor& v);
};

/// Section [kernel].
struct KernelConfig {
  Bytes reserved = kibibytes(512);
  WatermarkSource watermarks = WatermarkSource::automatic;
  std::uint64_t watermark_min = 64;
  Picoseconds time_slice = milliseconds(1);
  kernel::TextSource text_source = kernel::TextSource::disk;
  std::uint64_t nr_async_pages = 128;
  std::uint64_t kswapd_slice = 32;
  std::uint64_t direct_reclaim_batch = 32;
  KernelCyclesConfig cycles;

  void describe(config::Visitor& v);
};

}  // namespace tlmmu
