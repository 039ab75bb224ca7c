// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/reclaim/policy.h"
#include "models/base/random.h"

namespace tlmmu::kernel {

class FrameTable;

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

/// How the age of a page changes (`swap_control` of Linux 2.0 and 2.2).
struct AgeingParameters {
  std::uint8_t start = 3;     ///< of a page that came in
  std::uint8_t advance = 3;   ///< added when it was referenced
  std::uint8_t decline = 1;   ///< taken off when it was not, at least 1
  std::uint8_t maximum = 20;  ///< at least `start`
};

struct PolicyParameters {
  AgeingParameters ageing;
  Picoseconds nru_tick = milliseconds(1);         ///< after which NRU forgets who was referenced
  Picoseconds wsclock_window = milliseconds(10);  ///< pages used more recently stay
  std::uint64_t random_seed = 1;
};

/// Second chance (Corbato 1968): a page that was referenced since the hand passed is spared.
class Clock final : public Policy {
 public:
  Verdict judge(PagePool& pool, Frame& frame, const Look& look) const override;
};

/// Linux 2.0: the age rises when the page was referenced, falls when not; at 0 it goes.
class Ageing final : public Policy {
 public:
  explicit Ageing(const AgeingParameters& parameters) : parameters_(parameters) {}
  void insert(PagePool& pool, Frame& frame, const Arrival& arrival) const override;
  Verdict judge(PagePool& pool, Frame& frame, const Look& look) const override;
  std::uint64_t patience() const override;

 private:
  AgeingParameters parameters_;
};

/// The page that came first goes first.
class Fifo final : public Policy {};

/// Least recently used, exactly: every reference must be reported (`Kernel::referenced`). No
/// machine can do that; it is here for comparison.
class ExactLru final : public Policy {
 public:
  void touched(PagePool& pool, Frame& frame) const override;
};

/// Not recently used: the first page of the lowest of four classes, by referenced and dirty; the
/// referenced bits are cleared at each tick (Tanenbaum, Modern Operating Systems, 3.4.2). Each
/// class has a queue. Between two ticks a page can only rise, which is seen when it is looked at.
class Nru final : public Policy {
 public:
  Frame* candidate(PagePool& pool) const override;
  Verdict judge(PagePool& pool, Frame& frame, const Look& look) const override;
  void pass(PagePool& pool, Frame& frame) const override;
  bool forgets() const override { return true; }
  void forgotten(PagePool& pool) const override;
  std::uint64_t patience() const override;
};

/// WSClock (Carr and Hennessy 1981): a page goes if its process has run for longer than the window
/// since it was used, clean ones first. Where a whole turn has found none, all pages are in working
/// sets, and the first goes that was not used for a turn.
class WsClock final : public Policy {
 public:
  explicit WsClock(Picoseconds window) : window_(window) {}
  void insert(PagePool& pool, Frame& frame, const Arrival& arrival) const override;
  Frame* candidate(PagePool& pool) const override;
  Verdict judge(PagePool& pool, Frame& frame, const Look& look) const override;
  void pass(PagePool& pool, Frame& frame) const override;
  std::uint64_t patience() const override;

 private:
  Picoseconds window_;
};

/// 2Q (Johnson and Shasha 1994): new pages pass through a FIFO of a quarter of the pool; only those
/// that come back soon after they left it enter the main queue. Instead of a list of ghosts, a
/// page's place on disk remembers when it left.
class TwoQueue final : public Policy {
 public:
  void insert(PagePool& pool, Frame& frame, const Arrival& arrival) const override;
  Frame* candidate(PagePool& pool) const override;
  Verdict judge(PagePool& pool, Frame& frame, const Look& look) const override;
  void pass(PagePool& pool, Frame& frame) const override;
};

/// A small multi-generation LRU (Zhao 2021): four generations; the oldest is looked through, what
/// was referenced joins the youngest, the rest goes.
class Mglru final : public Policy {
 public:
  void insert(PagePool& pool, Frame& frame, const Arrival& arrival) const override;
  Frame* candidate(PagePool& pool) const override;
  Verdict judge(PagePool& pool, Frame& frame, const Look& look) const override;
  void pass(PagePool& pool, Frame& frame) const override;
  std::uint64_t patience() const override;
};

/// Any page, all with the same chance.
class RandomChoice final : public Policy {
 public:
  RandomChoice(FrameTable& frames, std::uint64_t seed) : frames_(frames), random_(seed) {}
  Frame* candidate(PagePool& pool) const override;

 private:
  FrameTable& frames_;
  mutable Random random_;  // the sequence goes on; nothing else depends on it
};

/// All of them; one is chosen at boot.
class PolicySet {
 public:
  PolicySet(const PolicyParameters& parameters, FrameTable& frames)
      : ageing_(parameters.ageing),
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
