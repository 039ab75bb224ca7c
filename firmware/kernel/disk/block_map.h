// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/disk/swap_area.h"

namespace tlmmu::kernel {

constexpr unsigned kMaxSwapAreas = 8;

/// Which of several swap areas is filled first (`swapon -p`).
enum class SwapPriority : std::uint8_t {
  equal,       ///< slots are taken from each in turn
  descending,  ///< the second one serves when the first one is full
};

/// How the disk is cut.
struct DiskLayout {
  std::uint64_t blocks = 0;
  unsigned swap_areas = 1;  ///< of equal size; at most kMaxSwapAreas
  SwapPriority priority = SwapPriority::equal;
  std::uint64_t cluster_slots = 32;  ///< slots given out together
};

/// How the blocks of the disk are used.
struct SwapCounts {
  std::uint64_t total = 0;
  std::uint64_t free = 0;  ///< usable as slot or as file block
  std::uint64_t in_use = 0;
  std::uint64_t allocated = 0;   ///< slots given out
  std::uint64_t freed = 0;       ///< slots given back, to be used again
  std::uint64_t bad = 0;         ///< a write failed there; never used again
  std::uint64_t file = 0;        ///< blocks of files
  std::uint64_t references = 0;  ///< PTEs that say that their page is in a slot
};

/// The disk's blocks, and the cache index of each: swap slots grow from the first block of each
/// area upwards, files from the last block downwards, until they meet. Entries are constructed at
/// first use.
class BlockMap {
 public:
  /// `blocks` has room for `layout.blocks` entries, `clusters` for one per `cluster_slots` of them
  /// and one more; they need not be initialized.
  BlockMap(Block* blocks, SwapCluster* clusters, const DiskLayout& layout);

  /// A slot without references.
  std::optional<DiskBlock> allocate_slot();
  /// Gives back a slot that nobody needs, or retires it if it is broken.
  void free_slot(DiskBlock slot);
  /// The first of so many consecutive blocks for a file.
  std::optional<DiskBlock> allocate_file(std::uint64_t blocks = 1);

  void refer(DiskBlock slot) {
    ++at(slot).references;
    ++counts_.references;
  }
  void unrefer(DiskBlock slot) {
    --at(slot).references;
    --counts_.references;
  }

  const Block& at(DiskBlock block) const { return blocks_[block.value()]; }
  Block& at(DiskBlock block) { return blocks_[block.value()]; }
  /// Whether `block` is a slot that is in use: what swap readahead may read.
  bool is_slot(DiskBlock block) const;
  SwapCounts counts() const;
  /// Slots in use of one area.
  std::uint64_t used_of(unsigned area) const { return areas_[area].used; }

 private:
  SwapArea& area_of(DiskBlock slot);

  Block* blocks_;
  DiskLayout layout_;
  SwapArea areas_[kMaxSwapAreas];
  unsigned turn_ = 0;  // the area that is asked first
  SwapCounts counts_;
};

}  // namespace tlmmu::kernel
