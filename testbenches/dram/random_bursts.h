// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/random.h"
#include "models/dram/burst.h"
#include "models/dram/dram_geometry.h"

namespace tlmmu::testing {

struct RandomBurst {
  BurstAddress address;
  BurstKind kind;
  Cycles arrival;
};

/// Bursts that meet all kinds of neighbours: dense stretches, pauses of several refresh intervals,
/// runs in one row, arrivals that step back in time, reads and writes in runs and mixed.
class RandomBursts {
 public:
  RandomBursts(std::uint64_t seed, const DramGeometry& geometry, Cycles refresh_interval)
      : random_(seed), geometry_(geometry), refresh_interval_(refresh_interval) {}

  RandomBurst next() {
    advance();
    if (random_.below(4) != 0) move();
    if (random_.below(3) == 0) {
      kind_ = random_.below(2) == 0 ? BurstKind::read : BurstKind::write;
    }
    const Cycles back(random_.below(8) == 0 ? random_.below(200) : 0);
    return {address_, kind_, now_ > back ? now_ - back : Cycles(0)};
  }

 private:
  void advance() {
    const std::uint64_t kind = random_.below(200);
    if (kind == 0) {
      now_ += Cycles(random_.below(refresh_interval_.value() * 4 + 1));
    } else if (kind < 20) {
      now_ += Cycles(random_.below(400));
    } else if (kind < 100) {
      now_ += Cycles(random_.below(20));
    }
  }
  unsigned pick(unsigned bound) { return static_cast<unsigned>(random_.below(bound)); }
  void move() {
    address_ = {pick(geometry_.channels), pick(geometry_.ranks), pick(geometry_.bank_groups),
                pick(geometry_.banks),    random_.below(3),      random_.below(4)};
  }

  Random random_;
  DramGeometry geometry_;
  Cycles refresh_interval_;
  Cycles now_;
  BurstAddress address_{};
  BurstKind kind_ = BurstKind::read;
};

}  // namespace tlmmu::testing
