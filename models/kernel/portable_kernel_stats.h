// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "firmware/kernel/kernel.h"
#include "models/kernel/frame_census.h"
#include "models/kernel/page_state_stats.h"
#include "models/kernel/process_stats.h"

namespace tlmmu {

constexpr EnumName<kernel::KillReason> kKillReasonNames[] = {
    {kernel::KillReason::bad_address, "bad_address"},
    {kernel::KillReason::access_fault, "access_fault"},
    {kernel::KillReason::out_of_memory, "out_of_memory"},
    {kernel::KillReason::disk_read_error, "disk_read_error"},
    {kernel::KillReason::no_file_space, "no_file_space"},
    {kernel::KillReason::no_permission, "no_permission"},
};

/// Processes ended by the kernel, by reason.
struct KillStats {
  std::array<std::uint64_t, kernel::kKillReasons> count{};

  std::uint64_t total() const;
  std::uint64_t of(kernel::KillReason reason) const { return count[static_cast<unsigned>(reason)]; }
  /// In a fault that nothing could have answered.
  std::uint64_t for_what_they_did() const;

  void describe(stats::Visitor& v) const;
};

/// Statistics of the portable kernel, taken at one moment, with the laws between them.
struct PortableKernelStats {
  PortableKernelStats() = default;
  explicit PortableKernelStats(const kernel::Kernel& kernel)
      : PortableKernelStats(kernel, FrameCensus(kernel.state().frames)) {}
  /// Without a census: for samples, of which nobody asks whether the laws hold.
  PortableKernelStats(const kernel::Kernel& kernel, const FrameCensus& counted);

  FrameCensus census;
  kernel::Counters counters;
  FaultStats faults;
  KillStats kills;
  PageStateStats page_states;
  kernel::FrameCounts frames;
  std::uint64_t total_frames = 0;
  kernel::BuddyCounts buddy;
  std::uint64_t fragmentation = 0;  ///< for blocks of 2 MiB, in thousandths
  kernel::SwapCounts swap;
  std::uint64_t shared_mappings = 0;      ///< users of mapped frames beyond the first one of each
  std::uint64_t areas = 0;                ///< of processes that are no traces
  std::uint64_t alive = 0;                ///< processes that have not ended
  std::uint64_t segments = 0;             ///< shared-memory segments, which outlive their processes
  std::uint64_t segment_tables = 0;       ///< frames of their tables
  std::uint64_t file_blocks = 0;          ///< that the files of the machine have
  std::uint64_t asids = 0;                ///< that there are
  std::uint64_t asids_given = 0;          ///< since boot
  std::uint64_t asids_of_generation = 0;  ///< of these, since the last roll-over
  bool stopped = false;                   ///< the machine
  bool shutdown_syncs = false;            ///< as it was set
  bool kswapd_awake = false;
  std::uint64_t kswapd_slice = 0;              ///< frames in one slice, at most
  Picoseconds settled;                         ///< the last entry of the kernel
  Picoseconds thrash_window, dirty_writeback;  ///< as they were set
  std::uint64_t slot_holders = 0;              ///< resident pages that hold a slot
  std::uint64_t suspended = 0;                 ///< processes that load control has taken out
  std::uint64_t ticks_due = 0;                 ///< multiples of NRU's tick up to the last entry
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
  void take_settings(const kernel::KernelState& state);
  void describe_end(stats::Visitor& v) const;
  void describe_faults(stats::Visitor& v) const;
  void describe_faults_of_processes(stats::Visitor& v) const;
  void describe_lives(stats::Visitor& v) const;
  void describe_calls(stats::Visitor& v) const;
  void describe_memory(stats::Visitor& v) const;
  void describe_users(stats::Visitor& v) const;
  void describe_tables(stats::Visitor& v) const;
  void describe_blocks(stats::Visitor& v) const;
  void describe_caches(stats::Visitor& v) const;
  void describe_swap(stats::Visitor& v) const;
  void describe_thrashing(stats::Visitor& v) const;
  void describe_reclaim(stats::Visitor& v) const;
  void describe_scans(stats::Visitor& v) const;
  void describe_policy(stats::Visitor& v) const;
  void describe_taken(stats::Visitor& v) const;
  void describe_disk(stats::Visitor& v) const;
};

}  // namespace tlmmu
