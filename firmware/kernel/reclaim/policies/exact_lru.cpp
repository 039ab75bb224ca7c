// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/reclaim/policies/exact_lru.h"

namespace tlmmu::kernel {

void ExactLru::touched(PagePool& pool, Frame& frame) const {
  to_back(pool, frame);
}

}  // namespace tlmmu::kernel
