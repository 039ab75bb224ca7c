// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/reclaim/policies/two_queue.h"

namespace tlmmu::kernel {

namespace {
constexpr unsigned kIncoming = 0, kMain = 1;  // 2Q's A1in and Am
}

void TwoQueue::insert(PagePool& pool, Frame& frame, const Arrival& arrival) const {
  const bool back_soon = arrival.distance <= pool.size() / 2;
  put(pool, frame, back_soon ? kMain : kIncoming);
}

Frame* TwoQueue::candidate(PagePool& pool) const {
  FrameQueue& incoming = pool.queues[kIncoming];
  FrameQueue& main = pool.queues[kMain];
  const bool from_incoming = main.empty() || incoming.size() > pool.size() / 4;
  FrameQueue& queue = from_incoming ? incoming : main;
  return queue.empty() ? nullptr : &queue.front();
}

Verdict TwoQueue::judge(PagePool& pool, Frame& frame, const Look& look) const {
  if (frame.queue == kIncoming || !look.referenced) return Verdict::evict;
  to_back(pool, frame);
  return Verdict::keep_and_clear;
}

void TwoQueue::pass(PagePool& pool, Frame& frame) const {
  const unsigned other = frame.queue == kIncoming ? kMain : kIncoming;
  take(pool, frame);
  put(pool, frame, other);
}

}  // namespace tlmmu::kernel
