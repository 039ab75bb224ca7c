// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/reclaim/policy.h"

namespace tlmmu::kernel {

/// Least recently used, exactly: every reference must be reported (`Kernel::referenced`). No
/// machine can do that; it is here for comparison.
class ExactLru final : public Policy {
 public:
  void touched(PagePool& pool, Frame& frame) const override;
};

}  // namespace tlmmu::kernel
