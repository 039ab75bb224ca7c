// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/reclaim/policy.h"

namespace tlmmu::kernel {

/// Not recently used: the first page of the lowest of four classes, by referenced and dirty; the
/// referenced bits are cleared at each tick (Tanenbaum, Modern Operating Systems, 3.4.2). Each
/// class has a queue. Between two ticks a page can only rise, which is seen when it is looked at.
class Nru final : public Policy {
 public:
  Frame* candidate(PagePool& pool) const override;
  Verdict judge(PagePool& pool, Frame& frame, const Look& look) const override;
  void pass(PagePool& pool, Frame& frame) const override;
  bool forgets() const override { return true; }
  void forgotten(PagePool& pool) const override;
  std::uint64_t patience() const override;
};

}  // namespace tlmmu::kernel
