// SPDX-License-Identifier: Apache-2.0
// Of the portable kernel's statistics: who leaves memory, why, and what the disk does about it.
#include <algorithm>

#include "models/kernel/portable_kernel_stats.h"

namespace tlmmu {

void PortableKernelStats::describe_thrashing(stats::Visitor& v) const {
  const kernel::Counters& c = counters;
  v.counter({"evictions", "pages", "that left memory"}, c.evictions);
  v.counter({"refaults", "pages", "read again that twice the memory would have kept"}, c.refaults);
  v.counter({"windows", "windows", "of time that were judged for thrashing"}, c.windows);
  v.counter({"thrashing_windows", "windows", "of these in which the machine thrashed"},
            c.thrashing_windows);
  v.counter({"suspensions", "times", "load control took a process out"}, c.suspensions);
  v.counter({"resumptions", "times", "a process that was taken out returned"}, c.resumptions);
  v.counter({"suspended", "processes", "taken out now"}, suspended);
  v.law("suspensions = resumptions + ended + suspended", c.suspensions,
        c.resumptions + c.ended_suspended + suspended);
  v.law_at_most("refaults <= reads", c.refaults, c.reads_started);
  v.law_at_most("thrashing windows <= windows", c.thrashing_windows, c.windows);
  v.law_at_most("windows * thrash_window <= time", c.windows * thrash_window.value(),
                settled.value());
  Picoseconds longest;
  for (const ProcessStats& process : processes) longest = std::max(longest, process.blocked_time);
  v.law_at_most("time a process was blocked <= time", longest.value(), settled.value());
}

void PortableKernelStats::describe_reclaim(stats::Visitor& v) const {
  describe_scans(v);
  describe_policy(v);
  describe_taken(v);
}

void PortableKernelStats::describe_scans(stats::Visitor& v) const {
  const kernel::Counters& c = counters;
  v.counter({"kswapd_wakeups", "times", "free frames fell below the low watermark"},
            c.kswapd_wakeups);
  v.counter({"kswapd_sleeps", "times", "kswapd had freed enough, or could not"}, c.kswapd_sleeps);
  v.counter({"kswapd_slices", "slices", "of work that kswapd did"}, c.kswapd_slices);
  v.counter({"kswapd_scanned", "frames", "kswapd looked at"}, c.kswapd_scanned);
  v.counter({"direct_reclaims", "times", "a fault found too few free frames"}, c.direct_reclaims);
  v.counter({"direct_scanned", "frames", "faults looked at to find one to free"}, c.direct_scanned);
  v.counter({"limit_reclaims", "times", "a process at its limit had to give a page"},
            c.limit_reclaims);
  v.counter({"limit_scanned", "frames", "looked at because of that"}, c.limit_scanned);
  v.counter({"scanned_cached", "frames", "looked at in stage 1: cached, mapped by nobody"},
            c.scanned_cached);
  v.counter({"scanned_shared", "frames", "looked at in stage 2: shared memory"}, c.scanned_shared);
  v.counter({"scanned_pages", "frames", "looked at in stage 3: pages of processes"},
            c.scanned_pages);
  v.counter({"throttled", "times", "a scan stopped at the limit of pages on their way to disk"},
            c.throttled);
  v.law("kswapd wake-ups = sleeps + awake", c.kswapd_wakeups,
        c.kswapd_sleeps + (kswapd_awake ? 1 : 0));
  v.law_at_most("slices of kswapd <= frames it looked at", c.kswapd_slices, c.kswapd_scanned);
  v.law_at_most("frames kswapd looked at <= slices * kswapd_slice", c.kswapd_scanned,
                c.kswapd_slices * kswapd_slice);
  v.law("scanned = sum over stages", scanned(),
        c.scanned_cached + c.scanned_shared + c.scanned_pages);
}

void PortableKernelStats::describe_policy(stats::Visitor& v) const {
  const kernel::Counters& c = counters;
  v.counter({"referenced", "frames", "scanned and kept by the policy"}, c.referenced);
  v.counter({"ages_started", "points", "of age that pages came in with (policy ageing)"},
            c.ages.started);
  v.counter({"ages_raised", "points", "of age added to scanned pages that were used"},
            c.ages.raised);
  v.counter({"ages_lowered", "points", "of age taken from scanned pages that were not used"},
            c.ages.lowered);
  v.counter({"ages_ended", "points", "of age that pages had left when they went"}, c.ages.ended);
  v.law("ages started + raised = lowered + ended + now", c.ages.started + c.ages.raised,
        c.ages.lowered + c.ages.ended + census.ages);
  v.counter({"reference_ticks", "times", "all accessed bits were cleared for NRU"},
            c.reference_ticks);
  v.counter({"reference_ticks_merged", "ticks", "that were over before the kernel was entered"},
            c.reference_ticks_merged);
  v.counter({"references_cleared", "frames", "looked at for that"}, c.references_cleared);
  v.law("reference ticks + merged = time / nru_tick", c.reference_ticks + c.reference_ticks_merged,
        ticks_due);
}

void PortableKernelStats::describe_taken(stats::Visitor& v) const {
  const kernel::Counters& c = counters;
  v.counter({"dropped_text", "pages", "of text of traces dropped, to be read again"},
            c.dropped_text);
  v.counter({"dropped_file", "pages", "of mapped files dropped, to be read again"}, c.dropped_file);
  v.counter({"dropped_clean", "pages", "dropped because swap held them unchanged"},
            c.dropped_clean);
  v.counter({"dropped_cached", "pages", "dropped that nobody mapped"}, c.dropped_cached);
  v.counter({"unreclaimable", "frames", "scanned, but pinned, locked or without a slot"},
            c.unreclaimable);
  v.counter({"huge_scanned", "pages", "of 2 MiB scanned, and split to get at their parts"},
            c.huge_scanned);
  v.counter({"ptes_reclaimed", "PTEs", "of processes, whose page was taken from all its users"},
            c.ptes_reclaimed);
  v.counter({"unshared", "PTEs", "of a process at its limit, whose page others keep"}, c.unshared);
  v.counter({"ptes_given_up", "PTEs", "whose process gave up the page while it was in memory"},
            c.ptes_given_up);
  const std::uint64_t dropped =
      c.dropped_text + c.dropped_file + c.dropped_clean + c.dropped_cached;
  v.law_at_most("large pages split by reclaim <= split", c.huge_scanned, c.huge_split);
  v.law("scanned = second chances + dropped + written + unreclaimable + split", scanned(),
        c.referenced + dropped + c.swap_outs + c.file_outs + c.unreclaimable + c.huge_scanned);
  v.law("evictions = dropped + written", c.evictions, dropped + c.swap_outs + c.file_outs);
  v.law("pages that went = reclaimed + unshared + given up", page_states.went(),
        c.ptes_reclaimed + c.unshared + c.ptes_given_up);
}

void PortableKernelStats::describe_disk(stats::Visitor& v) const {
  const kernel::Counters& c = counters;
  v.counter({"transfers", "requests", "made to the disk"}, c.transfers);
  v.counter({"transfers_cancelled", "requests", "taken back before the disk had them"},
            c.transfers_cancelled);
  v.counter({"reads_cancelled", "requests", "of these, reads that nobody wanted any more"},
            c.reads_cancelled);
  v.counter({"writes_done", "pages", "written"}, c.writes_done);
  v.counter({"write_retries", "pages", "written again to another slot after an error"},
            c.write_retries);
  v.counter({"read_errors", "errors", "each ended who needed the page"}, c.read_errors);
  v.counter({"write_errors", "errors", "each retired a slot, or left a file page in memory"},
            c.write_errors);
  v.counter({"queue_full", "times", "a request had to wait for room in the disk's queue"},
            c.queue_full);
  v.counter({"stray_completions", "completions", "of no transfer that was under way"},
            c.stray_completions);
  v.counter({"max_writes_in_flight", "pages", "most on their way to disk at once"},
            c.max_writes_in_flight);
  v.law("requests = done + cancelled + in flight", c.transfers,
        c.transfers_done + c.transfers_cancelled + reads_in_flight + writes_in_flight);
  v.law("requests taken back = reads + writes taken back", c.transfers_cancelled,
        c.reads_cancelled + c.cancelled_writes);
  v.law_at_most("writes in flight <= most", writes_in_flight, c.max_writes_in_flight);
  v.law_at_most("most writes in flight <= requests", c.max_writes_in_flight, c.transfers);
  v.law_at_most("written to another slot + kept for want of one <= write errors",
                c.write_retries + c.swap_outs_undone, c.write_errors);
  v.law_at_most("slots given up <= write errors", swap.bad, c.write_errors);
  v.law("frames being read = reads in flight", frames.reading, reads_in_flight);
  v.law("pages sent to disk = written + errors + cancelled + in flight",
        c.swap_outs + c.file_outs + c.written_back + c.synced + c.shutdown_writes + c.write_retries,
        c.writes_done + c.write_errors + c.cancelled_writes + writes_in_flight);
}

}  // namespace tlmmu
