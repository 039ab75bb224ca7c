// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/base/address.h"
#include "models/base/enum_names.h"

namespace tlmmu::events {

enum class FaultKind : std::uint8_t {
  minor,
  major_file,
  major_swap,
  copy_on_write,
  spurious,
  fatal,
  stack_growth,
  refused,
};
constexpr EnumName<FaultKind> kFaultKindNames[] = {
    {FaultKind::minor, "minor"},
    {FaultKind::major_file, "major_file"},
    {FaultKind::major_swap, "major_swap"},
    {FaultKind::copy_on_write, "copy_on_write"},
    {FaultKind::spurious, "spurious"},
    {FaultKind::fatal, "fatal"},
    {FaultKind::stack_growth, "stack_growth"},
    {FaultKind::refused, "refused"},
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
