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

// A class is given up after a turn without a page of it.
Verdict Nru::judge(PagePool& pool, Frame& frame, const Look& look) const {
  const unsigned page_class = (look.referenced ? 2U : 0U) + (look.dirty ? 1U : 0U);
  const bool clear = look.referenced && pool.to_clear > 0;
  if (pool.to_clear > 0) --pool.to_clear;
  if (page_class <= pool.wanted) {
    pool.wanted = 0;
    pool.turn = 0;
    return Verdict::evict;
  }
  if (++pool.turn >= pool.size()) {
    pool.turn = 0;
    ++pool.wanted;
  }
  to_back(pool, frame);
  return clear ? Verdict::keep_and_clear : Verdict::keep;
}

void Nru::tick(PagePool& pool) const {
  pool.to_clear = pool.size();
}

std::uint64_t Nru::patience() const {
  return 5;
}

void WsClock::insert(PagePool& pool, Frame& frame, const Arrival& arrival) const {
  frame.stamp = arrival.now.value();
  put(pool, frame, 0);
}

// `wanted` is what the pages of this turn must be: 0 old and clean, 1 old, 2 not referenced.
Verdict WsClock::judge(PagePool& pool, Frame& frame, const Look& look) const {
  if (look.referenced) frame.stamp = look.now.value();
  const bool old = look.now.value() - frame.stamp > window_.value();
  const bool good = pool.wanted == 0 ? old && !look.dirty : pool.wanted == 1 ? old : true;
  if (!look.referenced && good) {
    pool.wanted = 0;
    pool.turn = 0;
    return Verdict::evict;
  }
  if (++pool.turn >= pool.size()) {
    pool.turn = 0;
    if (pool.wanted < 2) ++pool.wanted;
  }
  to_back(pool, frame);
  return look.referenced ? Verdict::keep_and_clear : Verdict::keep;
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
