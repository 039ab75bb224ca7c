// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/settings.h"
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

constexpr EnumName<kernel::PolicyName> kPolicyNames[] = {
    {kernel::PolicyName::clock, "clock"},
    {kernel::PolicyName::ageing, "ageing"},
    {kernel::PolicyName::fifo, "fifo"},
    {kernel::PolicyName::exact_lru, "exact_lru"},
    {kernel::PolicyName::nru, "nru"},
    {kernel::PolicyName::wsclock, "wsclock"},
    {kernel::PolicyName::two_queue, "two_queue"},
    {kernel::PolicyName::mglru, "mglru"},
    {kernel::PolicyName::random, "random"},
};

constexpr EnumName<kernel::ReclaimScope> kReclaimScopeNames[] = {
    {kernel::ReclaimScope::global, "global"},
    {kernel::ReclaimScope::process, "process"},
};

constexpr EnumName<kernel::HugePageUse> kHugePageUseNames[] = {
    {kernel::HugePageUse::never, "never"},
    {kernel::HugePageUse::madvise, "madvise"},
    {kernel::HugePageUse::always, "always"},
};

constexpr EnumName<kernel::Shutdown> kShutdownNames[] = {
    {kernel::Shutdown::sync, "sync"},
    {kernel::Shutdown::power_off, "power_off"},
};

constexpr EnumName<kernel::Overload> kOverloadNames[] = {
    {kernel::Overload::ignore, "ignore"},
    {kernel::Overload::suspend, "suspend"},
};

constexpr EnumName<kernel::SwapPriority> kSwapPriorityNames[] = {
    {kernel::SwapPriority::equal, "equal"},
    {kernel::SwapPriority::descending, "descending"},
};

/// Section [kernel.ageing]: how the age of a page changes (`swap_control`).
struct AgeingConfig {
  std::uint64_t start = 3;
  std::uint64_t advance = 3;
  std::uint64_t decline = 1;
  std::uint64_t maximum = 20;

  void describe(config::Visitor& v);
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
  kernel::PolicyName policy = kernel::PolicyName::clock;
  AgeingConfig ageing;
  Picoseconds nru_tick = milliseconds(1);
  Picoseconds wsclock_window = milliseconds(10);
  std::uint64_t random_seed = 1;
  kernel::ReclaimScope reclaim_scope = kernel::ReclaimScope::global;
  std::uint64_t process_batch = 32;
  std::uint64_t resident_limit = 0;
  std::uint64_t resident_minimum = 0;
  std::uint64_t swap_readahead = 0;
  std::uint64_t swap_areas = 1;
  kernel::SwapPriority swap_priority = kernel::SwapPriority::equal;
  std::uint64_t swap_cluster = 32;
  Picoseconds disk_timeout = milliseconds(30'000);
  std::uint64_t asids = 65535;
  Bytes stack_limit = mebibytes(8);
  kernel::HugePageUse huge_pages = kernel::HugePageUse::never;
  Picoseconds dirty_writeback = milliseconds(5'000);
  Picoseconds dirty_expire = milliseconds(30'000);
  kernel::Shutdown shutdown = kernel::Shutdown::sync;
  std::uint64_t file_readahead = 0;
  Picoseconds thrash_window = milliseconds(100);
  std::uint64_t thrash_faults = 100;
  kernel::Overload overload = kernel::Overload::ignore;
  KernelCyclesConfig cycles;

  kernel::PolicyParameters policy_parameters() const;

  void describe(config::Visitor& v);

 private:
  void describe_policy(config::Visitor& v);
  void describe_limits(config::Visitor& v);
  void describe_disk(config::Visitor& v);
};

}  // namespace tlmmu
