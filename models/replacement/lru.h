// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/replacement/recency_list.h"

namespace tlmmu::replacement {

/// Least recently used, exact: the victim is the entry that was hit or filled longest ago.
class Lru {
 public:
  explicit Lru(Geometry geometry) : list_(geometry) {}
  void touch(Set set, Slot slot) { list_.renew(set, slot); }
  void fill(Set set, Slot slot) { list_.renew(set, slot); }
  Slot victim(Set set) const { return list_.oldest(set); }
  friend bool operator==(const Lru& a, const Lru& b) { return a.list_ == b.list_; }

 private:
  RecencyList list_;
};

}  // namespace tlmmu::replacement
