// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/reclaim/policies/ageing.h"
#include "firmware/kernel/vm/page_state.h"

namespace tlmmu::kernel {

/// What the kernel counts, exactly and always. The laws between these numbers are listed in
/// docs/kernel.md and checked by the port.
struct Counters {
  std::uint64_t fault_traps = 0;  ///< entries for a fault
  std::uint64_t prefaults = 0;    ///< the same for a page that mlock wants
  std::uint64_t faults[kFaultKinds] = {};
  std::uint64_t frame_waits = 0;  ///< fault entries that ended with the process waiting for memory
  std::uint64_t kills[kKillReasons] = {};
  std::uint64_t zero_filled = 0;      ///< faults that found nothing, and got a page of zeros
  std::uint64_t made_executable = 0;  ///< faults of traces that fetch from a page of data
  std::uint64_t copied_unmapped = 0;  ///< of `copied`, from a file's page it had not mapped
  std::uint64_t copied = 0;           ///< copy-on-write faults that copied the page
  std::uint64_t reused = 0;           ///< copy-on-write faults whose process was the last owner
  std::uint64_t joined_reads = 0;     ///< major faults for a page that was already being read

  std::uint64_t system_calls = 0;       ///< that were not answered with `blocked`
  std::uint64_t call_waits = 0;         ///< system calls answered with `blocked`
  std::uint64_t processes_started = 0;  ///< by the port, not by fork
  std::uint64_t processes_ended = 0;
  std::uint64_t exits = 0;  ///< of these, by themselves
  std::uint64_t forks = 0;
  std::uint64_t execs = 0;
  std::uint64_t areas_made = 0;
  std::uint64_t areas_removed = 0;
  std::uint64_t area_splits = 0;  ///< areas cut in two
  std::uint64_t area_merges = 0;  ///< areas that became part of a neighbour

  std::uint64_t page_states[kPageStates][kPageStates] = {};  ///< transitions of processes' pages
  std::uint64_t neighbors_adjacent = 0;   ///< touched after the page below, in the frame after its
  std::uint64_t neighbors_scattered = 0;  ///< touched after the page below, in some other frame
  std::uint64_t max_frame_users = 0;      ///< PTEs that mapped one frame, at most
  std::uint64_t users_joined = 0;         ///< PTEs that came to a frame which had a user already
  std::uint64_t users_left = 0;           ///< PTEs that left a frame to its other users
  std::uint64_t ptes_reclaimed = 0;  ///< of processes, whose page reclaim took from all its users
  std::uint64_t ptes_given_up = 0;   ///< of processes, whose page they gave up while it was there

  std::uint64_t page_tables_allocated = 0;
  std::uint64_t page_tables_freed = 0;
  std::uint64_t fences = 0;
  std::uint64_t asid_rollovers = 0;  ///< times all ASIDs were used up and all TLBs flushed
  std::uint64_t context_switches = 0;

  std::uint64_t segments_made = 0;
  std::uint64_t segments_destroyed = 0;
  std::uint64_t segment_resident = 0;  ///< now: pages of shared segments that have a frame
  std::uint64_t segment_swapped = 0;   ///< now: pages of shared segments that have a slot

  std::uint64_t swap_outs = 0;        ///< pages taken from their users to be written to swap
  std::uint64_t swap_ins = 0;         ///< pages read from swap
  std::uint64_t swap_cache_hits = 0;  ///< faults on a swapped page that was still in memory
  std::uint64_t swap_outs_undone =
      0;                             ///< pages that stay in memory because no slot would take them
  std::uint64_t swap_discarded = 0;  ///< PTEs of swapped pages given up by their process
  std::uint64_t slots_taken = 0;     ///< slots of resident pages that another page needed more
  std::uint64_t file_ins = 0;        ///< pages of files read
  std::uint64_t file_outs = 0;       ///< dirty pages of files sent to disk
  std::uint64_t writeback_rounds = 0;   ///< through all pages of files that may be dirty
  std::uint64_t writeback_scanned = 0;  ///< frames looked at in these
  std::uint64_t written_back = 0;       ///< pages of files sent to disk for having been dirty long
  std::uint64_t shutdown_writes = 0;    ///< pages of files sent to disk when all had ended
  std::uint64_t file_pages_lost = 0;    ///< pages of files that were dirty when the machine stopped
  std::uint64_t synced = 0;             ///< pages of files sent to disk for msync
  std::uint64_t segment_hits = 0;       ///< pages of segments that a fault found in memory
  std::uint64_t page_cache_hits = 0;    ///< file pages that a fault found in memory
  std::uint64_t transfer_reads = 0;     ///< pages of files read for pread and pwrite
  std::uint64_t bytes_to_user = 0;      ///< copied by pread
  std::uint64_t bytes_from_user = 0;    ///< copied by pwrite
  std::uint64_t buffer_misses = 0;      ///< device blocks that had to be read
  std::uint64_t buffer_ins = 0;         ///< device blocks read
  std::uint64_t buffer_hits = 0;        ///< device blocks found in memory
  std::uint64_t reads_ahead = 0;        ///< pages read that nobody had asked for
  std::uint64_t reads_ahead_unused = 0;  ///< of these, gone before
  std::uint64_t reads_ahead_used = 0;    ///< of these, asked for later
  std::uint64_t dropped_text = 0;        ///< text pages of traces dropped, never written
  std::uint64_t dropped_file = 0;    ///< clean pages of files taken from their users and dropped
  std::uint64_t dropped_clean = 0;   ///< swap-backed pages dropped because their slot was current
  std::uint64_t dropped_cached = 0;  ///< cached pages that nobody mapped, dropped

  std::uint64_t evictions = 0;  ///< pages that left memory: the clock of refault distances
  std::uint64_t refaults = 0;   ///< pages read again that would have stayed in twice the memory

  std::uint64_t windows = 0;            ///< that were judged for thrashing
  std::uint64_t thrashing_windows = 0;  ///< of these, in which little was done but paging
  std::uint64_t suspensions = 0;        ///< processes taken out by load control
  std::uint64_t resumptions = 0;        ///< of these, returned
  std::uint64_t ended_suspended = 0;    ///< of these, ended

  std::uint64_t kswapd_wakeups = 0;
  std::uint64_t kswapd_sleeps = 0;
  std::uint64_t kswapd_slices = 0;
  std::uint64_t kswapd_scanned = 0;
  std::uint64_t direct_reclaims = 0;
  std::uint64_t direct_scanned = 0;
  std::uint64_t limit_scanned = 0;    ///< frames looked at because a process was at its limit
  std::uint64_t limit_reclaims = 0;   ///< times a process had to give a page of its own
  std::uint64_t unshared = 0;         ///< pages taken from a process at its limit, not from others
  std::uint64_t scanned_cached = 0;   ///< frames looked at in stage 1
  std::uint64_t scanned_shared = 0;   ///< frames looked at in stage 2
  std::uint64_t scanned_pages = 0;    ///< frames looked at in stage 3
  std::uint64_t referenced = 0;       ///< scanned frames that were kept for being used
  AgeCounters ages;                   ///< of the policy of ageing
  std::uint64_t reference_ticks = 0;  ///< times all A bits were cleared for the policy
  std::uint64_t reference_ticks_merged = 0;  ///< ticks that came while the kernel was not entered
  std::uint64_t references_cleared = 0;      ///< frames looked at for that
  std::uint64_t throttled = 0;      ///< scans that stopped at the limit of writes in flight
  std::uint64_t unreclaimable = 0;  ///< scanned frames that were pinned, locked or found no slot

  std::uint64_t huge_mapped = 0;   ///< large pages mapped
  std::uint64_t huge_split = 0;    ///< large pages cut into base pages
  std::uint64_t huge_scanned = 0;  ///< of these, because reclaim needed memory

  std::uint64_t reads_started = 0;        ///< pages that the disk was asked to read
  std::uint64_t transfers = 0;            ///< requests made to the kernel's disk queue
  std::uint64_t transfers_done = 0;       ///< requests that the disk finished, well or not
  std::uint64_t transfers_cancelled = 0;  ///< requests taken back before the disk had them
  std::uint64_t reads_cancelled = 0;      ///< of these, reads that nobody wanted any more
  std::uint64_t writes_done = 0;
  std::uint64_t write_retries = 0;  ///< failed writes sent to another slot
  std::uint64_t read_errors = 0;
  std::uint64_t write_errors = 0;
  std::uint64_t cancelled_writes = 0;   ///< taken back or given up before the disk had them
  std::uint64_t queue_full = 0;         ///< times the disk had no room and a request stayed queued
  std::uint64_t stray_completions = 0;  ///< completions with a tag that is not under way
  std::uint64_t max_writes_in_flight = 0;
};

}  // namespace tlmmu::kernel
