// SPDX-License-Identifier: Apache-2.0
#include "models/kernel/portable_kernel_stats.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "models/events/kernel_events.h"

namespace tlmmu {

namespace {

constexpr const char* kFaultHelp[kernel::kFaultKinds] = {
    "resolved without the disk",
    "pages read from their file",
    "pages read back from swap",
    "stores to pages that others may share: copied, or kept by the last owner",
    "only A, D or a stale TLB entry",
    "that ended the process",
    "first touches below a stack: it grew",
    "of the kernel itself, at an address that it may not touch: its call failed",
};

constexpr const char* kKillHelp[kernel::kKillReasons] = {
    "touched what is not theirs",
    "touched what has no memory behind it",
    "were the largest when no frame could be freed",
    "needed a page that could not be read",
    "had text for which the disk has no room",
    "did what the area does not allow"};

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

Picoseconds FaultTimes::total() const {
  return std::accumulate(of_kind.begin(), of_kind.end(), frame_waits);
}

void FaultTimes::describe(stats::Visitor& v) const {
  v.time({"all", "ps", "for faults of all kinds, and those that ended in waiting"}, total());
  for (std::size_t kind = 0; kind < of_kind.size(); ++kind) {
    v.time({fault_name(kind), "ps", "from the trap to the answer, in sum"}, of_kind[kind]);
  }
  v.time({"frame_waits", "ps", "where the answer was to wait for a frame"}, frame_waits);
}

void KillStats::describe(stats::Visitor& v) const {
  for (std::size_t reason = 0; reason < count.size(); ++reason) {
    v.counter({name_in(kKillReasonNames, static_cast<kernel::KillReason>(reason)), "processes",
               kKillHelp[reason]},
              count[reason]);
  }
}

void ProcessStats::describe(stats::Visitor& v) const {
  v.counter({"allocated", "pages", "of its areas; a recorded process has all of the lower half"},
            allocated);
  v.counter({"resident", "pages", "resident set now"}, resident);
  v.counter({"max_resident", "pages", "largest resident set"}, max_resident);
  v.counter({"swapped", "pages", "in swap now"}, swapped);
  v.counter({"copy_on_write", "pages", "resident and shared until somebody stores, now"},
            copy_on_write);
  v.counter({"locked", "pages", "resident and locked now"}, locked);
  v.counter({"huge_pages", "pages", "of 2 MiB now"}, huge_pages);
  v.counter({"max_page_tables", "frames", "most page tables held"}, max_page_tables);
  v.group("layout", "the fixed points of its address space", layout);
  v.group("faults", "its page faults", faults);
  v.counter({"frame_waits", "traps", "its fault entries that ended in waiting for a frame"},
            frame_waits);
  v.group("fault_time", "time for handling its faults, by kind", fault_time);
  v.ratio({"fault_time_mean", "ps", "for one of its fault entries"}, fault_time.total().value(),
          faults.total() + frame_waits);
  v.time({"blocked_time", "ps", "waited for the disk or for a frame"}, blocked_time);
}

namespace {

ProcessStats stats_of(const kernel::Process& process) {
  ProcessStats stats;
  stats.layout = {process.image_start, process.heap_start, process.stack_end};
  stats.allocated = process.areas.pages();
  stats.resident = process.use.resident;
  stats.max_resident = process.use.max_resident;
  stats.swapped = process.use.swapped;
  stats.copy_on_write = process.use.copy_on_write;
  stats.locked = process.use.locked;
  stats.huge_pages = process.use.huge_pages;
  stats.max_page_tables = process.use.max_page_tables;
  std::copy(std::begin(process.use.faults), std::end(process.use.faults),
            stats.faults.count.begin());
  stats.frame_waits = process.use.frame_waits;
  stats.blocked_time = process.use.blocked_time;
  return stats;
}

std::uint64_t live_segments(const kernel::SegmentTable& segments) {
  std::uint64_t count = 0;
  for (std::uint32_t i = 0; i < segments.size(); ++i) {
    count += segments.at(kernel::SegmentId(i)).alive ? 1 : 0;
  }
  return count;
}

}  // namespace

PortableKernelStats::PortableKernelStats(const kernel::Kernel& kernel)
    : counters(kernel.state().counters),
      frames(kernel.state().frames.counts()),
      total_frames(kernel.state().frames.total()),
      buddy(kernel.state().frames.buddy().counts()),
      fragmentation(kernel.state().frames.buddy().fragmentation(9)),
      swap(kernel.state().blocks.counts()),
      shared_mappings(kernel.state().mapping_slab.in_use()),
      areas(kernel.state().area_slab.in_use()),
      alive(kernel.alive()),
      segments(live_segments(kernel.state().segments)),
      slot_holders(kernel.state().slot_holders.size()),
      suspended(kernel.state().scheduler.suspended()),
      reads_in_flight(kernel.state().disk.reads_in_flight()),
      writes_in_flight(kernel.state().disk.writes_in_flight()) {
  std::copy(std::begin(counters.faults), std::end(counters.faults), faults.count.begin());
  std::copy(std::begin(counters.kills), std::end(counters.kills), kills.count.begin());
  const kernel::ProcessTable& table = kernel.state().processes;
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    processes.push_back(stats_of(table.at(kernel::ProcessId(i))));
    page_states.resident += processes.back().resident - processes.back().copy_on_write;
    page_states.copy_on_write += processes.back().copy_on_write;
    page_states.swapped += processes.back().swapped;
  }
  constexpr unsigned kWays = kernel::kPageStates * kernel::kPageStates;
  std::copy_n(&counters.page_states[0][0], kWays, &page_states.transitions[0][0]);
}

std::uint64_t PortableKernelStats::resident() const {
  std::uint64_t sum = counters.segment_resident;
  for (const ProcessStats& process : processes) sum += process.resident;
  return sum;
}

std::uint64_t PortableKernelStats::swapped() const {
  std::uint64_t sum = counters.segment_swapped;
  for (const ProcessStats& process : processes) sum += process.swapped;
  return sum;
}

void PortableKernelStats::describe(stats::Visitor& v) const {
  describe_faults(v);
  describe_calls(v);
  describe_memory(v);
  describe_end(v);
  describe_blocks(v);
  describe_swap(v);
  describe_caches(v);
  describe_thrashing(v);
  describe_reclaim(v);
  describe_disk(v);
  for (std::size_t i = 0; i < processes.size(); ++i) {
    v.group(fmt::format("process_{}", i), "one process, ended or not; of all that had the number",
            processes[i]);
  }
}

// Once everybody has ended, and no segment outlives them, nothing is in use but what caches hold,
// and what the disk still works on.
void PortableKernelStats::describe_end(stats::Visitor& v) const {
  const bool over = alive == 0 && segments == 0;
  v.counter({"segments", "segments", "of shared memory now; they outlive processes"}, segments);
  const std::uint64_t under_way = reads_in_flight + writes_in_flight;
  const std::uint64_t slots = swap.in_use - std::min(swap.in_use, under_way);
  v.law("at the end no page is mapped", over ? frames.mapped : 0, 0);
  v.law("at the end no page table and no object of the kernel is left",
        over ? frames.page_tables + frames.slab : 0, 0);
  v.law("at the end no slot is in use but those under way", over ? slots : 0, 0);
}

void PortableKernelStats::describe_faults(stats::Visitor& v) const {
  const kernel::Counters& c = counters;
  v.group("faults", "page faults of all processes", faults);
  v.group("kills", "processes ended by the kernel", kills);
  v.counter({"fault_traps", "traps", "entries of the kernel for a fault"}, c.fault_traps);
  v.counter({"prefaults", "faults", "of pages that mlock brought in, before anybody used them"},
            c.prefaults);
  v.counter({"frame_waits", "traps", "fault entries that ended in waiting for a frame"},
            c.frame_waits);
  v.counter({"copied", "pages", "copied for a store"}, c.copied);
  v.counter({"reused", "pages", "kept for a store, because the process was the last owner"},
            c.reused);
  v.counter({"joined_reads", "faults", "for a page that was being read already"}, c.joined_reads);
  v.counter({"context_switches", "switches", "times another process got the CPU"},
            c.context_switches);
  v.counter({"fences", "fences", "sfence.vma executed"}, c.fences);
  v.counter({"asid_rollovers", "times", "all ASIDs were used up and all TLBs flushed"},
            c.asid_rollovers);
  v.law("fault traps + pages for mlock = faults + waits for a frame", c.fault_traps + c.prefaults,
        faults.total() + c.frame_waits);
  v.law("copy-on-write faults = copied + reused", faults.of(kernel::FaultKind::copy_on_write),
        c.copied + c.reused);
  FaultStats of_processes;
  std::uint64_t waits_of_processes = 0;
  for (const ProcessStats& process : processes) {
    waits_of_processes += process.frame_waits;
    for (std::size_t kind = 0; kind < faults.count.size(); ++kind) {
      of_processes.count[kind] += process.faults.count[kind];
    }
  }
  for (std::size_t kind = 0; kind < faults.count.size(); ++kind) {
    v.law(fmt::format("faults.{} = sum over processes", fault_name(kind)), faults.count[kind],
          of_processes.count[kind]);
  }
  v.law("waits for a frame = sum over processes", c.frame_waits, waits_of_processes);
}

void PortableKernelStats::describe_calls(stats::Visitor& v) const {
  const kernel::Counters& c = counters;
  v.counter({"system_calls", "calls", "answered"}, c.system_calls);
  v.counter({"call_waits", "calls", "that had to wait, and came again"}, c.call_waits);
  v.counter({"forks", "processes", "made by fork"}, c.forks);
  v.counter({"areas", "areas", "of address spaces now, without those of recorded processes"},
            areas);
  v.counter({"areas_made", "areas", "mapped, attached, or inherited by a fork"}, c.areas_made);
  v.counter({"areas_removed", "areas", "unmapped, detached, or left by their process's end"},
            c.areas_removed);
  v.counter({"area_splits", "areas", "cut in two at the border of a system call's range"},
            c.area_splits);
  v.counter({"area_merges", "areas", "that became part of a neighbour alike"}, c.area_merges);
  v.law("areas made + split = merged + removed + now", c.areas_made + c.area_splits,
        c.area_merges + c.areas_removed + areas);
  v.counter({"execs", "programs", "started in a process that was there"}, c.execs);
}

}  // namespace tlmmu
