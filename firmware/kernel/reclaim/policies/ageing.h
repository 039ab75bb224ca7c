// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/reclaim/policy.h"

namespace tlmmu::kernel {

/// How the age of a page changes (`swap_control` of Linux 2.0 and 2.2).
struct AgeingParameters {
  std::uint8_t start = 3;     ///< of a page that came in
  std::uint8_t advance = 3;   ///< added when it was referenced
  std::uint8_t decline = 1;   ///< taken off when it was not, at least 1
  std::uint8_t maximum = 20;  ///< at least `start`
};

/// Points of age that pages were given and lost: what they have now is what is left of them.
struct AgeCounters {
  std::uint64_t started = 0;  ///< with which pages came in
  std::uint64_t raised = 0;   ///< added to pages that had been used when they were looked at
  std::uint64_t lowered = 0;  ///< taken from those that had not
  std::uint64_t ended = 0;    ///< that pages still had when they left the pool
};

/// Linux 2.0: the age rises when the page was referenced, falls when not; at 0 it goes.
class Ageing final : public Policy {
 public:
  /// Counts in `counters` what it does to ages.
  Ageing(const AgeingParameters& parameters, AgeCounters& counters)
      : parameters_(parameters), counters_(counters) {}
  void insert(PagePool& pool, Frame& frame, const Arrival& arrival) const override;
  void remove(PagePool& pool, Frame& frame) const override;
  Verdict judge(PagePool& pool, Frame& frame, const Look& look) const override;
  std::uint64_t patience() const override;

 private:
  void raise(Frame& frame) const;
  void lower(Frame& frame) const;

  AgeingParameters parameters_;
  AgeCounters& counters_;
};

}  // namespace tlmmu::kernel
