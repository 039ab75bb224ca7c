// SPDX-License-Identifier: Apache-2.0
#include "models/kernel/portable_kernel_stats.h"

#include <fmt/format.h>

#include <algorithm>

#include "firmware/kernel/reclaim/reference_tick.h"

namespace tlmmu {

PortableKernelStats::PortableKernelStats(const kernel::Kernel& kernel, const FrameCensus& counted)
    : census(counted),
      counters(kernel.state().counters),
      frames(kernel.state().frames.counts()),
      total_frames(kernel.state().frames.total()),
      buddy(kernel.state().frames.buddy().counts()),
      fragmentation(kernel.state().frames.buddy().fragmentation(9)),
      swap(kernel.state().blocks.counts()),
      shared_mappings(kernel.state().mapping_slab.in_use()),
      areas(kernel.state().area_slab.in_use()),
      alive(kernel.alive()),
      kswapd_awake(kernel.kswapd_awake()),
      slot_holders(kernel.state().slot_holders.size()),
      suspended(kernel.state().scheduler.suspended()),
      ticks_due(kernel::reference_ticks_due(kernel.state())),
      reads_in_flight(kernel.state().disk.reads_in_flight()),
      writes_in_flight(kernel.state().disk.writes_in_flight()) {
  std::copy(std::begin(counters.faults), std::end(counters.faults), faults.count.begin());
  std::copy(std::begin(counters.kills), std::end(counters.kills), kills.count.begin());
  const kernel::KernelState& state = kernel.state();
  take_settings(state);
  for (std::uint32_t i = 0; i < state.segments.size(); ++i) {
    const kernel::SharedSegment& segment = state.segments.at(kernel::SegmentId(i));
    if (!segment.alive) continue;
    ++segments;
    segment_tables += std::uint64_t{1} << segment.table_order;
  }
  for (std::uint32_t i = 0; i < state.files.size(); ++i) {
    file_blocks += state.files.at(kernel::FileId(i)).pages + 1;
  }
  const kernel::ProcessTable& table = state.processes;
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    processes.push_back(ProcessStats(table.at(kernel::ProcessId(i))));
    page_states.resident += processes.back().resident - processes.back().copy_on_write;
    page_states.copy_on_write += processes.back().copy_on_write;
    page_states.swapped += processes.back().swapped;
  }
  constexpr unsigned kWays = kernel::kPageStates * kernel::kPageStates;
  std::copy_n(&counters.page_states[0][0], kWays, &page_states.transitions[0][0]);
}

void PortableKernelStats::take_settings(const kernel::KernelState& state) {
  stopped = state.stopped;
  shutdown_syncs = state.settings.shutdown == kernel::Shutdown::sync;
  asids = state.settings.asids;
  asids_given = state.asids.given();
  asids_of_generation = state.asids.given_in_generation();
  kswapd_slice = state.settings.kswapd_slice;
  settled = state.settled;
  thrash_window = state.settings.thrash_window;
  dirty_writeback = state.settings.dirty_writeback;
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
  describe_lives(v);
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
  v.counter({"segments_made", "segments", "of shared memory, also those of shared mappings"},
            counters.segments_made);
  v.counter({"segments_destroyed", "segments", "that nobody had attached any more"},
            counters.segments_destroyed);
  v.law("segments made = destroyed + now", counters.segments_made,
        counters.segments_destroyed + segments);
  const std::uint64_t under_way = reads_in_flight + writes_in_flight;
  const std::uint64_t slots = swap.in_use - std::min(swap.in_use, under_way);
  v.law("at the end no page is mapped", over ? frames.mapped : 0, 0);
  v.law("at the end no page table and no object of the kernel is left",
        over ? frames.page_tables + frames.slab : 0, 0);
  v.law("at the end no slot is in use but those under way", over ? slots : 0, 0);
}

}  // namespace tlmmu
