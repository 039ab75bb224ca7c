// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <numeric>
#include <vector>

#include "models/analysis/page_mix.h"
#include "models/analysis/reuse_times.h"
#include "models/analysis/stack_distances.h"
#include "models/base/page_size.h"

namespace tlmmu::analysis {

/// Faults of one memory size.
struct FaultPoint {
  std::uint64_t frames;
  std::uint64_t faults;
};

/// What a page reference string says about memory, whatever the machine.
struct Analysis {
  PageSize page_size = PageSize::k4KiB;
  std::uint64_t accesses = 0;
  TypeCounts references{};  ///< an access that touches two pages is two references
  PageMix pages{};
  StackDistances distances;
  std::vector<WorkingSetPoint> working_sets;
  std::vector<FaultPoint> optimal;  ///< for the sizes that were asked for, in ascending order

  std::uint64_t total_references() const {
    return std::accumulate(references.begin(), references.end(), std::uint64_t{0});
  }
};

}  // namespace tlmmu::analysis
