// SPDX-License-Identifier: Apache-2.0
// Of the portable kernel's statistics: faults of all processes, and what processes ask for.
#include <fmt/format.h>

#include <numeric>

#include "models/kernel/portable_kernel_stats.h"

namespace tlmmu {

namespace {

constexpr const char* kKillHelp[kernel::kKillReasons] = {
    "touched what is not theirs",
    "touched what has no memory behind it",
    "were the largest when no frame could be freed",
    "needed a page that could not be read",
    "had text for which the disk has no room",
    "did what the area does not allow"};

}  // namespace

std::uint64_t KillStats::total() const {
  return std::accumulate(count.begin(), count.end(), std::uint64_t{0});
}

std::uint64_t KillStats::for_what_they_did() const {
  using kernel::KillReason;
  return of(KillReason::bad_address) + of(KillReason::access_fault) +
         of(KillReason::no_permission) + of(KillReason::no_file_space);
}

void KillStats::describe(stats::Visitor& v) const {
  for (std::size_t reason = 0; reason < count.size(); ++reason) {
    v.counter({name_in(kKillReasonNames, static_cast<kernel::KillReason>(reason)), "processes",
               kKillHelp[reason]},
              count[reason]);
  }
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
  v.counter({"zero_filled", "pages", "that nothing was known of, filled with zeros"},
            c.zero_filled);
  v.counter({"segment_hits", "faults", "on pages of segments that were in memory"}, c.segment_hits);
  v.counter({"made_executable", "faults", "of traces that fetch from a page of data"},
            c.made_executable);
  v.counter({"copied", "pages", "copied for a store"}, c.copied);
  v.counter({"copied_unmapped", "pages", "of these, of files, not mapped before"},
            c.copied_unmapped);
  v.counter({"reused", "pages", "kept for a store, because the process was the last owner"},
            c.reused);
  v.counter({"joined_reads", "faults", "for a page that was being read already"}, c.joined_reads);
  v.law("fault traps + pages for mlock = faults + waits for a frame", c.fault_traps + c.prefaults,
        faults.total() + c.frame_waits);
  v.law("copy-on-write faults = copied + reused", faults.of(kernel::FaultKind::copy_on_write),
        c.copied + c.reused);
  v.law("minor + stack growth + copied unmapped = zeros + large + found + made executable",
        faults.of(kernel::FaultKind::minor) + faults.of(kernel::FaultKind::stack_growth) +
            c.copied_unmapped,
        c.zero_filled + c.huge_mapped + c.page_cache_hits + c.swap_cache_hits + c.segment_hits +
            c.made_executable);
  describe_faults_of_processes(v);
}

void PortableKernelStats::describe_faults_of_processes(stats::Visitor& v) const {
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
  v.law("waits for a frame = sum over processes", counters.frame_waits, waits_of_processes);
}

void PortableKernelStats::describe_lives(stats::Visitor& v) const {
  const kernel::Counters& c = counters;
  v.counter({"processes_started", "processes", "at boot: traces and programs"},
            c.processes_started);
  v.counter({"forks", "processes", "made by fork"}, c.forks);
  v.counter({"execs", "programs", "started in a process that was there"}, c.execs);
  v.counter({"processes_ended", "processes", "that are no more"}, c.processes_ended);
  v.counter({"exits", "processes", "of these, by themselves"}, c.exits);
  v.counter({"context_switches", "switches", "times another process got the CPU"},
            c.context_switches);
  v.counter({"fences", "fences", "sfence.vma executed"}, c.fences);
  v.counter({"asids_given", "ASIDs", "given to processes"}, asids_given);
  v.counter({"asid_rollovers", "times", "all ASIDs were used up and all TLBs flushed"},
            c.asid_rollovers);
  v.law("started + forked = ended + alive", c.processes_started + c.forks,
        c.processes_ended + alive);
  v.law("ended = exits + kills", c.processes_ended, c.exits + kills.total());
  v.law("ASIDs given = roll-overs * all + of this generation", asids_given,
        c.asid_rollovers * asids + asids_of_generation);
  v.law_at_most("killed for what they did <= fatal faults", kills.for_what_they_did(),
                faults.of(kernel::FaultKind::fatal));
  v.law_at_most("fatal faults <= killed for what they did or for memory",
                faults.of(kernel::FaultKind::fatal),
                kills.for_what_they_did() + kills.of(kernel::KillReason::out_of_memory));
}

void PortableKernelStats::describe_calls(stats::Visitor& v) const {
  const kernel::Counters& c = counters;
  v.counter({"system_calls", "calls", "answered"}, c.system_calls);
  v.counter({"call_waits", "calls", "that had to wait, and came again"}, c.call_waits);
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
  v.law_at_most("forks + programs started <= system calls", c.forks + c.execs, c.system_calls);
}

}  // namespace tlmmu
