// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/reclaim/policy.h"

namespace tlmmu::kernel {

void Policy::put(PagePool& pool, Frame& frame, unsigned queue) {
  frame.queue = static_cast<std::uint8_t>(queue);
  pool.queues[queue].push_back(frame);
}

void Policy::take(PagePool& pool, Frame& frame) {
  FrameQueue& queue = pool.queues[frame.queue];
  queue.erase(queue.iterator_to(frame));
}

void Policy::to_back(PagePool& pool, Frame& frame) {
  FrameQueue& queue = pool.queues[frame.queue];
  queue.splice(queue.end(), queue, queue.iterator_to(frame));
}

void Policy::insert(PagePool& pool, Frame& frame, const Arrival&) const {
  put(pool, frame, 0);
}

void Policy::remove(PagePool& pool, Frame& frame) const {
  take(pool, frame);
}

Frame* Policy::candidate(PagePool& pool) const {
  return pool.queues[0].empty() ? nullptr : &pool.queues[0].front();
}

Verdict Policy::judge(PagePool&, Frame&, const Look&) const {
  return Verdict::evict;
}

void Policy::pass(PagePool& pool, Frame& frame) const {
  to_back(pool, frame);
}

void Policy::touched(PagePool&, Frame&) const {}

bool Policy::forgets() const {
  return false;
}

void Policy::forgotten(PagePool&) const {}

std::uint64_t Policy::patience() const {
  return 2;
}

}  // namespace tlmmu::kernel
