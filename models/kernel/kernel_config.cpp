// SPDX-License-Identifier: Apache-2.0
#include "models/kernel/kernel_config.h"

#include "models/base/address.h"

namespace tlmmu {

namespace {

constexpr config::Range kCycleRange{0, 1'000'000};

}  // namespace

Cycles KernelCyclesConfig::of(kernel::Operation operation) const {
  switch (operation) {
    case kernel::Operation::trap:
      return trap;
    case kernel::Operation::fault:
      return fault;
    case kernel::Operation::context_switch:
      return context_switch;
    case kernel::Operation::reclaim_scan:
      return reclaim_scan;
    case kernel::Operation::disk_request:
      return disk_request;
    case kernel::Operation::interrupt:
      return interrupt;
    case kernel::Operation::fence:
      break;
  }
  return fence;
}

void KernelCyclesConfig::describe(config::Visitor& v) {
  v.number({"trap", "entering and leaving the kernel"}, trap, kCycleRange);
  v.number({"fault", "finding out what a fault is"}, fault, kCycleRange);
  v.number({"context_switch", "handing the CPU to another process"}, context_switch, kCycleRange);
  v.number({"reclaim_scan", "looking at one frame for reclaim"}, reclaim_scan, kCycleRange);
  v.number({"disk_request", "setting up one transfer"}, disk_request, kCycleRange);
  v.number({"interrupt", "handling one finished transfer"}, interrupt, kCycleRange);
  v.number({"fence", "one sfence.vma"}, fence, kCycleRange);
}

void KernelConfig::describe(config::Visitor& v) {
  v.bytes({"reserved", "memory of the kernel's image and tables, at the start of memory"}, reserved,
          {0, gibibytes(64).value()});
  v.require(reserved % kPageBytes == Bytes(0), "reserved", "must be a multiple of 4KiB");
  v.choice({"watermarks",
            "where watermark min comes from: automatic is Linux 2.6's choice, 4 * "
            "sqrt(KiB of memory) KiB"},
           watermarks, kWatermarkSourceNames);
  v.when(watermarks == WatermarkSource::given, "watermarks = \"given\"", [&] {
    v.number(
        {"watermark_min", "free frames; kswapd wakes below min + min/4, sleeps at min + min/2"},
        watermark_min, {0, std::uint64_t{1} << 28U});
  });
  v.time({"time_slice", "that a process runs while others are ready"}, time_slice,
         {nanoseconds(100).value(), milliseconds(10'000).value()});
  v.choice({"text_source", "where the first fetch from a page finds program text"}, text_source,
           kTextSourceNames);
  v.number({"nr_async_pages", "pages on their way to swap at most"}, nr_async_pages, {1, 65536});
  v.number({"kswapd_slice", "frames kswapd looks at before it lets others run"}, kswapd_slice,
           {1, 1U << 20U});
  v.number({"direct_reclaim_batch", "pages that one direct reclaim sends to swap at most"},
           direct_reclaim_batch, {1, 1U << 20U});
  v.section({"cycles", "what the kernel's own instructions take, in CPU cycles"}, cycles);
}

}  // namespace tlmmu
