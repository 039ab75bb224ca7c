// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "testbenches/rtl/pool_memory.h"

namespace tlmmu {

/// One who asks a pool of walkers: it has one request under way at most.
struct PoolRequester {
  enum class State : std::uint8_t { idle, asks, waits };

  State state = State::idle;
  WalkRequest request;
  std::uint64_t since = 0;                       ///< cycle in which the state began
  std::uint64_t walk = 0;                        ///< number of its walk
  bool joined = false;                           ///< the walk of another
  bool fenced = false;                           ///< since it was accepted
  std::optional<cosim::WalkerResponse> offered;  ///< an answer that is not taken yet
  std::optional<WalkRequest> next;               ///< stands at the port while it waits
};

/// What is wrong with the answer that is offered, or nothing.
inline std::string judge(const PoolRequester& requester, PoolMemory& memory) {
  const bool aborted = requester.offered->outcome == cosim::RtlOutcome::aborted;
  if (aborted != requester.fenced) {
    return aborted ? "aborted without a fence" : "an answer of before a fence";
  }
  const bool right = aborted || is_answer_to(requester.request, *requester.offered, memory);
  return right ? "" : "another answer than the model's";
}

/// The walk under way that `request` has to join in `cycle`: one that began before it, and has no
/// answer yet.
template <class Requesters>
std::optional<std::uint64_t> walk_to_join(const Requesters& requesters, const WalkRequest& request,
                                          std::uint64_t cycle) {
  for (const PoolRequester& other : requesters) {
    if (other.state != PoolRequester::State::waits || other.fenced || other.offered) continue;
    const bool begins = other.since == cycle && !other.joined;
    if (!begins && is_same_walk(other.request, request)) return other.walk;
  }
  return std::nullopt;
}

/// How much a pool has done.
struct PoolCounts {
  std::uint64_t walks = 0;
  std::uint64_t joined = 0;   ///< requests that joined a walk
  std::uint64_t answers = 0;  ///< that were taken
  std::uint64_t aborted = 0;  ///< of them
};

}  // namespace tlmmu
