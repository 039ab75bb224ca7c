// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "firmware/kernel/process/process.h"
#include "models/stats/visitor.h"

namespace tlmmu {

/// The name of a kind of fault, by its index.
const char* fault_name(std::size_t kind);

/// Faults by kind, of one process or of all.
struct FaultStats {
  std::array<std::uint64_t, kernel::kFaultKinds> count{};

  std::uint64_t total() const;
  std::uint64_t of(kernel::FaultKind kind) const { return count[static_cast<unsigned>(kind)]; }
  void describe(stats::Visitor& v) const;
};

/// Time for handling faults, of one process or of all, from the trap to the answer. Only a port
/// that takes it knows it.
struct FaultTimes {
  std::array<Picoseconds, kernel::kFaultKinds> of_kind{};
  Picoseconds frame_waits;  ///< where the answer was to wait for a frame

  void add(std::optional<kernel::FaultKind> kind, Picoseconds time) {
    (kind ? of_kind[static_cast<unsigned>(*kind)] : frame_waits) += time;
  }
  Picoseconds total() const;
  void describe(stats::Visitor& v) const;
};

/// Where a process's address space has its fixed points; all 0 for a recorded process.
struct LayoutStats {
  VirtualAddress program, heap, stack_end;

  void describe(stats::Visitor& v) const;
};

/// One process, alive or ended.
struct ProcessStats {
  ProcessStats() = default;
  explicit ProcessStats(const kernel::Process& process);

  LayoutStats layout;
  std::uint64_t allocated = 0;
  std::uint64_t resident = 0;
  std::uint64_t max_resident = 0;
  std::uint64_t swapped = 0;
  std::uint64_t copy_on_write = 0;
  std::uint64_t locked = 0;
  std::uint64_t huge_pages = 0;
  std::uint64_t page_tables = 0;
  std::uint64_t max_page_tables = 0;
  FaultStats faults;
  FaultTimes fault_time;
  std::uint64_t frame_waits = 0;
  Picoseconds blocked_time;

  void describe(stats::Visitor& v) const;
};

}  // namespace tlmmu
