// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/reclaim/policy.h"

namespace tlmmu::kernel {

/// Second chance (Corbato 1968): a page that was referenced since the hand passed is spared.
class Clock final : public Policy {
 public:
  Verdict judge(PagePool& pool, Frame& frame, const Look& look) const override;
};

}  // namespace tlmmu::kernel
