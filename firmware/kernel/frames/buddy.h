// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/frames/frame.h"

namespace tlmmu::kernel {

/// Blocks of 2^order frames; the largest is 4 MiB, as in Linux.
constexpr unsigned kOrders = 11;

struct BuddyCounts {
  std::uint64_t free_blocks[kOrders] = {};  ///< in the lists now
  std::uint64_t splits = 0;                 ///< blocks cut in halves
  std::uint64_t merges = 0;                 ///< pairs of buddies made one block
  std::uint64_t grown = 0;                  ///< blocks made of frames that none had needed yet
  std::uint64_t taken = 0;                  ///< blocks handed out
  std::uint64_t given = 0;                  ///< blocks given back
  std::uint64_t never_used = 0;             ///< frames that no block has needed yet
};

/// The free frames, as blocks of 2^order frames at multiples of their size (Knowlton 1965; Knuth,
/// TAOCP 1, 2.5). A block is split to serve a smaller request and merged with its buddy as soon as
/// both are free, so each takes at most `kOrders` steps. The entries of frames that no block has
/// needed yet are not constructed, so that a machine of any size starts at once.
class Buddy {
 public:
  struct Range {
    std::uint64_t first;  ///< number of the first frame of the table
    std::uint64_t begin;  ///< index of the first frame that may be handed out
    std::uint64_t end;    ///< index after the last one
  };
  /// `frames` has room for `range.end` entries; it need not be initialized.
  Buddy(Frame* frames, const Range& range) : frames_(frames), range_(range), next_(range.begin) {}

  /// The first frame of a free block, all of its frames constructed anew; null if there is none.
  Frame* take(unsigned order);
  /// Gives a block back. Its frames must be in no list.
  void give(Frame& block, unsigned order);

  std::uint64_t free_frames() const { return free_; }
  std::uint64_t constructed() const { return next_; }
  bool known(std::uint64_t index) const { return index >= range_.begin && index < next_; }
  BuddyCounts counts() const {
    BuddyCounts counts = counts_;
    counts.never_used = range_.end - next_;
    return counts;
  }
  /// How much of the free memory is in blocks too small for a request of `order`, in thousandths:
  /// 0 all of it can serve, 1000 none (Gorman's unusable free space index). 0 if nothing is free.
  std::uint64_t fragmentation(unsigned order) const;
  /// For the invariants: each free block in the lists.
  template <class Visit>
  void each_free_block(Visit visit) const {
    for (unsigned order = 0; order < kOrders; ++order) {
      for (const Frame& frame : lists_[order]) visit(index_of(frame), order);
    }
  }

 private:
  std::uint64_t index_of(const Frame& frame) const {
    return static_cast<std::uint64_t>(&frame - frames_);
  }
  void push(Frame& block, unsigned order);
  Frame& pop(unsigned order);
  void unlink(Frame& block);
  bool grow();
  Frame* free_buddy(std::uint64_t index, unsigned order);

  Frame* frames_;
  Range range_;
  std::uint64_t
      next_;  // index of the first frame that was never in a block; constructed up to here
  std::uint64_t free_ = range_.end - range_.begin;
  FrameQueue lists_[kOrders];
  BuddyCounts counts_;
};

}  // namespace tlmmu::kernel
