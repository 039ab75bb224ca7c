// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/mapper.h"

namespace tlmmu::kernel {

/// Frees frames: kswapd in slices between the watermarks, and directly when a fault finds no frame.
/// Both turn the same clock. Text is dropped; an anonymous page whose slot is current is dropped;
/// any other is written, and its frame is free when the disk is done.
class Reclaimer {
 public:
  Reclaimer(KernelState& state, Mapper& mapper) : state_(state), mapper_(mapper) {}

  /// To be called when frames became fewer: wakes kswapd below the low watermark.
  void frames_taken();
  /// One slice of kswapd, if it is awake.
  void kswapd_slice();
  bool kswapd_awake() const { return awake_; }
  /// Turns the clock until a frame is free, `direct_reclaim_batch` writes were started, or two
  /// turns gave nothing.
  void direct();

  /// A slot for `frame`, taken from a resident page if need be; false if there is none.
  bool give_slot(Frame& frame);

 private:
  enum class Step : std::uint8_t {
    freed,          ///< a frame more is free
    write_started,  ///< a frame more will be free
    kept,           ///< the frame under the hand stays for now
    stuck,          ///< nothing to scan, or the limit of writes in flight is reached
  };
  Step step();
  Step evict(Frame& frame, Pte pte);
  Step drop(Frame& frame, Pte replacement);
  Step keep();
  Step start_write(Frame& frame, Pte pte);
  bool take_slot_of_resident_page();

  KernelState& state_;
  Mapper& mapper_;
  bool awake_ = false;
  std::uint64_t fruitless_ = 0;  // frames kswapd scanned since it last got one
};

}  // namespace tlmmu::kernel
