// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/random.h"
#include "models/replacement/geometry.h"

namespace tlmmu::replacement {

/// Every way is the victim with the same probability; the same seed makes the same choices.
class RandomChoice {
 public:
  RandomChoice(Geometry geometry, std::uint64_t seed) : geometry_(geometry), random_(seed) {}
  void touch(Set, Slot) const {}
  void fill(Set, Slot) const {}
  Slot victim(Set set) {
    return geometry_.slot(set, static_cast<std::uint32_t>(random_.below(geometry_.ways)));
  }
  friend bool operator==(const RandomChoice& a, const RandomChoice& b) {
    Random next_of_a = a.random_;
    Random next_of_b = b.random_;
    return next_of_a.next() == next_of_b.next();  // a bijection of the generator's state
  }

 private:
  Geometry geometry_;
  Random random_;
};

}  // namespace tlmmu::replacement
