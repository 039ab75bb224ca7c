// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/reclaim/policy.h"

namespace tlmmu::kernel {

/// 2Q (Johnson and Shasha 1994): new pages pass through a FIFO of a quarter of the pool; only those
/// that come back soon after they left it enter the main queue. Instead of a list of ghosts, a
/// page's place on disk remembers when it left.
class TwoQueue final : public Policy {
 public:
  void insert(PagePool& pool, Frame& frame, const Arrival& arrival) const override;
  Frame* candidate(PagePool& pool) const override;
  Verdict judge(PagePool& pool, Frame& frame, const Look& look) const override;
  void pass(PagePool& pool, Frame& frame) const override;
};

}  // namespace tlmmu::kernel
