// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/stack_distances.h"

namespace tlmmu::analysis {

std::vector<std::uint64_t> StackDistances::faults() const {
  std::vector<std::uint64_t> result(references_.size());
  std::uint64_t faults = pages();
  for (std::size_t frames = result.size(); frames-- > 0;) {
    result[frames] = faults;
    faults += references_[frames];
  }
  return result;
}

}  // namespace tlmmu::analysis
