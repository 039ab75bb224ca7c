// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/reclaim/policies.h"

#include "firmware/kernel/frames/frame_table.h"

namespace tlmmu::kernel {

Verdict Clock::judge(PagePool& pool, Frame& frame, const Look& look) const {
  if (!look.referenced) return Verdict::evict;
  to_back(pool, frame);
  return Verdict::keep_and_clear;
}

void Ageing::insert(PagePool& pool, Frame& frame, const Arrival&) const {
  frame.age = parameters_.start;
  put(pool, frame, 0);
}

Verdict Ageing::judge(PagePool& pool, Frame& frame, const Look& look) const {
  if (look.referenced) {
    const unsigned up = unsigned{frame.age} + parameters_.advance;
    frame.age = up < parameters_.maximum ? static_cast<std::uint8_t>(up) : parameters_.maximum;
    to_back(pool, frame);
    return Verdict::keep_and_clear;
  }
  const bool worn_out = frame.age <= parameters_.decline;
  frame.age = worn_out ? std::uint8_t{0}
                       : static_cast<std::uint8_t>(unsigned{frame.age} - parameters_.decline);
  if (worn_out) return Verdict::evict;
  to_back(pool, frame);
  return Verdict::keep;
}

std::uint64_t Ageing::patience() const {
  return 3 + std::uint64_t{parameters_.maximum} / parameters_.decline;
}

void ExactLru::touched(PagePool& pool, Frame& frame) const {
  to_back(pool, frame);
}

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

namespace {
constexpr unsigned kRing = 0, kToWrite = 1;  // WSClock's pages, and those found old and dirty
}

void WsClock::insert(PagePool& pool, Frame& frame, const Arrival& arrival) const {
  frame.stamp = arrival.now.value();
  frame.age = 0;
  put(pool, frame, kRing);
}

// `turn` counts the pages in a row that were in a working set; the `age` of a page is 1 if it was
// not referenced when it was looked at last.
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
    frame.age = 0;
    ++pool.turn;
    take(pool, frame);
    put(pool, frame, kRing);
    return Verdict::keep_and_clear;
  }
  if (frame.queue == kToWrite) return Verdict::evict;
  const bool old = look.now.value() > frame.stamp + window_.value();
  if (!old) {
    if (pool.turn >= pool.queues[kRing].size() && frame.age > 0) return Verdict::evict;
    frame.age = 1;
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

const Policy& PolicySet::chosen(PolicyName name) const {
  switch (name) {
    case PolicyName::clock:
      break;
    case PolicyName::ageing:
      return ageing_;
    case PolicyName::fifo:
      return fifo_;
    case PolicyName::exact_lru:
      return exact_lru_;
    case PolicyName::nru:
      return nru_;
    case PolicyName::wsclock:
      return wsclock_;
    case PolicyName::two_queue:
      return two_queue_;
    case PolicyName::mglru:
      return mglru_;
    case PolicyName::random:
      return random_;
  }
  return clock_;
}

}  // namespace tlmmu::kernel
