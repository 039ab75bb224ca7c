// SPDX-License-Identifier: Apache-2.0
#include "testbenches/bench/access_mix.h"

#include "models/base/random.h"

namespace tlmmu {

namespace {

constexpr std::uint64_t kText = 0x40'0000;
constexpr std::uint64_t kData = 0x1000'0000;
constexpr std::uint64_t kLoopBytes = 256;
constexpr std::uint64_t kTextBytes = 65536;

/// Runs a loop of code some times, then goes to another one.
class CodeWalk {
 public:
  explicit CodeWalk(std::uint64_t seed) : random_(seed) {}
  MemoryAccess next() {
    if (left_ == 0) {
      base_ = kText + random_.below(kTextBytes / kLoopBytes) * kLoopBytes;
      left_ = kLoopBytes / 4 * (1 + random_.below(8));
      offset_ = 0;
    }
    --left_;
    const VirtualAddress address(base_ + offset_);
    offset_ = (offset_ + 4) % kLoopBytes;
    return {address, 4, AccessType::fetch};
  }

 private:
  Random random_;
  std::uint64_t base_ = 0;
  std::uint64_t offset_ = 0;
  std::uint64_t left_ = 0;
};

}  // namespace

std::vector<MemoryAccess> make_mix(const MixShape& shape) {
  Random random(shape.seed);
  CodeWalk code(shape.seed + 1);
  std::vector<MemoryAccess> accesses;
  accesses.reserve(shape.accesses);
  while (accesses.size() + 1 < shape.accesses) {
    accesses.push_back(code.next());
    if (random.below(2) == 0) continue;  // every other instruction touches data
    const bool cold = random.below(1000) < shape.cold_per_mille;
    const std::uint64_t page =
        cold ? shape.hot_pages + random.below(shape.cold_pages) : random.below(shape.hot_pages);
    // hot pages are used along a few lines, so that the caches have locality too
    const std::uint64_t offset = cold ? random.below(512) * 8 : random.below(32) * 8;
    const auto type = random.below(3) == 0 ? AccessType::store : AccessType::load;
    accesses.push_back({VirtualAddress(kData + page * 4096 + offset), 8, type});
  }
  return accesses;
}

}  // namespace tlmmu
