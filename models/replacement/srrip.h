// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/replacement/geometry.h"

namespace tlmmu::replacement {

/// Static re-reference interval prediction with 2 bits and hit priority (Jaleel et al., "High
/// Performance Cache Replacement Using Re-Reference Interval Prediction", ISCA 2010): a filled
/// entry is predicted to be used again after a long interval, a hit one soon; the victim is the
/// first way with a distant prediction, and while there is none all predictions of the set age.
class Srrip {
 public:
  explicit Srrip(Geometry geometry) : geometry_(geometry), intervals_(geometry.slots(), kDistant) {}
  void touch(Set, Slot slot) { intervals_[slot.value()] = kNear; }
  void fill(Set, Slot slot) { intervals_[slot.value()] = kLong; }
  Slot victim(Set set);
  friend bool operator==(const Srrip& a, const Srrip& b) { return a.intervals_ == b.intervals_; }

 private:
  static constexpr std::uint8_t kNear = 0, kLong = 2, kDistant = 3;
  Geometry geometry_;
  std::vector<std::uint8_t> intervals_;  // by slot: the re-reference prediction value
};

}  // namespace tlmmu::replacement
