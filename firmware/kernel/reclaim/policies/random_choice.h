// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/reclaim/policy.h"
#include "models/base/random.h"

namespace tlmmu::kernel {

class FrameTable;

/// Any page, all with the same chance.
class RandomChoice final : public Policy {
 public:
  RandomChoice(FrameTable& frames, std::uint64_t seed) : frames_(frames), random_(seed) {}
  Frame* candidate(PagePool& pool) const override;

 private:
  FrameTable& frames_;
  mutable Random random_;  // the sequence goes on; nothing else depends on it
};

}  // namespace tlmmu::kernel
