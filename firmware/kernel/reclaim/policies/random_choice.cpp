// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/reclaim/policies/random_choice.h"

#include "firmware/kernel/frames/frame_table.h"

namespace tlmmu::kernel {

Frame* RandomChoice::candidate(PagePool& pool) const {
  if (pool.queues[0].empty()) return nullptr;
  for (unsigned tries = 0; tries < 64; ++tries) {
    const std::uint64_t index = random_.below(frames_.constructed());
    if (frames_.known(index) && frames_.at_index(index).pool == &pool) {
      return &frames_.at_index(index);
    }
  }
  return &pool.queues[0].front();  // the pool is a small part of the memory
}

}  // namespace tlmmu::kernel
