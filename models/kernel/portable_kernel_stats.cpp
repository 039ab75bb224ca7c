// SPDX-License-Identifier: Apache-2.0
#include "models/kernel/portable_kernel_stats.h"

#include <fmt/format.h>

#include <numeric>

#include "models/events/event_types.h"

namespace tlmmu {

namespace {

constexpr const char* kFaultHelp[kernel::kFaultKinds] = {
    "resolved without the disk",      "text read from its file",
    "pages read back from swap",      "stores to text: the process got its own copy",
    "only A, D or a stale TLB entry", "that ended the process",
};

constexpr const char* kKillHelp[kernel::kKillReasons] = {
    "touched what is not theirs", "touched what has no memory behind it",
    "were the largest when no frame could be freed", "needed a page that could not be read",
    "had text for which the disk has no room"};

const char* fault_name(std::size_t kind) {
  return name_in(events::kFaultKindNames, static_cast<events::FaultKind>(kind));
}

}  // namespace

std::uint64_t FaultStats::total() const {
  return std::accumulate(count.begin(), count.end(), std::uint64_t{0});
}

void FaultStats::describe(stats::Visitor& v) const {
  v.counter({"all", "faults", "page faults of all kinds"}, total());
  for (std::size_t kind = 0; kind < count.size(); ++kind) {
    v.counter({fault_name(kind), "faults", kFaultHelp[kind]}, count[kind]);
  }
}

void KillStats::describe(stats::Visitor& v) const {
  for (std::size_t reason = 0; reason < count.size(); ++reason) {
    v.counter({name_in(kKillReasonNames, static_cast<kernel::KillReason>(reason)), "processes",
               kKillHelp[reason]},
              count[reason]);
  }
}

void ProcessStats::describe(stats::Visitor& v) const {
  v.counter({"resident", "pages", "resident set now"}, resident);
  v.counter({"max_resident", "pages", "largest resident set"}, max_resident);
  v.counter({"max_page_tables", "frames", "most page tables held"}, max_page_tables);
  v.group("faults", "its page faults", faults);
  v.time({"blocked_time", "ps", "waited for the disk or for a frame"}, blocked_time);
}

PortableKernelStats::PortableKernelStats(const kernel::Kernel& kernel)
    : counters(kernel.state().counters),
      frames(kernel.state().frames.counts()),
      total_frames(kernel.state().frames.total()),
      swap(kernel.state().swap.counts()),
      slot_holders(kernel.state().slot_holders.size()),
      reads_in_flight(kernel.state().disk.reads_in_flight()),
      writes_in_flight(kernel.state().disk.writes_in_flight()) {
  std::copy(std::begin(counters.faults), std::end(counters.faults), faults.count.begin());
  std::copy(std::begin(counters.kills), std::end(counters.kills), kills.count.begin());
  const kernel::ProcessTable& table = kernel.state().processes;
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const kernel::Process& process = table.at(kernel::ProcessId(i));
    ProcessStats stats;
    stats.resident = process.resident;
    stats.max_resident = process.max_resident;
    stats.max_page_tables = process.max_page_tables;
    std::copy(std::begin(process.faults), std::end(process.faults), stats.faults.count.begin());
    stats.blocked_time = process.blocked_time;
    processes.push_back(stats);
  }
}

std::uint64_t PortableKernelStats::swapped_pages() const {
  const std::uint64_t back = counters.swap_ins + counters.swap_cache_hits +
                             counters.swap_outs_undone + counters.swap_discarded;
  return counters.swap_outs + counters.dropped_clean - back;
}

void PortableKernelStats::describe(stats::Visitor& v) const {
  describe_faults(v);
  describe_memory(v);
  describe_swap(v);
  describe_reclaim(v);
  describe_disk(v);
  for (std::size_t i = 0; i < processes.size(); ++i) {
    v.group(fmt::format("process_{}", i), "one process, ended or not", processes[i]);
  }
}

void PortableKernelStats::describe_faults(stats::Visitor& v) const {
  const kernel::Counters& c = counters;
  v.group("faults", "page faults of all processes", faults);
  v.group("kills", "processes ended by the kernel", kills);
  v.counter({"fault_traps", "traps", "entries of the kernel for a fault"}, c.fault_traps);
  v.counter({"frame_waits", "traps", "fault entries that ended in waiting for a frame"},
            c.frame_waits);
  v.counter({"context_switches", "switches", "times another process got the CPU"},
            c.context_switches);
  v.counter({"fences", "fences", "sfence.vma executed"}, c.fences);
  v.law("fault traps = faults + waits for a frame", c.fault_traps, faults.total() + c.frame_waits);
  std::uint64_t of_processes = 0;
  for (const ProcessStats& process : processes) of_processes += process.faults.total();
  v.law("faults = sum over processes", faults.total(), of_processes);
}

void PortableKernelStats::describe_memory(stats::Visitor& v) const {
  v.counter({"frames", "frames", "of the memory"}, total_frames);
  v.counter({"frames_free", "frames", "free now"}, frames.free);
  v.counter({"frames_reserved", "frames", "of the kernel itself"}, frames.reserved);
  v.counter({"frames_page_tables", "frames", "that hold page tables now"}, frames.page_tables);
  v.counter({"frames_mapped", "frames", "that hold pages of processes now"}, frames.mapped);
  v.counter({"frames_reading", "frames", "being read from disk now"}, frames.reading);
  v.counter({"frames_writing", "frames", "being written to disk now"}, frames.writing);
  v.counter({"page_tables_allocated", "frames", "taken for page tables"},
            counters.page_tables_allocated);
  v.counter({"page_tables_freed", "frames", "of page tables given back"},
            counters.page_tables_freed);
  std::uint64_t resident = 0;
  for (const ProcessStats& process : processes) resident += process.resident;
  v.law("frames = free + reserved + page tables + mapped + in flight", total_frames,
        frames.free + frames.reserved + frames.page_tables + frames.mapped + frames.in_flight());
  v.law("mapped frames = sum of resident sets", frames.mapped, resident);
  v.law("page-table frames + freed = allocated", frames.page_tables + counters.page_tables_freed,
        counters.page_tables_allocated);
}

void PortableKernelStats::describe_swap(stats::Visitor& v) const {
  const kernel::Counters& c = counters;
  v.counter({"swap_outs", "pages", "taken from a process to be written to swap"}, c.swap_outs);
  v.counter({"swap_ins", "pages", "read from swap"}, c.swap_ins);
  v.counter({"swap_cache_hits", "pages", "taken back while they were being written"},
            c.swap_cache_hits);
  v.counter({"swap_outs_undone", "pages", "kept because no slot could be written"},
            c.swap_outs_undone);
  v.counter({"swap_discarded", "pages", "in swap when their process ended"}, c.swap_discarded);
  v.counter({"swapped_pages", "pages", "in swap now"}, swapped_pages());
  v.counter({"slots_taken", "slots", "of resident pages, given to pages that had to go"},
            c.slots_taken);
  v.counter({"slots_in_use", "slots", "of the swap area now"}, swap.in_use);
  v.counter({"slots_bad", "slots", "given up after a write error"}, swap.bad);
  v.counter({"file_blocks", "blocks", "of the disk that hold program text"}, swap.file);
  v.counter({"file_ins", "pages", "of text read from disk"}, c.file_ins);
  v.law("slots in use = swapped pages + resident pages with a slot + slots of ended processes",
        swap.in_use, swapped_pages() + slot_holders + c.orphan_slots);
}

void PortableKernelStats::describe_reclaim(stats::Visitor& v) const {
  const kernel::Counters& c = counters;
  v.counter({"kswapd_wakeups", "times", "free frames fell below the low watermark"},
            c.kswapd_wakeups);
  v.counter({"kswapd_slices", "slices", "of work that kswapd did"}, c.kswapd_slices);
  v.counter({"kswapd_scanned", "frames", "kswapd looked at"}, c.kswapd_scanned);
  v.counter({"direct_reclaims", "times", "a fault found no free frame"}, c.direct_reclaims);
  v.counter({"direct_scanned", "frames", "faults looked at to find one to free"}, c.direct_scanned);
  v.counter({"referenced", "frames", "scanned and given a second chance"}, c.referenced);
  v.counter({"dropped_text", "pages", "of text dropped, to be read again"}, c.dropped_text);
  v.counter({"dropped_clean", "pages", "dropped because swap held them unchanged"},
            c.dropped_clean);
  v.counter({"unreclaimable", "frames", "scanned, but pinned or without a slot"}, c.unreclaimable);
  v.counter({"throttled", "times", "a scan stopped at the limit of pages on their way to swap"},
            c.throttled);
  v.law("scanned = second chances + dropped + swap-outs + unreclaimable", scanned(),
        c.referenced + c.dropped_text + c.dropped_clean + c.swap_outs + c.unreclaimable);
}

void PortableKernelStats::describe_disk(stats::Visitor& v) const {
  const kernel::Counters& c = counters;
  v.counter({"transfers", "requests", "made to the disk"}, c.transfers);
  v.counter({"transfers_cancelled", "requests", "taken back before the disk had them"},
            c.transfers_cancelled);
  v.counter({"reads_abandoned", "pages", "read for a process that had ended"}, c.reads_abandoned);
  v.counter({"writes_done", "pages", "written"}, c.writes_done);
  v.counter({"write_retries", "pages", "written again to another slot after an error"},
            c.write_retries);
  v.counter({"read_errors", "errors", "each ended a process"}, c.read_errors);
  v.counter({"write_errors", "errors", "each retired a slot"}, c.write_errors);
  v.counter({"queue_full", "times", "a request had to wait for room in the disk's queue"},
            c.queue_full);
  v.counter({"stray_completions", "completions", "of no transfer that was under way"},
            c.stray_completions);
  v.counter({"max_writes_in_flight", "pages", "most on their way to swap at once"},
            c.max_writes_in_flight);
  v.law("requests = done + cancelled + in flight", c.transfers,
        c.transfers_done + c.transfers_cancelled + reads_in_flight + writes_in_flight);
  v.law("major faults = pages read + errors + abandoned + in flight",
        faults.of(kernel::FaultKind::major_file) + faults.of(kernel::FaultKind::major_swap),
        c.file_ins + c.swap_ins + c.read_errors + c.reads_abandoned + reads_in_flight);
  v.law("frames being read = reads in flight", frames.reading, reads_in_flight);
  v.law("swap-outs + retries = written + errors + cancelled + in flight",
        c.swap_outs + c.write_retries,
        c.writes_done + c.write_errors + c.cancelled_writes + writes_in_flight);
}

}  // namespace tlmmu
