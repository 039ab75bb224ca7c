// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/frame.h"

namespace tlmmu::kernel {

/// The mapped frames in the order in which the clock's hand meets them (Corbato 1968, "second
/// chance"): the hand is the front; a page that comes in, or gets a second chance, is met last.
class ClockList {
 public:
  void add(Frame& frame) { frames_.push_back(frame); }
  void remove(Frame& frame) { frames_.erase(frames_.iterator_to(frame)); }
  bool empty() const { return frames_.empty(); }
  std::uint64_t size() const { return frames_.size(); }
  Frame& hand() { return frames_.front(); }
  /// Passes the frame under the hand.
  void advance() { frames_.splice(frames_.end(), frames_, frames_.begin()); }

 private:
  FrameQueue frames_;
};

}  // namespace tlmmu::kernel
