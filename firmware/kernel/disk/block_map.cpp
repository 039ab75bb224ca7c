// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/disk/block_map.h"

#include <new>

namespace tlmmu::kernel {

BlockMap::BlockMap(Block* blocks, SwapCluster* clusters, const DiskLayout& layout)
    : blocks_(blocks), layout_(layout) {
  counts_.total = layout.blocks;
  const std::uint64_t share =
      layout.blocks / layout.swap_areas / layout.cluster_slots * layout.cluster_slots;
  for (unsigned i = 0; i < layout.swap_areas; ++i) {
    const bool last = i + 1 == layout.swap_areas;
    areas_[i].start({blocks, clusters, layout.cluster_slots},
                    {i * share, last ? layout.blocks : (i + 1) * share});
  }
}

std::optional<DiskBlock> BlockMap::allocate_slot() {
  const std::uint64_t limit = counts_.total - counts_.file;
  for (unsigned i = 0; i < layout_.swap_areas; ++i) {
    const unsigned area = (turn_ + i) % layout_.swap_areas;
    const auto slot = areas_[area].take(limit);
    if (!slot) continue;
    // A cluster's worth from each, so that what is written together stays together.
    const bool change =
        layout_.priority == SwapPriority::equal && (*slot + 1) % layout_.cluster_slots == 0;
    if (layout_.priority == SwapPriority::equal) turn_ = (area + change) % layout_.swap_areas;
    at(DiskBlock(*slot)).use = BlockUse::slot;
    ++counts_.in_use;
    ++counts_.allocated;
    return DiskBlock(*slot);
  }
  return std::nullopt;
}

void BlockMap::free_slot(DiskBlock slot) {
  Block& block = at(slot);
  block.frame = nullptr;
  --counts_.in_use;
  if (block.broken) {
    block.use = BlockUse::bad;
    --area_of(slot).used;
    ++counts_.bad;
    return;
  }
  ++counts_.freed;
  area_of(slot).give(slot.value());
}

std::optional<DiskBlock> BlockMap::allocate_file(std::uint64_t blocks) {
  const SwapArea& last = areas_[layout_.swap_areas - 1];
  const std::uint64_t end = counts_.total - counts_.file;
  if (end - last.next_unused() < blocks) return std::nullopt;
  counts_.file += blocks;
  const std::uint64_t first = end - blocks;
  for (std::uint64_t i = first; i < end; ++i) (new (&blocks_[i]) Block())->use = BlockUse::file;
  return DiskBlock(first);
}

bool BlockMap::is_slot(DiskBlock block) const {
  for (unsigned i = 0; i < layout_.swap_areas; ++i) {
    const SwapArea& area = areas_[i];
    if (area.holds(block.value())) {
      return block.value() < area.next_unused() && at(block).use == BlockUse::slot;
    }
  }
  return false;
}

SwapArea& BlockMap::area_of(DiskBlock slot) {
  unsigned i = 0;
  while (!areas_[i].holds(slot.value())) ++i;
  return areas_[i];
}

SwapCounts BlockMap::counts() const {
  SwapCounts counts = counts_;
  counts.free = counts.total - counts.in_use - counts.bad - counts.file;
  return counts;
}

}  // namespace tlmmu::kernel
