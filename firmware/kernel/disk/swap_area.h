// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/disk/block.h"

namespace tlmmu::kernel {

/// A run of slots that are given out together, so that pages that leave together lie together.
struct SwapCluster : intrusive::list_base_hook<intrusive::link_mode<intrusive::normal_link>> {
  std::uint64_t free = 0;  ///< slots that were used and are free again
};

/// A part of the disk for swapping. Slots come from a wholly free cluster if there is one, else
/// from the part that was never used, in order, else from wherever one is free.
class SwapArea {
 public:
  struct Place {
    std::uint64_t first;  ///< block, a multiple of the cluster size
    std::uint64_t end;
  };
  struct Tables {
    Block* blocks;
    SwapCluster* clusters;
    std::uint64_t cluster_slots;
  };

  SwapArea() = default;
  SwapArea(const SwapArea&) = delete;
  SwapArea& operator=(const SwapArea&) = delete;
  void start(const Tables& tables, const Place& place);

  /// A free slot below `limit`, where the blocks of files begin; nothing if there is none.
  std::optional<std::uint64_t> take(std::uint64_t limit);
  void give(std::uint64_t slot);

  bool holds(std::uint64_t slot) const { return place_.first <= slot && slot < place_.end; }
  /// The first block that was never a slot.
  std::uint64_t next_unused() const { return next_; }
  std::uint64_t used = 0;  ///< slots given out now

 private:
  using Clusters = intrusive::list<SwapCluster, intrusive::constant_time_size<false>>;
  std::uint64_t cluster_of(std::uint64_t slot) const { return slot / tables_.cluster_slots; }
  std::uint64_t take_from(std::uint64_t cluster);
  std::uint64_t take_unused();

  Tables tables_{};
  Place place_{};
  std::uint64_t next_ = 0;
  std::optional<std::uint64_t> current_;  // the cluster that is being filled again
  Clusters free_;                         // wholly free
  Clusters partial_;                      // with free slots
};

}  // namespace tlmmu::kernel
