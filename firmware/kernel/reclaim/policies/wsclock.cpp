// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/reclaim/policies/wsclock.h"

namespace tlmmu::kernel {

namespace {
constexpr unsigned kRing = 0, kToWrite = 1;  // WSClock's pages, and those found old and dirty
}

void WsClock::insert(PagePool& pool, Frame& frame, const Arrival& arrival) const {
  frame.stamp = arrival.now.value();
  frame.idle = false;
  put(pool, frame, kRing);
}

// `turn` counts the pages in a row that were in a working set.
Frame* WsClock::candidate(PagePool& pool) const {
  FrameQueue& ring = pool.queues[kRing];
  FrameQueue& to_write = pool.queues[kToWrite];
  const bool none_is_clean = ring.empty() || pool.turn >= ring.size();
  FrameQueue& queue = none_is_clean && !to_write.empty() ? to_write : ring;
  return queue.empty() ? nullptr : &queue.front();
}

Verdict WsClock::judge(PagePool& pool, Frame& frame, const Look& look) const {
  if (look.referenced) {
    frame.stamp = look.now.value();
    frame.idle = false;
    ++pool.turn;
    take(pool, frame);
    put(pool, frame, kRing);
    return Verdict::keep_and_clear;
  }
  if (frame.queue == kToWrite) return Verdict::evict;
  const bool old = look.now.value() > frame.stamp + window_.value();
  if (!old) {
    if (pool.turn >= pool.queues[kRing].size() && frame.idle) return Verdict::evict;
    frame.idle = true;
    ++pool.turn;
    to_back(pool, frame);
    return Verdict::keep;
  }
  pool.turn = 0;
  if (!look.dirty) return Verdict::evict;
  take(pool, frame);
  put(pool, frame, kToWrite);
  return Verdict::keep;
}

void WsClock::pass(PagePool& pool, Frame& frame) const {
  ++pool.turn;
  take(pool, frame);
  put(pool, frame, kRing);
}

std::uint64_t WsClock::patience() const {
  return 5;
}

}  // namespace tlmmu::kernel
