// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/reclaim/policies/clock.h"

namespace tlmmu::kernel {

Verdict Clock::judge(PagePool& pool, Frame& frame, const Look& look) const {
  if (!look.referenced) return Verdict::evict;
  to_back(pool, frame);
  return Verdict::keep_and_clear;
}

}  // namespace tlmmu::kernel
