// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/kernel_types.h"

namespace tlmmu::kernel {

/// What the kernel counts, exactly and always. The laws between these numbers are listed in
/// docs/kernel.md and checked by the port.
struct Counters {
  std::uint64_t fault_traps = 0;  ///< entries for a fault
  std::uint64_t faults[kFaultKinds] = {};
  std::uint64_t frame_waits = 0;  ///< fault entries that ended with the process waiting for a frame
  std::uint64_t kills[kKillReasons] = {};

  std::uint64_t page_tables_allocated = 0;
  std::uint64_t page_tables_freed = 0;
  std::uint64_t fences = 0;
  std::uint64_t context_switches = 0;

  std::uint64_t swap_outs = 0;         ///< pages taken from their process to be written to swap
  std::uint64_t swap_ins = 0;          ///< pages read from swap and mapped again
  std::uint64_t swap_cache_hits = 0;   ///< pages mapped again while being written
  std::uint64_t swap_outs_undone = 0;  ///< pages mapped again because no slot would take them
  std::uint64_t swap_discarded = 0;    ///< swapped pages given up by the end of their process
  std::uint64_t slots_taken = 0;       ///< slots of resident pages that another page needed more
  std::uint64_t orphan_slots = 0;      ///< now: slots of ended processes that a transfer still uses
  std::uint64_t file_ins = 0;          ///< text pages read from their file and mapped
  std::uint64_t dropped_text = 0;      ///< text pages dropped, never written
  std::uint64_t dropped_clean = 0;     ///< anonymous pages dropped because their slot was current

  std::uint64_t kswapd_wakeups = 0;
  std::uint64_t kswapd_slices = 0;
  std::uint64_t kswapd_scanned = 0;
  std::uint64_t direct_reclaims = 0;
  std::uint64_t direct_scanned = 0;
  std::uint64_t referenced = 0;     ///< scanned frames that got a second chance
  std::uint64_t throttled = 0;      ///< scans that stopped at the limit of writes in flight
  std::uint64_t unreclaimable = 0;  ///< scanned frames that were pinned or found no slot

  std::uint64_t transfers = 0;            ///< requests made to the kernel's disk queue
  std::uint64_t transfers_done = 0;       ///< requests that the disk finished, well or not
  std::uint64_t transfers_cancelled = 0;  ///< requests taken back before the disk had them
  std::uint64_t reads_abandoned = 0;      ///< reads whose process ended meanwhile
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
