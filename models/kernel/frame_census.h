// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/frames/frame_table.h"

namespace tlmmu {

/// What the frames themselves say, looked at one by one: what the kernel's counts are held against.
/// It takes a look at each frame that was ever used.
struct FrameCensus {
  FrameCensus() = default;
  explicit FrameCensus(const kernel::FrameTable& frames);

  std::uint64_t most_users = 0;      ///< PTEs that map one frame
  std::uint64_t ages = 0;            ///< of all pages, in points
  std::uint64_t ahead = 0;           ///< pages read ahead that nobody has asked for yet
  std::uint64_t slot_holders = 0;    ///< mapped pages that hold a slot
  std::uint64_t dirty_unmapped = 0;  ///< pages of files that nobody maps, not as on the disk
  std::uint64_t locks = 0;           ///< PTEs of locked areas
};

}  // namespace tlmmu
