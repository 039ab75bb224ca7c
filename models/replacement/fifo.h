// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/replacement/recency_list.h"

namespace tlmmu::replacement {

/// First in, first out: the victim is the entry that was filled longest ago; hits change nothing.
class Fifo {
 public:
  explicit Fifo(Geometry geometry) : list_(geometry) {}
  void touch(Set, Slot) const {}
  void fill(Set set, Slot slot) { list_.renew(set, slot); }
  Slot victim(Set set) const { return list_.oldest(set); }
  friend bool operator==(const Fifo& a, const Fifo& b) { return a.list_ == b.list_; }

 private:
  RecencyList list_;
};

}  // namespace tlmmu::replacement
