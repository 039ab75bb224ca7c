// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/frames/frame.h"

namespace tlmmu::kernel {

/// Pages of one process, or of all, from which a policy picks the next to leave. Plain data: what
/// the queues and words mean is the policy's own affair.
struct PagePool {
  static constexpr unsigned kQueues = 4;
  FrameQueue queues[kQueues];
  std::uint64_t turn = 0;
  std::uint8_t newest = 0;

  std::uint64_t size() const {
    return queues[0].size() + queues[1].size() + queues[2].size() + queues[3].size();
  }
};

/// What is known of a page that came into memory.
struct Arrival {
  static constexpr std::uint64_t kNew = ~std::uint64_t{0};
  std::uint64_t distance = kNew;  ///< evictions since it left memory; kNew if it never did
  Picoseconds now;                ///< in its process's own time: how long that has run
};

/// What reclaim sees of a page when its turn comes.
struct Look {
  bool referenced;  ///< A is set in one of its PTEs
  bool dirty;       ///< D is set, or it differs from the disk
  Picoseconds now;  ///< as in Arrival
};

enum class Verdict : std::uint8_t {
  evict,
  keep,            ///< the policy has moved it where it wants to see it again
  keep_and_clear,  ///< the same, and its A bits are to be cleared
};

/// The rule that picks a process page. Reclaim asks for a candidate, looks at it, and has it
/// judged; every call is O(1) amortized. The defaults are those of a single queue, whose front is
/// met next.
class Policy {
 public:
  /// A page came in and may be chosen from now on.
  virtual void insert(PagePool& pool, Frame& frame, const Arrival& arrival) const;
  /// It went, or may not be chosen for a while.
  virtual void remove(PagePool& pool, Frame& frame) const;
  /// The page to look at next; null if the pool is empty.
  virtual Frame* candidate(PagePool& pool) const;
  virtual Verdict judge(PagePool& pool, Frame& frame, const Look& look) const;
  /// The candidate cannot go now (it is locked, pinned, or has nowhere to go). All others have
  /// their turn before it is the candidate again.
  virtual void pass(PagePool& pool, Frame& frame) const;
  /// The page was used just now. Only exact LRU needs it.
  virtual void touched(PagePool& pool, Frame& frame) const;
  /// Whether all A bits are to be cleared from time to time.
  virtual bool forgets() const;
  /// They have just been cleared.
  virtual void forgotten(PagePool& pool) const;
  /// After how many turns over the pool without an eviction none is to be expected.
  virtual std::uint64_t patience() const;

 protected:
  static void put(PagePool& pool, Frame& frame, unsigned queue);
  static void take(PagePool& pool, Frame& frame);
  static void to_back(PagePool& pool, Frame& frame);
  ~Policy() = default;  // never deleted through this class: no heap here
};

}  // namespace tlmmu::kernel
