// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/base/access_type.h"
#include "models/base/address.h"
#include "models/base/enum_names.h"
#include "models/base/page_size.h"
#include "models/events/lookup.h"

namespace tlmmu::events {

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

}  // namespace tlmmu::events
