// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "models/swap_disk/block_store.h"
#include "models/swap_disk/disk_slot.h"
#include "models/swap_disk/swap_disk_config.h"

namespace tlmmu {

/// The way to memory, as the controller sees it. Each call moves one block and answers when the
/// memory was done, or nothing if no memory is at that address.
class DiskMemory {
 public:
  DiskMemory() = default;
  DiskMemory(const DiskMemory&) = delete;
  DiskMemory& operator=(const DiskMemory&) = delete;
  virtual ~DiskMemory() = default;
  virtual std::optional<Picoseconds> fetch(PhysicalAddress from, unsigned char* data,
                                           Picoseconds now) = 0;
  virtual std::optional<Picoseconds> store(PhysicalAddress to, unsigned char* data,
                                           Picoseconds now) = 0;
};

/// What became of a block on the link.
struct BlockMove {
  DiskOutcome outcome;
  Picoseconds done_at;
};

/// Moves blocks over the link, between the store and memory. While a block is on the link its DMA
/// runs too, and the longer of both counts.
class BlockMover {
 public:
  BlockMover(const SwapDiskConfig& config, DiskMemory& memory, BlockStore& store,
             SwapDiskStats& stats);

  /// The next block of the command.
  BlockMove move(const DiskSlot& slot, Picoseconds now);

 private:
  BlockMove read(BlockNumber block, PhysicalAddress address, Picoseconds now);
  BlockMove write(const DiskSlot& slot, BlockNumber block, PhysicalAddress address,
                  Picoseconds now);

  DiskMemory& memory_;
  BlockStore& store_;
  SwapDiskStats& stats_;
  Picoseconds link_overhead_;
  Picoseconds link_block_time_;
  std::array<unsigned char, kDiskBlockBytes.value()> block_{};  ///< on its way
};

}  // namespace tlmmu
