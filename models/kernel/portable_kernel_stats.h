// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "firmware/kernel/kernel.h"
#include "models/stats/visitor.h"

namespace tlmmu {

/// How often the kernel did something, and the time charged for it.
struct OperationStats {
  std::uint64_t count = 0;
  Picoseconds time;

  void describe(stats::Visitor& v) const;
};

/// One process, alive or ended.
struct ProcessStats {
  std::uint64_t resident = 0;
  std::uint64_t max_resident = 0;
  std::uint64_t max_page_tables = 0;
  std::array<std::uint64_t, kernel::kFaultKinds> faults{};
  Picoseconds blocked_time;

  void describe(stats::Visitor& v) const;
};

/// Statistics of the portable kernel, taken at one moment, with the laws between them.
struct PortableKernelStats {
  PortableKernelStats() = default;
  explicit PortableKernelStats(const kernel::Kernel& kernel);

  kernel::Counters counters;
  kernel::FrameCounts frames;
  std::uint64_t total_frames = 0;
  kernel::SwapCounts swap;
  std::uint64_t slot_holders = 0;  ///< resident pages that hold a slot
  std::uint64_t reads_in_flight = 0;
  std::uint64_t writes_in_flight = 0;
  std::vector<ProcessStats> processes;

  std::uint64_t all_faults() const;
  std::uint64_t swapped_pages() const;
  std::uint64_t scanned() const { return counters.kswapd_scanned + counters.direct_scanned; }
  void describe(stats::Visitor& v) const;

 private:
  void describe_faults(stats::Visitor& v) const;
  void describe_memory(stats::Visitor& v) const;
  void describe_swap(stats::Visitor& v) const;
  void describe_reclaim(stats::Visitor& v) const;
  void describe_disk(stats::Visitor& v) const;
};

}  // namespace tlmmu
