// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "testbenches/replacement/naive_policy.h"

namespace tlmmu::replacement {

/// A set-associative structure without contents: sets of optional tags, all scanned.
class NaiveArray {
 public:
  struct Way {
    std::uint64_t tag;
    std::uint64_t value;
  };
  NaiveArray(unsigned sets, unsigned ways, PolicyName name, std::uint64_t seed) : random_(seed) {
    sets_.resize(sets);
    for (NaiveSet& set : sets_) {
      set.ways.resize(ways);
      set.policy = make_naive(name, ways, random_);
    }
  }

  /// What is stored under `tag`, which becomes used; nothing if it is not there.
  std::optional<std::uint64_t> look_up(std::uint64_t tag) {
    NaiveSet& set = set_of(tag);
    for (unsigned way = 0; way < set.ways.size(); ++way) {
      if (!set.ways[way] || set.ways[way]->tag != tag) continue;
      set.policy->touch(way);
      return set.ways[way]->value;
    }
    return std::nullopt;
  }
  /// Stores into the first empty way, else in place of the victim, which is returned.
  std::optional<Way> insert(std::uint64_t tag, std::uint64_t value) {
    NaiveSet& set = set_of(tag);
    const auto empty = std::find(set.ways.begin(), set.ways.end(), std::nullopt);
    const auto way = empty != set.ways.end() ? static_cast<unsigned>(empty - set.ways.begin())
                                             : set.policy->victim();
    std::optional<Way> victim = set.ways[way];
    set.ways[way] = Way{tag, value};
    set.policy->fill(way);
    return victim;
  }
  void erase(std::uint64_t tag) {
    for (auto& way : set_of(tag).ways) {
      if (way && way->tag == tag) way.reset();
    }
  }
  /// Calls `visit(optional<Way>&)` for every way of every set.
  template <class Visit>
  void for_each_way(Visit visit) {
    for (NaiveSet& set : sets_) {
      for (auto& way : set.ways) visit(way);
    }
  }

 private:
  struct NaiveSet {
    std::vector<std::optional<Way>> ways;
    std::unique_ptr<NaivePolicy> policy;
  };
  NaiveSet& set_of(std::uint64_t tag) { return sets_[tag % sets_.size()]; }
  Random random_;
  std::vector<NaiveSet> sets_;
};

inline bool operator==(const NaiveArray::Way& a, const NaiveArray::Way& b) {
  return a.tag == b.tag && a.value == b.value;
}

}  // namespace tlmmu::replacement
