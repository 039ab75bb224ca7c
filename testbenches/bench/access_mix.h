// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/workload/access_source.h"

namespace tlmmu {

/// A program-like mix, made once so that making it is not measured: fetches run through loops of
/// code, most data accesses go to a few hot pages, the rest anywhere in a working set larger than
/// the first-level TLB. About 8 % of the data accesses miss a 64-entry TLB.
struct MixShape {
  std::size_t accesses = 4'000'000;
  std::uint64_t hot_pages = 40;
  std::uint64_t cold_pages = 1200;
  std::uint64_t cold_per_mille = 80;
  std::uint64_t seed = 1;
};
std::vector<MemoryAccess> make_mix(const MixShape& shape);

/// Delivers a vector that somebody else owns, in batches of a trace reader's size.
class ReplaySource : public AccessSource {
 public:
  explicit ReplaySource(const std::vector<MemoryAccess>& accesses) : accesses_(accesses) {}

  bool next_batch() override {
    const std::size_t count = std::min(kBatch, accesses_.size() - position_);
    set_batch(accesses_.data() + position_, count);
    position_ += count;
    return count != 0;
  }

 private:
  static constexpr std::size_t kBatch = 16384;
  const std::vector<MemoryAccess>& accesses_;
  std::size_t position_ = 0;
};

}  // namespace tlmmu
