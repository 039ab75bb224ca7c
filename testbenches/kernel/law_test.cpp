// SPDX-License-Identifier: Apache-2.0
// Each law of the kernel's statistics is broken by a count that slipped. That the laws hold is
// checked by every test that calls `check_invariants`, and at the end of every run of the machine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "models/kernel/kernel_stats.h"
#include "models/stats/snapshot.h"

namespace tlmmu {
namespace {

using kernel::FaultKind;
using kernel::KillReason;
using kernel::Operation;
using kernel::PageState;

/// Something was counted once too often, in statistics that are all 0 otherwise.
struct Slip {
  const char* law;  ///< that it breaks, perhaps with others
  void (*make)(KernelStats&);
};

template <FaultKind kind>
void count_fault(KernelStats& s) {
  ++s.portable.faults.count[static_cast<unsigned>(kind)];
}

template <KillReason reason>
void count_kill(KernelStats& s) {
  ++s.portable.kills.count[static_cast<unsigned>(reason)];
}

template <Operation operation>
void count_operation(KernelStats& s) {
  ++s.port.operations[static_cast<unsigned>(operation)].count;
}

template <PageState from, PageState to>
void count_way(KernelStats& s) {
  ++s.portable.page_states.transitions[static_cast<unsigned>(from)][static_cast<unsigned>(to)];
}

template <std::uint64_t kernel::Counters::*counter>
void count(KernelStats& s) {
  ++(s.portable.counters.*counter);
}

using C = kernel::Counters;
using P = PageState;

const Slip kSlips[] = {
    {"fault traps + pages for mlock = faults + waits for a frame", count<&C::prefaults>},
    {"copy-on-write faults = copied + reused", count<&C::reused>},
    {"minor + stack growth + copied unmapped = zeros + large + found + made executable",
     count<&C::segment_hits>},
    {"faults.minor = sum over processes", count_fault<FaultKind::minor>},
    {"faults.major_file = sum over processes", count_fault<FaultKind::major_file>},
    {"faults.major_swap = sum over processes", count_fault<FaultKind::major_swap>},
    {"faults.copy_on_write = sum over processes", count_fault<FaultKind::copy_on_write>},
    {"faults.spurious = sum over processes", count_fault<FaultKind::spurious>},
    {"faults.fatal = sum over processes", count_fault<FaultKind::fatal>},
    {"faults.refused = sum over processes", count_fault<FaultKind::refused>},
    {"faults.stack_growth = sum over processes", count_fault<FaultKind::stack_growth>},
    {"waits for a frame = sum over processes", count<&C::frame_waits>},
    {"started + forked = ended + alive", count<&C::processes_started>},
    {"ended = exits + kills", count<&C::exits>},
    {"ASIDs given = roll-overs * all + of this generation",
     [](KernelStats& s) { ++s.portable.asids_given; }},
    {"killed for what they did <= fatal faults", count_kill<KillReason::bad_address>},
    {"fatal faults <= killed for what they did or for memory", count_fault<FaultKind::fatal>},
    {"areas made + split = merged + removed + now", count<&C::area_merges>},
    {"forks + programs started <= system calls", count<&C::execs>},
    {"frames = free + reserved + page tables + slab + mapped + cached + in flight",
     [](KernelStats& s) { ++s.portable.frames.slab; }},
    {"mapped frames + further users = sum of resident sets",
     [](KernelStats& s) { ++s.portable.processes[0].resident; }},
    {"further users joined = left + now", count<&C::users_left>},
    {"users of a frame now <= most", [](KernelStats& s) { ++s.portable.census.most_users; }},
    {"most users of a frame <= joined + 1",
     [](KernelStats& s) { s.portable.counters.max_frame_users = 2; }},
    {"locks of frames = sum of locked pages", [](KernelStats& s) { ++s.portable.census.locks; }},
    {"pages touched after the one below <= minor faults", count<&C::neighbors_adjacent>},
    {"pages change their state only in legal ways", count_way<P::swapped, P::in_file>},
    {"became resident = no longer + now", count_way<P::untouched, P::resident>},
    {"became copy-on-write = no longer + now", count_way<P::untouched, P::copy_on_write>},
    {"became swapped = no longer + now", count_way<P::untouched, P::swapped>},
    {"large pages mapped = split + there now", count<&C::huge_split>},
    {"page-table frames + freed = allocated", count<&C::page_tables_freed>},
    {"page-table frames = of processes + of segments",
     [](KernelStats& s) { ++s.portable.segment_tables; }},
    {"segments made = destroyed + now", count<&C::segments_made>},
    {"at the end no page is mapped", [](KernelStats& s) { ++s.portable.frames.mapped; }},
    {"at the end no page table and no object of the kernel is left",
     [](KernelStats& s) { ++s.portable.frames.page_tables; }},
    {"at the end no slot is in use but those under way",
     [](KernelStats& s) { ++s.portable.swap.in_use; }},
    {"free frames = sum over blocks + never used",
     [](KernelStats& s) { ++s.portable.buddy.never_used; }},
    {"blocks grown + split + given = merged + taken + free",
     [](KernelStats& s) { ++s.portable.buddy.merges; }},
    {"fragmentation = frames in small blocks / free",
     [](KernelStats& s) { ++s.portable.fragmentation; }},
    {"references of slots = swapped PTEs of processes and segments",
     [](KernelStats& s) { ++s.portable.swap.references; }},
    {"slots allocated = freed + given up + in use",
     [](KernelStats& s) { ++s.portable.swap.freed; }},
    {"slots taken from resident pages <= freed", count<&C::slots_taken>},
    {"slot holders = mapped frames with a slot", [](KernelStats& s) { ++s.portable.slot_holders; }},
    {"swapped pages given up = swapped to untouched", count<&C::swap_discarded>},
    {"blocks of files = of the machine's files + of traces",
     [](KernelStats& s) { ++s.portable.swap.file; }},
    {"reads = major faults + transfers + readahead + buffers - joined", count<&C::buffer_misses>},
    {"reads = pages read + errors + cancelled + in flight", count<&C::swap_ins>},
    {"read ahead = asked for + gone before + waiting", count<&C::reads_ahead_used>},
    {"written back <= looked at", count<&C::written_back>},
    {"write-back rounds * period <= time",
     [](KernelStats& s) {
       s.portable.counters.writeback_rounds = 1;
       s.portable.dirty_writeback = Picoseconds(1);
     }},
    {"dirty pages of files when the machine has stopped = lost", count<&C::file_pages_lost>},
    {"pages lost though shutdown syncs <= write errors",
     [](KernelStats& s) {
       s.portable.shutdown_syncs = true;
       ++s.portable.counters.file_pages_lost;
     }},
    {"suspensions = resumptions + ended + suspended", count<&C::ended_suspended>},
    {"refaults <= reads", count<&C::refaults>},
    {"thrashing windows <= windows", count<&C::thrashing_windows>},
    {"windows * thrash_window <= time",
     [](KernelStats& s) {
       s.portable.counters.windows = 1;
       s.portable.thrash_window = Picoseconds(1);
     }},
    {"time a process was blocked <= time",
     [](KernelStats& s) { s.portable.processes[0].blocked_time = Picoseconds(1); }},
    {"kswapd wake-ups = sleeps + awake", count<&C::kswapd_wakeups>},
    {"slices of kswapd <= frames it looked at", count<&C::kswapd_slices>},
    {"frames kswapd looked at <= slices * kswapd_slice", count<&C::kswapd_scanned>},
    {"scanned = sum over stages", count<&C::scanned_shared>},
    {"ages started + raised = lowered + ended + now",
     [](KernelStats& s) { ++s.portable.counters.ages.lowered; }},
    {"reference ticks + merged = time / nru_tick", count<&C::reference_ticks>},
    {"large pages split by reclaim <= split", count<&C::huge_scanned>},
    {"scanned = second chances + dropped + written + unreclaimable + split",
     count<&C::unreclaimable>},
    {"evictions = dropped + written", count<&C::evictions>},
    {"pages that went = reclaimed + unshared + given up", count<&C::unshared>},
    {"requests = done + cancelled + in flight", count<&C::transfers>},
    {"requests taken back = reads + writes taken back", count<&C::transfers_cancelled>},
    {"writes in flight <= most", [](KernelStats& s) { ++s.portable.writes_in_flight; }},
    {"most writes in flight <= requests", count<&C::max_writes_in_flight>},
    {"written to another slot + kept for want of one <= write errors", count<&C::swap_outs_undone>},
    {"slots given up <= write errors", [](KernelStats& s) { ++s.portable.swap.bad; }},
    {"frames being read = reads in flight", [](KernelStats& s) { ++s.portable.reads_in_flight; }},
    {"pages sent to disk = written + errors + cancelled + in flight", count<&C::synced>},
    {"resident <= largest resident set",
     [](KernelStats& s) { ++s.portable.processes[0].resident; }},
    {"resident + swapped <= allocated", [](KernelStats& s) { ++s.portable.processes[0].swapped; }},
    {"page tables <= most page tables",
     [](KernelStats& s) { ++s.portable.processes[0].page_tables; }},
    {"charged time = sum of count * cost",
     [](KernelStats& s) { s.port.charged_time = Picoseconds(1); }},
    {"time of faults = sum over processes",
     [](KernelStats& s) { s.port.fault_time.frame_waits = Picoseconds(1); }},
    {"trap operations = traps", count_operation<Operation::trap>},
    {"fault operations = traps for page faults + pages for mlock",
     count_operation<Operation::fault>},
    {"traps for page faults = fault traps", count<&C::fault_traps>},
    {"traps for system calls = answered + waits", count<&C::call_waits>},
    {"faults handled = traps for page faults",
     [](KernelStats& s) { s.port.fault_handling.record(1); }},
    {"context-switch operations = context switches", count<&C::context_switches>},
    {"fence operations = fences", count<&C::fences>},
    {"reclaim operations = scanned + throttled + looked at by ticks and write-back",
     count<&C::throttled>},
    {"disk-request operations = transfers", count_operation<Operation::disk_request>},
    {"interrupt operations = transfers finished + stray completions",
     count_operation<Operation::interrupt>},
    {"transfers finished + stray completions = signaled + lost",
     [](KernelStats& s) { ++s.port.lost_completions; }},
};

KernelStats stats_of_one_process() {
  KernelStats stats;
  stats.portable.processes.resize(1);
  return stats;
}

std::set<std::string> laws_of(const KernelStats& stats, bool broken) {
  std::set<std::string> texts;
  const stats::Snapshot snapshot(stats);
  for (const stats::Law& law : snapshot.laws()) {
    if (!broken || !law.holds()) texts.insert(law.text);
  }
  return texts;
}

TEST(KernelLaws, hold_where_nothing_happened) {
  EXPECT_THAT(laws_of(stats_of_one_process(), true), ::testing::IsEmpty());
}

TEST(KernelLaws, are_broken_by_a_count_that_slipped) {
  for (const Slip& slip : kSlips) {
    KernelStats stats = stats_of_one_process();
    slip.make(stats);
    EXPECT_THAT(laws_of(stats, true), ::testing::Contains(slip.law));
  }
}

TEST(KernelLaws, have_a_slip_each) {
  std::set<std::string> slips;
  for (const Slip& slip : kSlips) slips.insert(slip.law);
  EXPECT_EQ(laws_of(stats_of_one_process(), false), slips);
}

}  // namespace
}  // namespace tlmmu
