// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/events/wave_signals.h"
#include "models/events/wave_writer.h"

namespace tlmmu::events {

/// Declares a signal: what a file, the documentation and the layout know about it.
struct SignalRow {
  Signal signal;
  UnitKind unit;
  SignalDeclaration declaration;
  const char* events;  ///< which events change it
  const char* help;
};

namespace signals {

template <unsigned N>
constexpr StateNames states(const char* name, const char* const (&values)[N]) {
  return {name, values, N};
}
constexpr StateNames kLookup = states("lookup_state", kLookupStates);
constexpr StateNames kWalker = states("walker_state", kWalkerStates);
constexpr StateNames kResult = states("walk_result", kWalkResults);
constexpr StateNames kMode = states("hart_mode", kHartModes);
constexpr StateNames kBank = states("bank_state", kBankStates);

constexpr SignalDeclaration number(const char* name, unsigned bits) {
  return {name, SignalType::number, bits, nullptr};
}
constexpr SignalDeclaration state(const char* name, const StateNames& values) {
  return {name, SignalType::state, 0, &values};
}
constexpr SignalDeclaration text(const char* name) {
  return {name, SignalType::text, 0, nullptr};
}

}  // namespace signals

/// All of them, in the order of their enumeration.
constexpr SignalRow kSignalRows[] = {
    {Signal::tlb_lookup, UnitKind::tlb, signals::state("lookup", signals::kLookup), "TlbLookup",
     "what the lookup found"},
    {Signal::tlb_address, UnitKind::tlb, signals::number("address", 64), "TlbLookup",
     "virtual address asked for"},
    {Signal::tlb_filled, UnitKind::tlb, signals::number("filled", 52), "TlbFilled",
     "virtual page last taken in"},

    {Signal::walk, UnitKind::walker, signals::text("walk"), "WalkStarted, WalkFinished",
     "the walk as a box"},
    {Signal::walk_state, UnitKind::walker, signals::state("state", signals::kWalker),
     "WalkStarted, PteFetched, PteUpdated, WalkFinished",
     "asking the walk cache, reading level n, or setting A and D"},
    {Signal::walk_address, UnitKind::walker, signals::number("address", 64), "WalkStarted",
     "virtual address walked"},
    {Signal::walk_level, UnitKind::walker, signals::number("level", 3), "PteFetched",
     "level being read"},
    {Signal::walk_pte_address, UnitKind::walker, signals::number("pte_address", 56),
     "PteFetched, PteUpdated", "physical address of the PTE"},
    {Signal::walk_pte, UnitKind::walker, signals::number("pte", 64), "PteFetched, PteUpdated",
     "the PTE itself"},
    {Signal::walk_result, UnitKind::walker, signals::state("result", signals::kResult),
     "WalkFinished", "how the last walk ended"},

    {Signal::cache_lookup, UnitKind::cache, signals::state("lookup", signals::kLookup),
     "CacheLookup", "what the lookup found"},
    {Signal::cache_address, UnitKind::cache, signals::number("address", 56), "CacheLookup",
     "physical address asked for"},

    {Signal::channel_command, UnitKind::channel, signals::text("command"), "DramCommand",
     "command on the channel's bus"},
    {Signal::bank_state, UnitKind::bank, signals::state("state", signals::kBank), "DramCommand",
     "whether a row is open"},
    {Signal::bank_row, UnitKind::bank, signals::number("row", 32), "DramCommand",
     "row last opened"},

    {Signal::disk_waiting, UnitKind::disk, signals::number("waiting", 16), "DiskQueue",
     "commands that wait"},
    {Signal::disk_in_service, UnitKind::disk, signals::number("in_service", 16), "DiskQueue",
     "commands being served"},

    {Signal::kernel_process, UnitKind::kernel, signals::text("process"), "ProcessSwitch",
     "process that runs, or idle"},
    {Signal::kernel_fault, UnitKind::kernel, signals::text("fault"), "PageFault",
     "page fault, by kind, process, address"},
    {Signal::kernel_free, UnitKind::kernel, signals::number("free", 40), "FrameCounts",
     "free frames"},
    {Signal::kernel_mapped, UnitKind::kernel, signals::number("mapped", 40), "FrameCounts",
     "frames of mapped pages"},
    {Signal::kernel_page_tables, UnitKind::kernel, signals::number("page_tables", 40),
     "FrameCounts", "frames of page tables"},
    {Signal::kernel_in_flight, UnitKind::kernel, signals::number("in_flight", 40), "FrameCounts",
     "frames being read from or written to disk"},

    {Signal::cpu_mode, UnitKind::cpu, signals::state("mode", signals::kMode), "ModeChange",
     "privilege, and bare while there is no paging"},
};

constexpr const SignalRow& row_of(Signal signal) {
  return kSignalRows[static_cast<unsigned>(signal)];
}

/// The first signal of a kind of unit, and how many it has.
constexpr unsigned first_signal(UnitKind kind) {
  unsigned first = 0;
  while (first < kSignals && kSignalRows[first].unit != kind) ++first;
  return first;
}
constexpr unsigned signal_count(UnitKind kind) {
  unsigned count = 0;
  for (const SignalRow& row : kSignalRows) count += row.unit == kind ? 1 : 0;
  return count;
}

}  // namespace tlmmu::events
