// SPDX-License-Identifier: Apache-2.0
// Of the portable kernel's statistics: what one process has, and its faults.
#include "models/kernel/process_stats.h"

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

}  // namespace

const char* fault_name(std::size_t kind) {
  return name_in(events::kFaultKindNames, static_cast<events::FaultKind>(kind));
}

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

void LayoutStats::describe(stats::Visitor& v) const {
  v.counter({"program", "", "virtual address at which the program begins"}, program.value());
  v.counter({"heap", "", "virtual address at which the heap begins"}, heap.value());
  v.counter({"stack_end", "", "virtual address from which the stack grows down"},
            stack_end.value());
}

ProcessStats::ProcessStats(const kernel::Process& process) {
  layout = {process.image_start, process.heap_start, process.stack_end};
  allocated = process.areas.pages();
  resident = process.use.resident;
  max_resident = process.use.max_resident;
  swapped = process.use.swapped;
  copy_on_write = process.use.copy_on_write;
  locked = process.use.locked;
  huge_pages = process.use.huge_pages;
  page_tables = process.use.page_tables;
  max_page_tables = process.use.max_page_tables;
  std::copy(std::begin(process.use.faults), std::end(process.use.faults), faults.count.begin());
  frame_waits = process.use.frame_waits;
  blocked_time = process.use.blocked_time;
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
  v.counter({"page_tables", "frames", "of its page tables now, with those laid aside"},
            page_tables);
  v.counter({"max_page_tables", "frames", "most page tables held"}, max_page_tables);
  v.group("layout", "the fixed points of its address space", layout);
  v.group("faults", "its page faults", faults);
  v.counter({"frame_waits", "traps", "its fault entries that ended in waiting for a frame"},
            frame_waits);
  v.group("fault_time", "time for handling its faults, by kind", fault_time);
  v.ratio({"fault_time_mean", "ps", "for one of its fault entries"}, fault_time.total().value(),
          faults.total() + frame_waits);
  v.time({"blocked_time", "ps", "waited for the disk or for a frame"}, blocked_time);
  v.law_at_most("resident <= largest resident set", resident, max_resident);
  v.law_at_most("resident + swapped <= allocated", resident + swapped, allocated);
  v.law_at_most("page tables <= most page tables", page_tables, max_page_tables);
}

}  // namespace tlmmu
