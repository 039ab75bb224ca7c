// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/block_mover.h"

#include <algorithm>

namespace tlmmu {

BlockMover::BlockMover(const SwapDiskConfig& config, DiskMemory& memory, BlockStore& store,
                       SwapDiskStats& stats)
    : memory_(memory),
      store_(store),
      stats_(stats),
      link_overhead_(config.link_overhead),
      link_block_time_(block_time(config.link_bandwidth)) {}

BlockMove BlockMover::move(const DiskSlot& slot, Picoseconds now) {
  const BlockNumber block(slot.command.block.value() + slot.blocks_moved);
  const PhysicalAddress address = slot.command.address + kDiskBlockBytes * slot.blocks_moved;
  BlockMove move = slot.command.operation == DiskOperation::read ? read(block, address, now)
                                                                 : write(slot, block, address, now);
  if (move.outcome != DiskOutcome::ok) return move;
  stats_.memory_time += move.done_at - now;
  const Picoseconds overhead = slot.blocks_moved == 0 ? link_overhead_ : Picoseconds(0);
  move.done_at = std::max(move.done_at, now + overhead + link_block_time_);
  return move;
}

BlockMove BlockMover::read(BlockNumber block, PhysicalAddress address, Picoseconds now) {
  if (store_.read(block, block_.data()) == BlockCheck::corrupt) {
    ++stats_.checksum_errors;
    return {DiskOutcome::data_error, now};
  }
  ++stats_.blocks_read;
  const auto done = memory_.store(address, block_.data(), now);
  if (!done) {
    ++stats_.refused_to_memory;
    return {DiskOutcome::dma_error, now};
  }
  stats_.bytes_to_memory += kDiskBlockBytes.value();
  return {DiskOutcome::ok, *done};
}

BlockMove BlockMover::write(const DiskSlot& slot, BlockNumber block, PhysicalAddress address,
                            Picoseconds now) {
  const auto done = memory_.fetch(address, block_.data(), now);
  if (!done) return {DiskOutcome::dma_error, now};
  stats_.bytes_from_memory += kDiskBlockBytes.value();
  if (slot.faults.medium_error) {
    ++stats_.blocks_not_kept;
  } else {
    store_.write(block, block_.data());
    ++stats_.blocks_written;
  }
  return {DiskOutcome::ok, *done};
}

}  // namespace tlmmu
