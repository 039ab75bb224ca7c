// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <vector>

#include "models/base/quantity.h"

namespace tlmmu {

/// Write bursts that the controller has accepted and the DRAM has not taken yet. Each place is free
/// again when the data of the burst that holds it has left the data bus.
class WriteQueue {
 public:
  /// With 0 places every write waits for its data.
  explicit WriteQueue(std::uint64_t places) : free_at_(places) {}

  /// When a burst that arrives at `arrival` gets a place.
  Cycles admit(Cycles arrival) const {
    return free_at_.empty() ? arrival : std::max(arrival, free_at_[next_]);
  }
  /// The admitted burst leaves at `end`. Returns when its initiator may go on.
  Cycles hold(Cycles admitted, Cycles end) {
    if (free_at_.empty()) return end;
    free_at_[next_] = end;
    next_ = next_ + 1 == free_at_.size() ? 0 : next_ + 1;
    return admitted;
  }

 private:
  std::vector<Cycles> free_at_;
  std::size_t next_ = 0;  ///< the place that was taken longest ago
};

}  // namespace tlmmu
