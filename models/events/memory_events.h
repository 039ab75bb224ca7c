// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/base/access_type.h"
#include "models/base/address.h"
#include "models/base/enum_names.h"
#include "models/events/lookup.h"

namespace tlmmu::events {

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

}  // namespace tlmmu::events
