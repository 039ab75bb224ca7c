// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "models/arch/fence.h"
#include "models/ptw/walk.h"
#include "models/ptw/walk_cache_stats.h"
#include "models/ptw/walker_store_config.h"
#include "models/replacement/set_associative.h"

namespace tlmmu {

/// Remembers the G stage's translations of guest-physical pages, so that the reads of a guest's
/// page tables, and the last step of a walk, need no G-stage walk. An entry answers for 4 KiB and
/// knows the page that these are a piece of.
class GStageTlb {
 public:
  /// `seed` matters to random replacement only.
  GStageTlb(const WalkerStoreConfig& config, std::uint64_t seed);

  /// Whether it has any entry to offer; what has none is not asked.
  bool exists() const { return entries_.has_value(); }

  /// The translation of `request`, which is of the G stage, if it permits the access and needs no
  /// update of A or D; else the walk has to look at the page table.
  std::optional<Translation> lookup(const WalkRequest& request, WalkerStoreStats& stats);
  /// Takes in what a walk for `request` ended with.
  void fill(const WalkRequest& request, const Translation& translation, WalkerStoreStats& stats);
  /// hfence.gvma: an address names every piece of its page.
  void fence(const Fence& fence, WalkerStoreStats& stats);

 private:
  struct Entry {
    SpaceTag tag;
    Translation translation;
  };
  std::optional<replacement::SetAssociative<Entry>> entries_;
};

}  // namespace tlmmu
