// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "models/base/random.h"
#include "models/replacement/policy_name.h"

namespace tlmmu::replacement {

/// One set, written as the text books describe each policy, without a thought for speed.
class NaivePolicy {
 public:
  virtual ~NaivePolicy() = default;
  virtual void touch(unsigned way) = 0;
  virtual void fill(unsigned way) = 0;
  virtual unsigned victim() = 0;
};

/// LRU and FIFO by time stamps: the way with the smallest one leaves.
class NaiveStamps : public NaivePolicy {
 public:
  NaiveStamps(unsigned ways, PolicyName name) : stamps_(ways, 0), name_(name) {}
  void touch(unsigned way) override {
    if (name_ == PolicyName::lru) stamps_[way] = ++now_;
  }
  void fill(unsigned way) override { stamps_[way] = ++now_; }
  unsigned victim() override {
    return static_cast<unsigned>(std::min_element(stamps_.begin(), stamps_.end()) -
                                 stamps_.begin());
  }

 private:
  std::vector<std::uint64_t> stamps_;
  PolicyName name_;
  std::uint64_t now_ = 0;
};

/// The tree by recursion over halves: `older_[low, high)` says in which half of the ways to look.
class NaiveTree : public NaivePolicy {
 public:
  explicit NaiveTree(unsigned ways) : ways_(ways) {}
  void touch(unsigned way) override { point_away(way, 0, ways_); }
  void fill(unsigned way) override { touch(way); }
  unsigned victim() override { return follow(0, ways_); }

 private:
  void point_away(unsigned way, unsigned low, unsigned high) {
    if (high - low == 1) return;
    const unsigned middle = (low + high) / 2;
    const bool used_high_half = way >= middle;
    high_half_is_older_[{low, high}] = !used_high_half;
    if (used_high_half)
      point_away(way, middle, high);
    else
      point_away(way, low, middle);
  }
  unsigned follow(unsigned low, unsigned high) {
    if (high - low == 1) return low;
    const unsigned middle = (low + high) / 2;
    return high_half_is_older_[{low, high}] ? follow(middle, high) : follow(low, middle);
  }
  unsigned ways_;
  std::map<std::pair<unsigned, unsigned>, bool> high_half_is_older_;
};

/// SRRIP-HP as in figure 5 of the paper, one aging step at a time.
class NaiveSrrip : public NaivePolicy {
 public:
  explicit NaiveSrrip(unsigned ways) : prediction_(ways, 3) {}
  void touch(unsigned way) override { prediction_[way] = 0; }
  void fill(unsigned way) override { prediction_[way] = 2; }
  unsigned victim() override {
    for (;;) {
      const auto found = std::find(prediction_.begin(), prediction_.end(), 3);
      if (found != prediction_.end()) return static_cast<unsigned>(found - prediction_.begin());
      for (int& prediction : prediction_) ++prediction;
    }
  }

 private:
  std::vector<int> prediction_;
};

/// Draws from a generator that all sets share, in the order in which they ask.
class NaiveRandom : public NaivePolicy {
 public:
  NaiveRandom(unsigned ways, Random& random) : ways_(ways), random_(random) {}
  void touch(unsigned) override {}
  void fill(unsigned) override {}
  unsigned victim() override { return static_cast<unsigned>(random_.below(ways_)); }

 private:
  unsigned ways_;
  Random& random_;
};

inline std::unique_ptr<NaivePolicy> make_naive(PolicyName name, unsigned ways, Random& random) {
  switch (name) {
    case PolicyName::lru:
    case PolicyName::fifo:
      break;
    case PolicyName::tree_plru:
      return std::make_unique<NaiveTree>(ways);
    case PolicyName::srrip:
      return std::make_unique<NaiveSrrip>(ways);
    case PolicyName::random:
      return std::make_unique<NaiveRandom>(ways, random);
  }
  return std::make_unique<NaiveStamps>(ways, name);
}

}  // namespace tlmmu::replacement
