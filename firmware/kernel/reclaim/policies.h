// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/reclaim/policies/ageing.h"
#include "firmware/kernel/reclaim/policies/clock.h"
#include "firmware/kernel/reclaim/policies/exact_lru.h"
#include "firmware/kernel/reclaim/policies/fifo.h"
#include "firmware/kernel/reclaim/policies/mglru.h"
#include "firmware/kernel/reclaim/policies/nru.h"
#include "firmware/kernel/reclaim/policies/random_choice.h"
#include "firmware/kernel/reclaim/policies/two_queue.h"
#include "firmware/kernel/reclaim/policies/wsclock.h"

namespace tlmmu::kernel {

enum class PolicyName : std::uint8_t {
  clock,
  ageing,
  fifo,
  exact_lru,
  nru,
  wsclock,
  two_queue,
  mglru,
  random,
};
constexpr unsigned kPolicies = 9;

struct PolicyParameters {
  AgeingParameters ageing;
  Picoseconds nru_tick = milliseconds(1);         ///< after which NRU forgets who was referenced
  Picoseconds wsclock_window = milliseconds(10);  ///< pages used more recently stay
  std::uint64_t random_seed = 1;
};

/// All of them; one is chosen at boot.
class PolicySet {
 public:
  PolicySet(const PolicyParameters& parameters, FrameTable& frames, AgeCounters& ages)
      : ageing_(parameters.ageing, ages),
        wsclock_(parameters.wsclock_window),
        random_(frames, parameters.random_seed) {}
  const Policy& chosen(PolicyName name) const;

 private:
  Clock clock_;
  Ageing ageing_;
  Fifo fifo_;
  ExactLru exact_lru_;
  Nru nru_;
  WsClock wsclock_;
  TwoQueue two_queue_;
  Mglru mglru_;
  RandomChoice random_;
};

}  // namespace tlmmu::kernel
