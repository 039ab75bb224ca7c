// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/frames/frame.h"

namespace tlmmu::kernel {

enum class BlockUse : std::uint8_t {
  free,
  slot,  ///< of a swap area
  file,  ///< of a file, or of a trace's program text
  bad,   ///< a write failed there: never used again
};

/// One entry of the block map: what a block of the disk is for, and where in memory it is.
struct Block {
  Frame* frame = nullptr;        ///< page, buffer or swap cache: the frame that is tied to it
  std::uint32_t references = 0;  ///< slot: PTEs that say that the page is here
  std::uint32_t evicted = 0;  ///< the count of evictions when its page left memory; 0: it has not
  BlockUse use = BlockUse::free;
  bool broken = false;  ///< slot: a write failed; bad as soon as nobody needs it
};

}  // namespace tlmmu::kernel
