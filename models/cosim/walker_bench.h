// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "models/base/random.h"
#include "models/cosim/environment.h"
#include "models/cosim/scoreboard.h"

namespace tlmmu::cosim {

/// A range of cycles from which random times are taken.
struct CycleRange {
  std::uint64_t least = 1;
  std::uint64_t most = 1;
};

/// What may happen at random around a walk.
struct Disturbance {
  CycleRange memory_latency{1, 1};  ///< from the grant of a request to memory's answer; at least 1
  CycleRange grant{0, 0};           ///< for which a request waits for its grant
  CycleRange take{0, 0};            ///< for which an answer waits to be taken
};

/// A fence that is executed a number of cycles after a walk's request was accepted.
struct PlannedFence {
  std::uint64_t cycle = 0;
  Fence fence;
};

/// Drives a walker in hardware, memory and PMP around it, and tells a scoreboard what it sees.
class WalkerBench {
 public:
  /// All outlive the bench.
  WalkerBench(RtlWalker& walker, Scoreboard& scoreboard, Environment& environment,
              const Disturbance& disturbance, std::uint64_t seed);

  /// Walks `request` to its answer, with `planned` fences in rising order of cycles. Meanwhile
  /// `next`, if there is one, already stands at the walker's request port, and must be what is
  /// walked next. False if there is a mismatch.
  bool walk(const WalkRequest& request, const std::vector<PlannedFence>& planned,
            const WalkRequest* next);
  /// Executes a fence while no walk is under way.
  void fence(const Fence& fence);

  /// Of the latest walk.
  const WalkerResponse& response() const { return response_; }
  std::uint64_t cycles() const { return cycle_; }  ///< since the beginning

 private:
  /// A request that memory has accepted.
  struct Outstanding {
    WalkerOutputs pins;
    std::uint64_t cycles_left;
  };

  void cycle();
  void drive_request(const WalkRequest& request);
  void drive_fence(const Fence& fence);
  void see_request(const WalkerOutputs& out);
  void see_memory(const WalkerOutputs& out);
  void answer_memory();
  void see_response(const WalkerOutputs& out);
  void settle();
  std::optional<Pte> answer_of(const WalkerOutputs& pins);
  std::uint64_t some(CycleRange range);
  bool at_once(CycleRange range);

  RtlWalker& walker_;
  Scoreboard& scoreboard_;
  Environment& environment_;
  const Disturbance disturbance_;
  Random random_;
  WalkerInputs in_;
  WalkerOutputs out_;
  std::optional<WalkerOutputs> requested_;  ///< stands at memory's port, not granted yet
  std::uint64_t grant_in_ = 0;
  std::optional<Outstanding> outstanding_;
  std::optional<WalkerResponse> offered_;  ///< stands at the response port
  std::uint64_t take_in_ = 0;
  WalkerResponse response_;
  WalkCycles walk_cycles_;
  WalkCycles answered_;  ///< walk_cycles_ when the answer became valid
  std::uint64_t cycle_ = 0;
  bool accepted_ = false;
  bool finished_ = false;
};

}  // namespace tlmmu::cosim
