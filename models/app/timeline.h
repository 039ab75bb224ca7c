// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "models/app/page_reference_counter.h"
#include "models/platform/platform.h"

namespace tlmmu {

/// The pages of one process, or of all, by state. They sum to the user halves of the address
/// spaces.
struct PageStateCounts {
  std::uint64_t unallocated = 0;    ///< in no area
  std::uint64_t untouched = 0;      ///< in an area, neither in memory nor in swap
  std::uint64_t resident = 0;       ///< in memory, the process's alone or shared for good
  std::uint64_t copy_on_write = 0;  ///< in memory, shared until somebody stores
  std::uint64_t swapped = 0;

  std::uint64_t sum() const { return unallocated + untouched + resident + copy_on_write + swapped; }
  void add(const PageStateCounts& other);
};

/// What the machine looks like from time to time, as a table: `tlmmu run --timeline`. See
/// docs/timeline.md for the columns.
class Timeline {
 public:
  /// Is to be told the machine's events from the start.
  /// Of a machine with this paging mode.
  explicit Timeline(const PagingMode& mode) : references_(mode.user_half()) {}

  events::Sink& sink() { return references_; }

  /// Takes a row at the simulation's time `now`, while nothing happens in the machine.
  void sample(const Platform& platform, Picoseconds now);
  /// The first conservation law that a sample broke; empty if none.
  const std::string& broken() const { return broken_; }
  /// The whole table.
  std::string csv() const;

 private:
  struct Totals {
    PageStateCounts pages;
    std::uint64_t alive = 0;
  };

  Totals add_processes(const Platform& platform, const PortableKernelStats& kernel,
                       Picoseconds now);
  void add_machine(const Platform& platform, const PortableKernelStats& kernel,
                   const Totals& totals, Picoseconds now);
  void check(bool holds, const char* law, Picoseconds now);

  PageReferenceCounter references_;
  std::string machine_;                 // rows
  std::vector<std::string> processes_;  // rows of each
  std::string broken_;

  // As of the last sample.
  Picoseconds last_;
  Picoseconds last_idle_;
  std::uint64_t last_accesses_ = 0;
  PortableKernelStats last_kernel_;
};

}  // namespace tlmmu
