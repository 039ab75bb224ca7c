// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/reclaim/policy.h"

namespace tlmmu::kernel {

/// WSClock (Carr and Hennessy 1981): a page goes if its process has run for longer than the window
/// since it was used, clean ones first. Where a whole turn has found none, all pages are in working
/// sets, and the first goes that was not used for a turn.
class WsClock final : public Policy {
 public:
  explicit WsClock(Picoseconds window) : window_(window) {}
  void insert(PagePool& pool, Frame& frame, const Arrival& arrival) const override;
  Frame* candidate(PagePool& pool) const override;
  Verdict judge(PagePool& pool, Frame& frame, const Look& look) const override;
  void pass(PagePool& pool, Frame& frame) const override;
  std::uint64_t patience() const override;

 private:
  Picoseconds window_;
};

}  // namespace tlmmu::kernel
