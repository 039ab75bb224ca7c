// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "firmware/kernel/kernel.h"
#include "models/stats/visitor.h"

namespace tlmmu {

constexpr EnumName<kernel::KillReason> kKillReasonNames[] = {
    {kernel::KillReason::bad_address, "bad_address"},
    {kernel::KillReason::access_fault, "access_fault"},
    {kernel::KillReason::out_of_memory, "out_of_memory"},
    {kernel::KillReason::disk_read_error, "disk_read_error"},
    {kernel::KillReason::no_file_space, "no_file_space"},
    {kernel::KillReason::no_permission, "no_permission"},
};

/// Faults by kind, of one process or of all.
struct FaultStats {
  std::array<std::uint64_t, kernel::kFaultKinds> count{};

  std::uint64_t total() const;
  std::uint64_t of(kernel::FaultKind kind) const { return count[static_cast<unsigned>(kind)]; }
  void describe(stats::Visitor& v) const;
};

/// Time for handling faults, of one process or of all, from the trap to the answer. Only a port
/// that takes it knows it.
struct FaultTimes {
  std::array<Picoseconds, kernel::kFaultKinds> of_kind{};
  Picoseconds frame_waits;  ///< where the answer was to wait for a frame

  void add(std::optional<kernel::FaultKind> kind, Picoseconds time) {
    (kind ? of_kind[static_cast<unsigned>(*kind)] : frame_waits) += time;
  }
  Picoseconds total() const;
  void describe(stats::Visitor& v) const;
};

/// Processes ended by the kernel, by reason.
struct KillStats {
  std::array<std::uint64_t, kernel::kKillReasons> count{};

  void describe(stats::Visitor& v) const;
};

/// How often pages of processes went from one state to another, and how many are in it now.
struct PageStateStats {
  std::uint64_t transitions[kernel::kPageStates][kernel::kPageStates] = {};
  std::uint64_t resident = 0;  ///< without copy-on-write
  std::uint64_t copy_on_write = 0;
  std::uint64_t swapped = 0;

  std::uint64_t became(kernel::PageState state) const;
  std::uint64_t left(kernel::PageState state) const;
  std::uint64_t illegal() const;
  void describe(stats::Visitor& v) const;
};

/// Where a process's address space has its fixed points; all 0 for a recorded process.
struct LayoutStats {
  VirtualAddress program, heap, stack_end;

  void describe(stats::Visitor& v) const;
};

/// One process, alive or ended.
struct ProcessStats {
  LayoutStats layout;
  std::uint64_t allocated = 0;
  std::uint64_t resident = 0;
  std::uint64_t max_resident = 0;
  std::uint64_t swapped = 0;
  std::uint64_t copy_on_write = 0;
  std::uint64_t locked = 0;
  std::uint64_t huge_pages = 0;
  std::uint64_t max_page_tables = 0;
  FaultStats faults;
  FaultTimes fault_time;
  std::uint64_t frame_waits = 0;
  Picoseconds blocked_time;

  void describe(stats::Visitor& v) const;
};

/// Statistics of the portable kernel, taken at one moment, with the laws between them.
struct PortableKernelStats {
  PortableKernelStats() = default;
  explicit PortableKernelStats(const kernel::Kernel& kernel);

  kernel::Counters counters;
  FaultStats faults;
  KillStats kills;
  PageStateStats page_states;
  kernel::FrameCounts frames;
  std::uint64_t total_frames = 0;
  kernel::BuddyCounts buddy;
  std::uint64_t fragmentation = 0;  ///< for blocks of 2 MiB, in thousandths
  kernel::SwapCounts swap;
  std::uint64_t shared_mappings = 0;  ///< users of mapped frames beyond the first one of each
  std::uint64_t areas = 0;            ///< of processes that are no traces
  std::uint64_t alive = 0;            ///< processes that have not ended
  std::uint64_t segments = 0;         ///< shared-memory segments, which outlive their processes
  std::uint64_t slot_holders = 0;     ///< resident pages that hold a slot
  std::uint64_t suspended = 0;        ///< processes that load control has taken out
  std::uint64_t reads_in_flight = 0;
  std::uint64_t writes_in_flight = 0;
  std::vector<ProcessStats> processes;

  std::uint64_t resident() const;
  std::uint64_t swapped() const;
  std::uint64_t scanned() const {
    return counters.kswapd_scanned + counters.direct_scanned + counters.limit_scanned;
  }
  void describe(stats::Visitor& v) const;

 private:
  void describe_end(stats::Visitor& v) const;
  void describe_faults(stats::Visitor& v) const;
  void describe_calls(stats::Visitor& v) const;
  void describe_memory(stats::Visitor& v) const;
  void describe_blocks(stats::Visitor& v) const;
  void describe_caches(stats::Visitor& v) const;
  void describe_swap(stats::Visitor& v) const;
  void describe_thrashing(stats::Visitor& v) const;
  void describe_reclaim(stats::Visitor& v) const;
  void describe_disk(stats::Visitor& v) const;
};

}  // namespace tlmmu
