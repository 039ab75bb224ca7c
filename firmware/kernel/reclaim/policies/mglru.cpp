// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/reclaim/policies/mglru.h"

namespace tlmmu::kernel {

// Generations are queues in a ring; `newest` is the youngest, the one after it the oldest.
void Mglru::insert(PagePool& pool, Frame& frame, const Arrival& arrival) const {
  const bool once_read = frame.kind != PageKind::anonymous && arrival.distance == Arrival::kNew;
  put(pool, frame, (pool.newest + (once_read ? 2U : 0U)) % PagePool::kQueues);
}

Frame* Mglru::candidate(PagePool& pool) const {
  if (pool.size() == 0) return nullptr;
  for (unsigned age = 1; age < PagePool::kQueues; ++age) {
    FrameQueue& generation = pool.queues[(pool.newest + age) % PagePool::kQueues];
    if (!generation.empty()) return &generation.front();
  }
  FrameQueue& all = pool.queues[pool.newest];  // all are young: they become a generation older
  pool.newest = static_cast<std::uint8_t>((pool.newest + 1U) % PagePool::kQueues);
  return &all.front();
}

Verdict Mglru::judge(PagePool& pool, Frame& frame, const Look& look) const {
  if (!look.referenced) return Verdict::evict;
  take(pool, frame);
  put(pool, frame, pool.newest);
  return Verdict::keep_and_clear;
}

void Mglru::pass(PagePool& pool, Frame& frame) const {
  take(pool, frame);
  put(pool, frame, pool.newest);
}

std::uint64_t Mglru::patience() const {
  return 4;
}

}  // namespace tlmmu::kernel
