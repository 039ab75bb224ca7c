// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "models/ptw/walk.h"

namespace tlmmu::cosim {

/// A PTE that was asked for: what it was before, or that memory or PMP refused it.
struct AskedPte {
  enum class Answer : std::uint8_t { found, no_memory, no_load, no_store };
  PhysicalAddress address;
  Answer answer;
  Pte value;
};

/// The PTEs that were asked for, of each address the first answer of a kind.
class AskedPtes {
 public:
  void add(const AskedPte& asked);
  void clear() { ptes_.clear(); }
  const std::vector<AskedPte>& all() const { return ptes_; }
  const AskedPte* find(PhysicalAddress address, AskedPte::Answer answer) const;

 private:
  std::vector<AskedPte> ptes_;
};

/// What it takes to walk once more what was walked, and nothing else.
struct WalkRecord {
  WalkRequest request;
  AdUpdate ad_update = AdUpdate::hardware;
  AskedPtes ptes;

  /// Adds the PTEs above those where the walk cache let the walk begin, as `peek` finds them now.
  void complete(const std::function<std::optional<Pte>(PhysicalAddress)>& peek);
};

}  // namespace tlmmu::cosim
