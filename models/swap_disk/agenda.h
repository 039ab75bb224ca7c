// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <vector>

#include "models/base/quantity.h"

namespace tlmmu {

/// What is to happen when: a binary heap by time; equal times in the order in which they were
/// added.
template <class Action>
class Agenda {
 public:
  void reserve(std::size_t count) { heap_.reserve(count); }
  bool empty() const { return heap_.empty(); }
  Picoseconds next_time() const { return heap_.front().at; }

  void add(Picoseconds at, Action action) {
    heap_.push_back({at, added_++, action});
    std::push_heap(heap_.begin(), heap_.end(), later);
  }

  Action take() {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    const Action action = heap_.back().action;
    heap_.pop_back();
    return action;
  }

 private:
  struct Item {
    Picoseconds at;
    std::uint64_t order;
    Action action;
  };
  static bool later(const Item& a, const Item& b) {
    return a.at != b.at ? a.at > b.at : a.order > b.order;
  }

  std::vector<Item> heap_;
  std::uint64_t added_ = 0;
};

}  // namespace tlmmu
