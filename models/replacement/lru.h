// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "models/replacement/recency_list.h"

namespace tlmmu::replacement {

/// Least recently used, exact: the victim is the entry that was hit or filled longest ago. For few
/// ways by the time of each way's last use: one store a use, a short scan a victim.
class LruStamps {
 public:
  static constexpr std::uint32_t kMostWays = 16;

  explicit LruStamps(Geometry geometry) : geometry_(geometry), last_uses_(geometry.slots(), 0) {}
  void touch(Set, Slot slot) {
    // the latest use in a row is not a new one
    now_ += last_uses_[slot.value()] == now_ ? 0 : 1;
    last_uses_[slot.value()] = now_;
  }
  void fill(Set set, Slot slot) { touch(set, slot); }
  Slot victim(Set set) const {
    const std::uint64_t* const first = &last_uses_[geometry_.slot(set, 0).value()];
    const std::uint64_t* const oldest = std::min_element(first, first + geometry_.ways);
    return geometry_.slot(set, static_cast<std::uint32_t>(oldest - first));
  }
  friend bool operator==(const LruStamps& a, const LruStamps& b) {
    return a.last_uses_ == b.last_uses_;
  }

 private:
  Geometry geometry_;
  std::vector<std::uint64_t> last_uses_;  // by slot
  std::uint64_t now_ = 1;
};

/// The same for many ways: a list in order of use, where every step costs the same for any number.
class LruList {
 public:
  explicit LruList(Geometry geometry) : list_(geometry) {}
  void touch(Set set, Slot slot) { list_.renew(set, slot); }
  void fill(Set set, Slot slot) { list_.renew(set, slot); }
  Slot victim(Set set) const { return list_.oldest(set); }
  friend bool operator==(const LruList& a, const LruList& b) { return a.list_ == b.list_; }

 private:
  RecencyList list_;
};

}  // namespace tlmmu::replacement
