// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/access_type.h"
#include "models/base/address.h"
#include "models/base/enum_names.h"
#include "models/base/page_size.h"

namespace tlmmu::events {

enum class Lookup : std::uint8_t { hit, miss };
constexpr EnumName<Lookup> kLookupNames[] = {{Lookup::hit, "hit"}, {Lookup::miss, "miss"}};

/// A TLB was asked for a page.
struct TlbLookup {
  VirtualAddress address;
  Asid asid;
  AccessType type;
  Lookup outcome;
};

/// A TLB took in an entry.
struct TlbFilled {
  Vpn vpn;
  Ppn ppn;
  PageSize size;
};

/// A page-table walk began.
struct WalkStarted {
  VirtualAddress address;
  Asid asid;
  AccessType type;
};

/// A walk read one PTE; the root is read at level LEVELS - 1, the last table at level 0. Stamped
/// with the time at which the read was sent.
struct PteFetched {
  unsigned level;
  PhysicalAddress address;
  std::uint64_t pte;
};

/// A walk set A or D in memory. Stamped with the time at which it began to.
struct PteUpdated {
  PhysicalAddress address;
  std::uint64_t pte;
};

enum class WalkOutcome : std::uint8_t { translated, page_fault, access_fault, guest_page_fault };
constexpr EnumName<WalkOutcome> kWalkOutcomeNames[] = {
    {WalkOutcome::translated, "translated"},
    {WalkOutcome::page_fault, "page_fault"},
    {WalkOutcome::access_fault, "access_fault"},
    {WalkOutcome::guest_page_fault, "guest_page_fault"},
};

/// A walk ended; `physical` and `size` hold for `translated` only.
struct WalkFinished {
  WalkOutcome outcome;
  PhysicalAddress physical;
  PageSize size;
};

/// A cache looked up one line.
struct CacheLookup {
  PhysicalAddress address;
  AccessType type;
  Lookup outcome;
};

enum class DramCommandName : std::uint8_t { activate, read, write, precharge, refresh };
constexpr EnumName<DramCommandName> kDramCommandNames[] = {
    {DramCommandName::activate, "ACT"}, {DramCommandName::read, "RD"},
    {DramCommandName::write, "WR"},     {DramCommandName::precharge, "PRE"},
    {DramCommandName::refresh, "REF"},
};

/// One command on a DRAM channel's bus; `bank` counts through ranks and bank groups.
struct DramCommand {
  DramCommandName command;
  unsigned channel;
  unsigned bank;
  std::uint64_t row;
};

/// The swap disk's state changed: commands waiting and commands being served.
struct DiskQueue {
  unsigned waiting;
  unsigned in_service;
};

enum class FaultKind : std::uint8_t {
  minor,
  major_file,
  major_swap,
  copy_on_write,
  spurious,
  fatal,
  stack_growth
};
constexpr EnumName<FaultKind> kFaultKindNames[] = {
    {FaultKind::minor, "minor"},
    {FaultKind::major_file, "major_file"},
    {FaultKind::major_swap, "major_swap"},
    {FaultKind::copy_on_write, "copy_on_write"},
    {FaultKind::spurious, "spurious"},
    {FaultKind::fatal, "fatal"},
    {FaultKind::stack_growth, "stack_growth"},
};

/// The kernel handled a page fault.
struct PageFault {
  std::uint32_t process;
  VirtualAddress address;
  FaultKind kind;
};

/// How the frames of the machine are used right now.
struct FrameCounts {
  std::uint64_t free;
  std::uint64_t mapped;
  std::uint64_t page_tables;
  std::uint64_t in_flight;  ///< being read from or written to disk
};

/// The CPU runs another process; `idle` when nothing can run.
struct ProcessSwitch {
  static constexpr std::uint32_t kIdle = ~std::uint32_t{0};
  std::uint32_t process;
};

}  // namespace tlmmu::events
