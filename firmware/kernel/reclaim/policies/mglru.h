// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/reclaim/policy.h"

namespace tlmmu::kernel {

/// A small multi-generation LRU (Zhao 2021): four generations; the oldest is looked through, what
/// was referenced joins the youngest, the rest goes.
class Mglru final : public Policy {
 public:
  void insert(PagePool& pool, Frame& frame, const Arrival& arrival) const override;
  Frame* candidate(PagePool& pool) const override;
  Verdict judge(PagePool& pool, Frame& frame, const Look& look) const override;
  void pass(PagePool& pool, Frame& frame) const override;
  std::uint64_t patience() const override;
};

}  // namespace tlmmu::kernel
