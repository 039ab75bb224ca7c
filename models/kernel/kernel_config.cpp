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

void AgeingConfig::describe(config::Visitor& v) {
  v.number({"start", "age of a page that came in"}, start, {0, 255});
  v.number({"advance", "added when a page was referenced"}, advance, {0, 255});
  v.number({"decline", "taken off when a page was not referenced"}, decline, {1, 255});
  v.number({"maximum", "age that is not exceeded"}, maximum, {1, 255});
  v.require(start <= maximum, "start", "must not exceed maximum");
}

kernel::PolicyParameters KernelConfig::policy_parameters() const {
  kernel::PolicyParameters parameters;
  const auto byte = [](std::uint64_t n) { return static_cast<std::uint8_t>(n); };
  parameters.ageing = {byte(ageing.start), byte(ageing.advance), byte(ageing.decline),
                       byte(ageing.maximum)};
  parameters.nru_tick = nru_tick;
  parameters.wsclock_window = wsclock_window;
  parameters.random_seed = random_seed;
  return parameters;
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
  describe_policy(v);
  describe_limits(v);
  describe_disk(v);
  v.section({"cycles", "what the kernel's own instructions take, in CPU cycles"}, cycles);
}

void KernelConfig::describe_policy(config::Visitor& v) {
  using kernel::PolicyName;
  v.choice({"policy", "which page of a process has to go"}, policy, kPolicyNames);
  v.when(policy == PolicyName::ageing, "policy = \"ageing\"", [&] {
    v.section({"ageing", "how the age of a page changes"}, ageing);
  });
  v.when(policy == PolicyName::nru, "policy = \"nru\"", [&] {
    v.time({"nru_tick", "after which all accessed bits are cleared, again and again"}, nru_tick,
           {microseconds(1).value(), milliseconds(1'000'000).value()});
  });
  v.when(policy == PolicyName::wsclock, "policy = \"wsclock\"", [&] {
    v.time({"wsclock_window", "pages that their process used more recently, in its own time, stay"},
           wsclock_window, {0, milliseconds(1'000'000).value()});
  });
  v.when(policy == PolicyName::random, "policy = \"random\"", [&] {
    v.number({"random_seed", "of the choices"}, random_seed, {0, ~std::uint64_t{0} >> 1U});
  });
  v.choice(
      {"reclaim_scope", "whose pages the policy chooses among: all, or one process's at a time"},
      reclaim_scope, kReclaimScopeNames);
}

void KernelConfig::describe_limits(config::Visitor& v) {
  const bool by_process = reclaim_scope == kernel::ReclaimScope::process;
  v.when(by_process, "reclaim_scope = \"process\"", [&] {
    v.number({"process_batch", "frames of a process that are looked at, until the next one's turn"},
             process_batch, {1, 1U << 20U});
    v.number({"resident_limit", "pages a process may have in memory; 0 is no limit"},
             resident_limit, {0, std::uint64_t{1} << 40U});
  });
  v.number({"resident_minimum", "pages that the needs of others leave to a process"},
           resident_minimum, {0, std::uint64_t{1} << 40U});
  v.time({"thrash_window", "over which it is judged whether the machine thrashes"}, thrash_window,
         {microseconds(1).value(), milliseconds(1'000'000).value()});
  v.number({"thrash_faults", "major faults in a window from which on it may be thrashing"},
           thrash_faults, {1, std::uint64_t{1} << 40U});
  v.choice({"overload", "what is done about thrashing"}, overload, kOverloadNames);
  v.bytes({"stack_limit", "that the stack of a program may grow to"}, stack_limit,
          {kPageBytes.value(), gibibytes(64).value()});
  v.choice({"huge_pages", "where the anonymous pages of programs are 2 MiB large"}, huge_pages,
           kHugePageUseNames);
  v.number({"asids", "address spaces that the TLBs tell apart; in sv32 at most 511"}, asids,
           {1, 65535});
}

void KernelConfig::describe_disk(config::Visitor& v) {
  v.number(
      {"file_readahead", "pages read after the one of a file that a fault or a transfer needs"},
      file_readahead, {0, 4096});
  v.time(
      {"dirty_writeback", "between two looks at the pages of files that may be dirty; 0 is never"},
      dirty_writeback, {0, milliseconds(1'000'000).value()});
  v.when(dirty_writeback > Picoseconds(0), "dirty_writeback above 0", [&] {
    v.time(
        {"dirty_expire", "that a page of a file is dirty before it is written; at most 255 looks"},
        dirty_expire, {0, milliseconds(1'000'000).value()});
  });
  v.choice({"shutdown", "what becomes of dirty pages of files when the last process has ended"},
           shutdown, kShutdownNames);
  v.number({"swap_readahead", "slots read after the one that a fault needs"}, swap_readahead,
           {0, 4096});
  v.number({"swap_areas", "parts of the disk for swapping, of equal size"}, swap_areas,
           {1, kernel::kMaxSwapAreas});
  v.when(swap_areas > 1, "swap_areas above 1", [&] {
    v.choice({"swap_priority", "which swap area is filled first"}, swap_priority,
             kSwapPriorityNames);
  });
  v.number({"swap_cluster", "slots that are given out together"}, swap_cluster, {1, 65536});
  v.time({"disk_timeout", "silence of a busy disk after which it is asked for lost completions"},
         disk_timeout, {microseconds(1).value(), milliseconds(1'000'000).value()});
}

}  // namespace tlmmu
