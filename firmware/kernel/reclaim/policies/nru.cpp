// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/reclaim/policies/nru.h"

namespace tlmmu::kernel {

Frame* Nru::candidate(PagePool& pool) const {
  for (FrameQueue& page_class : pool.queues) {
    if (!page_class.empty()) return &page_class.front();
  }
  return nullptr;
}

Verdict Nru::judge(PagePool& pool, Frame& frame, const Look& look) const {
  const unsigned page_class = (look.referenced ? 2U : 0U) + (look.dirty ? 1U : 0U);
  if (page_class <= frame.queue) return Verdict::evict;
  take(pool, frame);
  put(pool, frame, page_class);
  return Verdict::keep;
}

void Nru::pass(PagePool& pool, Frame& frame) const {
  constexpr unsigned kHighest = PagePool::kQueues - 1;
  const unsigned next = frame.queue < kHighest ? frame.queue + 1U : kHighest;
  take(pool, frame);
  put(pool, frame, next);
}

void Nru::forgotten(PagePool& pool) const {
  for (const unsigned referenced : {2U, 3U}) {
    while (!pool.queues[referenced].empty()) {
      Frame& frame = pool.queues[referenced].front();
      take(pool, frame);
      put(pool, frame, referenced - 2);
    }
  }
}

std::uint64_t Nru::patience() const {
  return 5;
}

}  // namespace tlmmu::kernel
